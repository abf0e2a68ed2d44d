using Magsag.Ledger.Summaries;

namespace Magsag.Cli;

/// <summary>A cost as far as it is known.</summary>
internal static class KnownCost
{
    /// <summary>The cost of calls; null where none of it is known, because unknown isn't zero.</summary>
    public static decimal? Of(TokenTotals totals) =>
        totals.CostUsd == 0m && totals.Calls > 0 && totals.UnpricedCalls + totals.UnmeteredCalls == totals.Calls ? null : totals.CostUsd;

    /// <summary>The same as a cell, which people see as a lower bound or an estimate where it is one.</summary>
    public static object? CellOf(TokenTotals totals) => CellOf(Of(totals), totals);

    /// <summary>What one of so many runs, calls or tasks cost.</summary>
    public static object? Per(TokenTotals totals, long count) => CellOf(Quotient.Of(Of(totals), count), totals);

    /// <summary>What a thousand tokens cost: of the calls whose cost is known, since the tokens of the others would make it look cheaper.</summary>
    public static decimal? PerThousandTokens(TokenTotals totals) => Quotient.Of(Of(totals) * 1000m, totals.TotalTokens - totals.UnpricedTokens);

    private static object? CellOf(decimal? usd, TokenTotals totals) => (usd, Unknowns.IsLowerBound(totals), totals.EstimatedCalls) switch
    {
        ({ } known, true, _) => new BoundedAmount(known, '≥'),
        ({ } known, false, > 0) => new BoundedAmount(known, '≈'),
        _ => usd,
    };
}
