namespace Magsag.Cli.Html;

/// <summary>Says what the total leaves out and what of it is an estimate, because unknown isn't zero.</summary>
internal static class UnknownNotes
{
    private const int MostModels = 5;

    public static void Write(HtmlBuilder page, CostSummary summary)
    {
        TokenTotals totals = summary.Totals;
        IReadOnlyList<MissingPrice> missing = summary.Cost.Missing;
        WriteMissing(page, $"The total leaves out {Calls(totals.UnpricedCalls)} ({MoneyText.Count(totals.UnpricedTokens)} tokens) to models without a known price", totals.UnpricedCalls, [.. missing.Where(static part => part.Reason is not (MissingReason.NoUsage or MissingReason.LowerBound))]);
        WriteMissing(page, $"The total leaves out {Calls(totals.UnmeteredCalls)} whose usage the provider didn’t report", totals.UnmeteredCalls, [.. missing.Where(static part => part.Reason == MissingReason.NoUsage)]);
        WriteMissing(page, $"The total has only a part of what {Calls(totals.LowerBoundCalls)} cost", totals.LowerBoundCalls, [.. missing.Where(static part => part.Reason == MissingReason.LowerBound)]);
        if (totals.EstimatedCalls > 0 && totals.CostUsd != 0m)
        {
            page.Add($"<p class=\"note\">The total is in part an estimate: for {MoneyText.Count(totals.EstimatedCalls)} of {Calls(totals.Calls)} the provider reported no usage, so the tokens were counted.</p>\n");
        }
    }

    private static void WriteMissing(HtmlBuilder page, string what, long calls, MissingPrice[] parts)
    {
        if (calls == 0)
        {
            return;
        }

        page.Add($"<p class=\"note\">{what}");
        string before = ": ";
        foreach (MissingPrice part in parts.OrderByDescending(static part => part.Calls).ThenBy(static part => part.Model, StringComparer.Ordinal).Take(MostModels))
        {
            page.Add($"{before}<bdi>{new NameText(part.Model)}</bdi> ({Calls(part.Calls)})");
            before = ", ";
        }

        page.Add($"{(parts.Length > MostModels ? $" and {MoneyText.Count(parts.Length - MostModels)} more" : "")}.</p>\n");
    }

    private static string Calls(long count) => $"{MoneyText.Count(count)} {(count == 1 ? "call" : "calls")}";
}
