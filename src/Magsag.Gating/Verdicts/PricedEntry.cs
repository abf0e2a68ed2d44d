namespace Magsag.Gating;

/// <summary>An entry of the baseline or of the current costs, priced with today's catalogue.</summary>
/// <param name="Key">What its calls have in common.</param>
/// <param name="Line">The call site's line, or for a baseline entry its line in the baseline file.</param>
/// <param name="Totals">Its sums.</param>
/// <param name="CostUsd">Its cost; null when its model has no known price.</param>
internal sealed record PricedEntry(EntryKey Key, int Line, TokenTotals Totals, decimal? CostUsd)
{
    public decimal KnownCostUsd => CostUsd ?? 0m;
}
