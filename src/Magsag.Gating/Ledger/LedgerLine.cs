namespace Magsag.Gating;

/// <summary>What one ledger line holds: a record, a session, or something that a later version added and this one passes over.</summary>
internal readonly record struct LedgerLine(LedgerRecord? Record, LedgerSession? Session);
