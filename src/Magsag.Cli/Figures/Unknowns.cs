namespace Magsag.Cli.Figures;

/// <summary>Says what a total leaves out, because unknown isn't zero.</summary>
internal static class Unknowns
{
    public static bool IsLowerBound(TokenTotals totals) => totals.UnmeteredCalls + totals.UnpricedCalls + totals.LowerBoundCalls > 0;

    /// <summary>The qualifier of an amount that includes these calls: <c>at least</c>, <c>about</c> or nothing.</summary>
    public static string Qualifier(TokenTotals totals) => IsLowerBound(totals) ? "at least " : totals.EstimatedCalls > 0 ? "about " : "";

    /// <summary>How many of the calls have a cost that is known in part, and how many one that is an estimate; nothing where there is none.</summary>
    public static IReadOnlyList<Fact> EstimateFacts(TokenTotals totals) =>
    [
        .. totals.LowerBoundCalls == 0 ? (Fact[])[] : [new Fact("lower_bound_calls", "Calls known in part", totals.LowerBoundCalls, CellKind.Count)],
        .. totals.EstimatedCalls == 0 ? (Fact[])[] : [new Fact("estimated_calls", "Estimated calls", totals.EstimatedCalls, CellKind.Count)],
    ];

    public static IReadOnlyList<string> Notes(TokenTotals totals, int tornLines = 0)
    {
        List<string> notes = [];
        if (totals.UnpricedCalls > 0)
        {
            notes.Add($"The cost is a lower bound: {MoneyText.Count(totals.UnpricedCalls)} {Calls(totals.UnpricedCalls)}{(totals.UnpricedTokens > 0 ? $" with {MoneyText.Count(totals.UnpricedTokens)} tokens" : "")} to models without a known price.");
        }

        if (totals.UnmeteredCalls > 0)
        {
            notes.Add($"The cost is a lower bound: of {MoneyText.Count(totals.UnmeteredCalls)} {Calls(totals.UnmeteredCalls)} the provider reported no usage.");
        }

        if (totals.LowerBoundCalls > 0)
        {
            notes.Add($"The cost is a lower bound: of {MoneyText.Count(totals.LowerBoundCalls)} {Calls(totals.LowerBoundCalls)} only a part of what was billed is known.");
        }

        if (totals.EstimatedCalls > 0)
        {
            notes.Add($"The cost is in part an estimate: of {MoneyText.Count(totals.EstimatedCalls)} {Calls(totals.EstimatedCalls)} ({CellText.Percent((decimal)totals.EstimatedCalls / totals.Calls)} of all) the provider reported no usage, so the tokens were counted.");
        }

        if (tornLines > 0)
        {
            notes.Add($"{MoneyText.Count(tornLines)} torn {(tornLines == 1 ? "line was" : "lines were")} skipped: a process was stopped while it wrote.");
        }

        return notes;
    }

    private static string Calls(long count) => count == 1 ? "call" : "calls";
}
