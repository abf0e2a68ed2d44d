namespace Magsag.Cli.Figures;

/// <summary>What rows of a table leave of a total, so that the table adds up.</summary>
internal static class Remainder
{
    public static TokenTotals Of(TokenTotals whole, TokenTotals parts) => new()
    {
        Calls = whole.Calls - parts.Calls,
        UnmeteredCalls = whole.UnmeteredCalls - parts.UnmeteredCalls,
        UnpricedCalls = whole.UnpricedCalls - parts.UnpricedCalls,
        LowerBoundCalls = whole.LowerBoundCalls - parts.LowerBoundCalls,
        EstimatedCalls = whole.EstimatedCalls - parts.EstimatedCalls,
        InputTokens = whole.InputTokens - parts.InputTokens,
        OutputTokens = whole.OutputTokens - parts.OutputTokens,
        CostUsd = whole.CostUsd - parts.CostUsd,
    };

    /// <summary>True when nothing is left.</summary>
    public static bool IsEmpty(TokenTotals rest) => rest is { Calls: 0, CostUsd: 0m };
}
