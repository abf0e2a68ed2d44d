using System.Globalization;
using Magsag.Gating;

namespace Magsag.Cli.Html;

/// <summary>What each model, agent, customer, test or call site has part in: a chart of the largest and a table.</summary>
internal sealed record ShareSection(string Id, string Title, string Column, IReadOnlyList<CostShare> Shares)
{
    private const int MostBars = 10;
    private const int MostRows = 15;

    /// <summary>The sections of a report, in the order of the page.</summary>
    public static IReadOnlyList<ShareSection> Of(CostSummary summary) =>
    [
        .. new ShareSection[]
        {
            new("models", "By model", "Model", summary.Models),
            new("agents", "By agent", "Agent", summary.Agents),
            new("customers", "By customer", "Customer", summary.Customers),
            new("tests", "By test", "Test", summary.Tests),
            new("sites", "Most expensive call sites", "Call site", summary.Sites),
        }.Where(static section => section.Shares.Count > 0),
    ];

    public ReportChart Chart
    {
        get
        {
            CostShare[] bars = [.. LargestFirst.Take(MostBars)];
            return new ReportChart(Id, "share", [.. bars.Select(static bar => bar.Name)], [new ChartSeries("Cost", [.. bars.Select(static bar => bar.Totals.CostUsd)])]);
        }
    }

    private IEnumerable<CostShare> LargestFirst => Shares.OrderByDescending(static share => share.Totals.CostUsd).ThenBy(static share => share.Name, StringComparer.Ordinal);

    public void Write(HtmlBuilder page, decimal totalUsd)
    {
        CostShare[] shares = [.. LargestFirst];
        int bars = Math.Min(shares.Length, MostBars);
        page.Add($"""
            <section aria-labelledby="{Id}-title">
            <h2 id="{Id}-title">{Title}</h2>
            <div class="chart" data-bars="{bars}"><canvas id="{Id}" role="img" aria-label="The {bars} with the highest cost in US dollars; the same figures stand in the table below."></canvas></div>

            """);
        WriteTable(page, shares.Take(MostRows), totalUsd);
        if (shares.Length > MostRows)
        {
            page.Add($"<details><summary>{MoneyText.Count(shares.Length - MostRows)} more</summary>\n");
            WriteTable(page, shares.Skip(MostRows), totalUsd);
            page.AddMarkup("</details>\n");
        }

        page.AddMarkup("</section>\n");
    }

    private void WriteTable(HtmlBuilder page, IEnumerable<CostShare> shares, decimal totalUsd)
    {
        page.Add($"""
            <div class="scroll" role="region" tabindex="0" aria-label="{Title}">
            <table><thead><tr><th scope="col">{Column}</th><th scope="col" class="number">Cost</th><th scope="col" class="number">Share</th><th scope="col" class="number">Calls</th><th scope="col" class="number">Per call</th><th scope="col" class="number">Input</th><th scope="col" class="number">Output</th></tr></thead><tbody>

            """);
        foreach (CostShare share in shares)
        {
            TokenTotals totals = share.Totals;
            page.Add($"<tr><th scope=\"row\">{share.Name}</th><td class=\"number\">{ReportFigures.Cost(totals)}</td><td class=\"number\">{ShareOf(totals.CostUsd, totalUsd)}</td><td class=\"number\">{MoneyText.Count(totals.Calls)}</td><td class=\"number\">{(totals.Calls == 0 ? "–" : ReportFigures.Amount(totals.CostUsd / totals.Calls, totals))}</td><td class=\"number\">{MoneyText.Count(totals.InputTokens)}</td><td class=\"number\">{MoneyText.Count(totals.OutputTokens)}</td></tr>\n");
        }

        page.AddMarkup("</tbody></table></div>\n");
    }

    private static string ShareOf(decimal part, decimal whole) =>
        whole == 0m ? "–" : (part / whole * 100m).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
