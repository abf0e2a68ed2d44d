using Magsag.Ledger.Summaries;

namespace Magsag.Gating.Baselines;

/// <summary>One entry of a baseline.</summary>
/// <param name="Key">What its calls have in common.</param>
/// <param name="Totals">Their sums; the cost is the one at the time the baseline was accepted.</param>
/// <param name="FileLine">The line of the baseline file that it stands on; 0 when it was never in a file.</param>
internal sealed record BaselineEntry(EntryKey Key, TokenTotals Totals, int FileLine);
