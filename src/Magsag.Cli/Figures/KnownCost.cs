namespace Magsag.Cli.Figures;

/// <summary>A cost as far as it is known.</summary>
internal static class KnownCost
{
    /// <summary>The cost of calls in US dollars; null where none of it is known, because unknown isn't zero.</summary>
    public static decimal? Usd(TokenTotals totals) =>
        totals.CostUsd == 0m && totals.Calls > 0 && totals.UnpricedCalls + totals.UnmeteredCalls == totals.Calls ? null : totals.CostUsd;

    /// <summary>The cost as a cell, which people see as a lower bound or an estimate where it is one.</summary>
    public static object? Cell(TokenTotals totals) => Cell(Usd(totals), totals);

    /// <summary>The average cost of a run, call or task.</summary>
    public static object? Per(TokenTotals totals, long count) => Cell(Quotient.Divide(Usd(totals), count), totals);

    /// <summary>The cost of a thousand tokens, of the calls whose cost is known: the tokens of the others would make it look cheaper.</summary>
    public static decimal? PerThousandTokens(TokenTotals totals) => Quotient.Divide(Usd(totals) * 1000m, totals.TotalTokens - totals.UnpricedTokens);

    private static object? Cell(decimal? usd, TokenTotals totals) => (usd, Unknowns.IsLowerBound(totals), totals.EstimatedCalls) switch
    {
        ({ } known, true, _) => new BoundedAmount(known, '≥'),
        ({ } known, false, > 0) => new BoundedAmount(known, '≈'),
        _ => usd,
    };
}
