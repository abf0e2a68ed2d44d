using Magsag.Gating;

namespace Magsag.Cli;

/// <summary>A cost as far as it is known.</summary>
internal static class KnownCost
{
    /// <summary>The cost of calls; null where none of it is known, because unknown isn't zero.</summary>
    public static decimal? Of(TokenTotals totals) =>
        totals.CostUsd == 0m && totals.Calls > 0 && totals.UnpricedCalls + totals.UnmeteredCalls == totals.Calls ? null : totals.CostUsd;
}
