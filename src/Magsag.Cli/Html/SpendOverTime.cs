using Magsag.Cli.Figures;

namespace Magsag.Cli.Html;

/// <summary>Spend over time: a chart of the days, stacked by model, and the same as a table.</summary>
internal sealed class SpendOverTime
{
    private const string Id = "spend-over-time";

    private readonly SpendGrid _grid;
    private readonly IReadOnlyList<TokenTotals> _totals;
    private readonly string _zone;

    private SpendOverTime(SpendGrid grid, string zone)
    {
        _grid = grid;
        _zone = zone;
        _totals = grid.Totals;
    }

    /// <summary>The chart; null where there is nothing to draw: all calls on one day, or no known cost.</summary>
    public ReportChart? Chart => _grid.Columns.Count < 2 || !_totals.Any(static total => total.CostUsd > 0m)
        ? null
        : new ReportChart(Id + "-chart", "time", _grid.Columns, [.. _grid.Models.Select((model, rank) => new ChartSeries(model, [.. _grid.Cells[rank].Select(static cell => cell.CostUsd)]))]);

    /// <summary>True when no call was made.</summary>
    public bool IsEmpty => _grid.Columns.Count == 0;

    private string Unit => _grid.IsMonthly ? "Month" : "Day";

    public static SpendOverTime From(CostSummary summary, TimeZoneInfo zone) => new(SpendGrid.From(summary, zone), zone.Id);

    public void Write(HtmlBuilder page)
    {
        if (IsEmpty)
        {
            return;
        }

        page.Add($"<section id=\"{Id}\" aria-labelledby=\"{Id}-title\">\n<h2 id=\"{Id}-title\">Spend over time</h2>\n");
        if (Chart is { } chart)
        {
            WriteChart(page, chart);
            page.Add($"<details id=\"{Id}-more\"><summary>The figures as a table</summary>\n");
            WriteTable(page);
            page.AddMarkup("</details>\n");
        }
        else if (_grid.Columns.Count == 1)
        {
            page.Add($"<p>All calls were made on {_grid.Columns[0]} ({_zone}).</p>\n");
        }
        else
        {
            page.Add($"<p>No cost is known from {_grid.Columns[0]} to {_grid.Columns[^1]}.</p>\n");
        }

        page.AddMarkup("</section>\n");
    }

    private void WriteChart(HtmlBuilder page, ReportChart chart)
    {
        decimal most = _totals.Max(static total => total.CostUsd);
        string highest = _grid.Columns[_totals.Select(static total => total.CostUsd).ToList().IndexOf(most)];
        string unknown = _totals.Any(Unknowns.IsLowerBound) ? " Calls of unknown cost are left out." : "";
        page.Add($"""
            <figure><figcaption>US dollars per {Unit.ToLowerInvariant()} ({_zone}), by model. Highest: {MoneyText.Of(most)} {(_grid.IsMonthly ? "in" : "on")} {highest}.{unknown}</figcaption>
            <ul class="legend">

            """);
        for (int rank = 0; rank < _grid.Models.Count; rank++)
        {
            page.Add($"<li><span class=\"swatch series-{rank}\"></span><bdi>{new NameText(_grid.Models[rank])}</bdi></li>\n");
        }

        page.Add($"""
            </ul>
            <div class="chart tall"><canvas id="{chart.Id}" role="img" aria-label="Column chart of the US dollars per {Unit.ToLowerInvariant()} from {_grid.Columns[0]} to {_grid.Columns[^1]} ({_zone}), stacked by model; the table below has the same figures."></canvas></div></figure>

            """);
    }

    private void WriteTable(HtmlBuilder page)
    {
        MoneyColumn money = MoneyColumn.For(_totals.Select(static total => total.CostUsd));
        page.Add($"""
            <div class="scroll" role="group" tabindex="0" aria-label="Table: Spend over time">
            <table><caption>Spend over time in US dollars</caption><thead><tr><th scope="col">{Unit} ({_zone})</th><th scope="col" class="number">All models</th>
            """);
        foreach (string model in _grid.Models)
        {
            page.Add($"<th scope=\"col\" class=\"number name\" dir=\"auto\">{new NameText(model)}</th>");
        }

        page.AddMarkup("</tr></thead><tbody>\n");
        for (int column = 0; column < _grid.Columns.Count; column++)
        {
            page.Add($"<tr><th scope=\"row\">{_grid.Columns[column]}</th>");
            WriteAmounts(page, money, [_totals[column], .. _grid.Cells.Select(cells => cells[column])]);
        }

        page.AddMarkup("</tbody><tfoot><tr class=\"sum\"><th scope=\"row\">Total</th>");
        WriteAmounts(page, money, [SpendGrid.Sum(_totals), .. _grid.Cells.Select(SpendGrid.Sum)]);
        page.AddMarkup("</tfoot></table></div>\n");
        if (CostText.LegendFor(_totals) is { } legend)
        {
            page.Add($"<p class=\"legend-text\">{legend}</p>\n");
        }
    }

    private static void WriteAmounts(HtmlBuilder page, MoneyColumn money, TokenTotals[] cells)
    {
        foreach (TokenTotals cell in cells)
        {
            page.Add($"<td class=\"number\">{money.Text(cell.CostUsd, cell)}</td>");
        }

        page.AddMarkup("</tr>\n");
    }
}
