using Magsag.Cli.Figures;

namespace Magsag.Cli.Html;

/// <summary>The key figures at the top of a report: the total first and largest.</summary>
internal static class ReportFigures
{
    /// <summary>A cost as it may honestly be shown: a lower bound says so.</summary>
    public static string Cost(TokenTotals totals) =>
        CostText.IsUnknown(totals.CostUsd, totals) ? "unknown" : Amount(totals.CostUsd, totals);

    /// <summary>A part or an average of a cost, as well known as the whole.</summary>
    public static string Amount(decimal usd, TokenTotals whole) =>
        Unknowns.Qualifier(whole) + MoneyText.Of(usd);

    public static void Write(HtmlBuilder page, ReportPage report, CacheSavings savings)
    {
        CostSummary summary = report.Summary;
        TokenTotals totals = summary.Totals;
        bool isKnown = !CostText.IsUnknown(totals.CostUsd, totals);
        page.AddMarkup("<dl class=\"figures\">\n");
        WriteTotal(page, summary, isKnown);
        Figure(page, "Calls", MoneyText.Count(totals.Calls), CallsDetail(summary, isKnown));
        Figure(page, "Tokens", MoneyText.Count(totals.TotalTokens), $"{MoneyText.Count(totals.InputTokens)} in, {MoneyText.Count(totals.OutputTokens)} out");
        if (summary.Runs > 0)
        {
            Figure(page, "Runs", MoneyText.Count(summary.Runs), isKnown ? $"{Amount(totals.CostUsd / summary.Runs, totals)} per run" : null);
        }

        if (summary.SuccessfulTasks > 0 && isKnown)
        {
            Figure(page, "Per successful task", MoneyText.Of(totals.CostUsd / summary.SuccessfulTasks), $"{MoneyText.Count(summary.SuccessfulTasks)} successful", Unknowns.Qualifier(totals));
        }

        if (savings.TotalUsd != 0m)
        {
            Figure(page, savings.TotalUsd > 0m ? "Saved by caches" : "Extra cost of caches", MoneyText.Of(Math.Abs(savings.TotalUsd)), savings.Parts);
        }

        page.AddMarkup("</dl>\n");
        UnknownNotes.Write(page, summary);
    }

    private static void WriteTotal(HtmlBuilder page, CostSummary summary, bool isKnown)
    {
        TokenTotals totals = summary.Totals;
        page.AddMarkup("<div class=\"total\"><dt>Total cost</dt><dd>");
        WriteQualifier(page, isKnown ? Unknowns.Qualifier(totals) : "");
        page.Add($"{(isKnown ? MoneyText.Of(totals.CostUsd) : "unknown")}");
        if (summary.Corrections > 0)
        {
            page.Add($"<small>with {MoneyText.Count(summary.Corrections)} {(summary.Corrections == 1 ? "correction" : "corrections")} of {MoneyText.Of(summary.CorrectionsUsd)}</small>");
        }

        page.AddMarkup("</dd></div>\n");
    }

    private static string? CallsDetail(CostSummary summary, bool isKnown)
    {
        TokenTotals totals = summary.Totals;
        string[] details =
        [
            .. isKnown && totals.Calls > 0 ? [$"{Amount(totals.CostUsd / totals.Calls, totals)} per call"] : (string[])[],
            .. summary.FailedCalls > 0 ? [$"{MoneyText.Count(summary.FailedCalls)} failed"] : (string[])[],
        ];
        return details.Length == 0 ? null : string.Join(", ", details);
    }

    private static void WriteQualifier(HtmlBuilder page, string qualifier)
    {
        if (qualifier.Length > 0)
        {
            page.Add($"<span class=\"qualifier\">{qualifier}</span>");
        }
    }

    private static void Figure(HtmlBuilder page, string name, string value, string? detail = null, string qualifier = "")
    {
        page.Add($"<div><dt>{name}</dt><dd>");
        WriteQualifier(page, qualifier);
        page.Add($"{value}");
        if (detail is not null)
        {
            page.Add($"<small>{detail}</small>");
        }

        page.AddMarkup("</dd></div>\n");
    }
}
