using Magsag.Storage.Schema;

namespace Magsag.Storage.Queries;

/// <summary>Where a record is, and the row of its run.</summary>
internal readonly record struct RecordKey(RecordCursor Cursor, long? Run);
