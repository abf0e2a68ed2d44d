using Magsag.Cli.Figures;

namespace Magsag.Cli.Html;

/// <summary>What each model, agent, customer, test or call site has part in: a chart of the largest and a table that adds up to the total.</summary>
/// <param name="Id">The id of the section.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Column">What one row is.</param>
/// <param name="Several">What several are.</param>
/// <param name="Without">What the calls are that belong to none.</param>
/// <param name="Shares">The rows.</param>
internal sealed record ShareSection(string Id, string Title, string Column, string Several, string Without, IReadOnlyList<CostShare> Shares)
{
    private const int MostRows = 10;

    // Hiding two or three rows behind a line of their own would save nothing.
    private const int MostRowsWithoutMore = 13;
    private const int MostRowsBelow = 250;

    /// <summary>The sections of a report, in the order of the page.</summary>
    public static IReadOnlyList<ShareSection> All(CostSummary summary) =>
    [
        .. new ShareSection[]
        {
            new("models", "By model", "Model", "models", "Model unknown", summary.Models),
            new("agents", "By agent", "Agent", "agents", "No agent named", summary.Agents),
            new("customers", "By customer", "Customer", "customers", "No customer named", summary.Customers),
            new("tests", "By test", "Test", "tests", "Outside of tests", summary.Tests),
            new("sites", "Most expensive call sites", "Call site", "call sites", "Call site unknown", summary.Sites),
        }.Where(static section => section.Shares.Count > 0),
    ];

    /// <summary>The chart of the largest; null where there is nothing to compare.</summary>
    public ReportChart? Chart
    {
        get
        {
            CostShare[] bars = [.. LargestFirst.Take(ShownRows).Where(static bar => bar.Totals.CostUsd > 0m)];
            return bars.Length < 2
                ? null
                : new ReportChart(Id + "-chart", "share", [.. bars.Select(static bar => bar.Name)], [new ChartSeries("Cost", [.. bars.Select(static bar => bar.Totals.CostUsd)])]);
        }
    }

    private int ShownRows => Shares.Count <= MostRowsWithoutMore ? Shares.Count : MostRows;

    private IEnumerable<CostShare> LargestFirst => Shares.OrderByDescending(static share => share.Totals.CostUsd).ThenByDescending(static share => share.Totals.Calls).ThenBy(static share => share.Name, StringComparer.Ordinal);

    public void Write(HtmlBuilder page, TokenTotals whole)
    {
        CostShare[] shares = [.. LargestFirst];
        page.Add($"<section id=\"{Id}\" aria-labelledby=\"{Id}-title\">\n<h2 id=\"{Id}-title\">{Title}</h2>\n");
        if (Chart is { } chart)
        {
            page.Add($"""
                <figure><div class="chart" data-bars="{chart.Labels.Count}"><canvas id="{chart.Id}" role="img" aria-label="Bar chart of the {chart.Labels.Count} {Several} with the highest cost in US dollars; the table below has the same figures."></canvas></div></figure>

                """);
        }

        var columns = new ShareColumns(whole);
        WriteTable(page, shares, whole, columns);
        if (shares.Length > ShownRows)
        {
            WriteMore(page, shares[ShownRows..], columns);
        }

        page.AddMarkup("</section>\n");
    }

    private void WriteTable(HtmlBuilder page, CostShare[] shares, TokenTotals whole, ShareColumns columns)
    {
        TokenTotals hidden = Sum(shares.Skip(ShownRows));
        TokenTotals rest = Remainder.Of(whole, Sum(shares));
        OpenTable(page, Title);
        foreach (CostShare share in shares.Take(ShownRows))
        {
            columns.WriteRow(page, share);
        }

        if (shares.Length > ShownRows)
        {
            columns.WriteSum(page, $"{MoneyText.Count(shares.Length - ShownRows)} other {Several}", hidden);
        }

        if (!Remainder.IsEmpty(rest))
        {
            columns.WriteSum(page, Without, rest);
        }

        page.AddMarkup("</tbody><tfoot>\n");
        columns.WriteSum(page, "Total", whole);
        page.AddMarkup("</tfoot></table></div>\n");
        if (CostText.LegendFor([.. shares.Select(static share => share.Totals), rest, whole]) is { } legend)
        {
            page.Add($"<p class=\"legend-text\">{legend}</p>\n");
        }
    }

    private void WriteMore(HtmlBuilder page, CostShare[] others, ShareColumns columns)
    {
        page.Add($"<details id=\"{Id}-more\"><summary>The {MoneyText.Count(others.Length)} other {Several}</summary>\n");
        OpenTable(page, $"{Title}: the others");
        foreach (CostShare share in others.Take(MostRowsBelow))
        {
            columns.WriteRow(page, share);
        }

        if (others.Length > MostRowsBelow)
        {
            columns.WriteSum(page, $"{MoneyText.Count(others.Length - MostRowsBelow)} more, not listed", Sum(others.Skip(MostRowsBelow)));
        }

        page.AddMarkup("</tbody></table></div></details>\n");
    }

    private void OpenTable(HtmlBuilder page, string caption) => page.Add($"""
        <div class="scroll" role="group" tabindex="0" aria-label="Table: {caption}">
        <table><caption>{caption}</caption><thead><tr><th scope="col">{Column}</th><th scope="col" class="number">Cost (USD)</th><th scope="col" class="number">Share</th><th scope="col" class="number">Calls</th><th scope="col" class="number">Per call</th><th scope="col" class="number">Input tokens</th><th scope="col" class="number">Output tokens</th></tr></thead><tbody>

        """);

    private static TokenTotals Sum(IEnumerable<CostShare> shares) => shares.Aggregate(new TokenTotals(), static (sum, share) => sum + share.Totals);
}
