using System.Globalization;
using Magsag.Gating;
using Magsag.Pricing;

namespace Magsag.Cli.Html;

/// <summary>The key figures at the top of a report.</summary>
internal static class ReportFigures
{
    /// <summary>A cost as it may honestly be shown: a lower bound says so.</summary>
    public static string Cost(TokenTotals totals) =>
        Unknowns.IsLowerBound(totals) && totals.CostUsd == 0m ? "unknown" : Amount(totals.CostUsd, totals);

    /// <summary>A part or an average of a cost, as well known as the whole.</summary>
    public static string Amount(decimal usd, TokenTotals whole) =>
        Unknowns.Qualifier(whole) + MoneyText.Of(usd);

    public static void Write(HtmlBuilder page, ReportPage report, CacheSavings savings)
    {
        CostSummary summary = report.Summary;
        TokenTotals totals = summary.Totals;
        page.AddMarkup("<dl class=\"figures\">\n");
        Figure(page, "Total cost", Cost(totals));
        Figure(page, "Calls", MoneyText.Count(totals.Calls), summary.FailedCalls > 0 ? $"{MoneyText.Count(summary.FailedCalls)} failed" : null);
        Figure(page, "Tokens", MoneyText.Count(totals.TotalTokens), $"{MoneyText.Count(totals.InputTokens)} in, {MoneyText.Count(totals.OutputTokens)} out");
        if (summary.Runs > 0)
        {
            Figure(page, "Runs", MoneyText.Count(summary.Runs), $"{Amount(totals.CostUsd / summary.Runs, totals)} per run");
        }

        if (summary.SuccessfulTasks > 0)
        {
            Figure(page, "Per successful task", Amount(totals.CostUsd / summary.SuccessfulTasks, totals), $"{MoneyText.Count(summary.SuccessfulTasks)} successful");
        }

        if (summary.Coverage is { } coverage)
        {
            Figure(page, "Coverage", coverage.ToString("0.#%", CultureInfo.InvariantCulture).Replace("%", " %", StringComparison.Ordinal), "calls whose usage is known");
        }

        if (savings.NetUsd != 0m)
        {
            Figure(page, "Saved by prompt caches", MoneyText.Of(savings.NetUsd));
        }

        page.AddMarkup("</dl>\n");
        WriteUnknowns(page, summary.Cost, totals);
    }

    private static void WriteUnknowns(HtmlBuilder page, Cost cost, TokenTotals totals)
    {
        if (cost.Kind == CostKind.Unpriced)
        {
            page.Add($"<p class=\"note\">The total is a lower bound. It leaves out: {cost.MissingText}.</p>\n");
        }
        else if (cost.Kind == CostKind.Estimated)
        {
            page.Add($"<p class=\"note\">The total is an estimate: providers reported no usage for {MoneyText.Count(totals.EstimatedCalls)} of {MoneyText.Count(totals.Calls)} calls, so their tokens were counted.</p>\n");
        }
    }

    private static void Figure(HtmlBuilder page, string name, string value, string? detail = null)
    {
        page.Add($"<div><dt>{name}</dt><dd>{value}");
        if (detail is not null)
        {
            page.Add($"<small>{detail}</small>");
        }

        page.AddMarkup("</dd></div>\n");
    }
}
