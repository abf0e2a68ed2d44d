using Magsag.Ledger.Summaries;
using Magsag.Pricing.Costs;

namespace Magsag.Gating.Verdicts;

/// <summary>An entry of the baseline or of the current costs, priced with today's catalogue.</summary>
/// <param name="Key">What its calls have in common.</param>
/// <param name="Line">The call site's line, or for a baseline entry its line in the baseline file.</param>
/// <param name="Totals">Its sums.</param>
/// <param name="Cost">Its cost, which says what it lacks.</param>
internal sealed record PricedEntry(EntryKey Key, int Line, TokenTotals Totals, Cost Cost)
{
    /// <summary>True when calls whose usage is known have no known price.</summary>
    public bool IsUnpriced => Cost.Missing.Any(static missing => missing.Reason != MissingReason.NoUsage);

    /// <summary>The lower bound.</summary>
    public decimal KnownCostUsd => Cost.LowerBound;
}
