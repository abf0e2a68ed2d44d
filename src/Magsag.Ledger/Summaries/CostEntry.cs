namespace Magsag.Ledger.Summaries;

/// <summary>The calls of one entry added up.</summary>
/// <param name="Key">What the calls have in common.</param>
/// <param name="Line">The call site's line in the recorded binaries, counted from 1; 0 when it isn't known.</param>
/// <param name="Totals">Their sums.</param>
internal sealed record CostEntry(EntryKey Key, int Line, TokenTotals Totals);
