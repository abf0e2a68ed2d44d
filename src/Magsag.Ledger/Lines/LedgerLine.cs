using Magsag.Ledger.Records;

namespace Magsag.Ledger.Lines;

/// <summary>What one ledger line holds: a record, a session, or neither when a later version wrote it for something that this one doesn't know.</summary>
internal readonly record struct LedgerLine(bool IsRecord, LedgerSession? Session, UnknownParts Unknown);
