namespace Magsag.Storage;

/// <summary>Where a record is, and the row of its run.</summary>
internal readonly record struct RecordKey(RecordCursor Cursor, long? Run);
