namespace Magsag.Ledger.Lines;

/// <summary>A place between two lines of a ledger file.</summary>
/// <param name="Offset">How many bytes stand before it.</param>
/// <param name="Lines">How many lines stand before it.</param>
internal readonly record struct LedgerPosition(long Offset, int Lines);
