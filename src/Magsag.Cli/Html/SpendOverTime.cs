using System.Globalization;
using Magsag.Gating;

namespace Magsag.Cli.Html;

/// <summary>Spend per day, or per month where the days would be too many to tell apart, stacked by model.</summary>
internal static class SpendOverTime
{
    private const int MostColumns = 100;
    private const int MostSeries = 6;
    private const string Rest = "other models";

    public static ReportChart ChartOf(CostSummary summary)
    {
        string[] columns = ColumnsOf(summary.Spend, out string format);
        Dictionary<string, int> indexOf = columns.Select(static (column, index) => (column, index)).ToDictionary(static c => c.column, static c => c.index, StringComparer.Ordinal);
        string[] largest =
        [
            .. summary.Spend.GroupBy(ModelOf, StringComparer.Ordinal)
                .OrderByDescending(static model => model.Sum(static row => row.CostUsd)).ThenBy(static model => model.Key, StringComparer.Ordinal)
                .Take(MostSeries).Select(static model => model.Key),
        ];
        Dictionary<string, decimal[]> series = largest.ToDictionary(static name => name, _ => new decimal[columns.Length], StringComparer.Ordinal);
        foreach (RunSpend row in summary.Spend)
        {
            string name = series.ContainsKey(ModelOf(row)) ? ModelOf(row) : Rest;
            if (!series.TryGetValue(name, out decimal[]? values))
            {
                series[name] = values = new decimal[columns.Length];
            }

            values[indexOf[row.Day.ToString(format, CultureInfo.InvariantCulture)]] += row.CostUsd;
        }

        return new ReportChart("spend-over-time", "time", columns, [.. series.OrderBy(s => Array.IndexOf(largest, s.Key) is >= 0 and int rank ? rank : MostSeries).Select(static s => new ChartSeries(s.Key, s.Value))]);
    }

    public static void Write(HtmlBuilder page, ReportChart chart)
    {
        page.Add($"""
            <section aria-labelledby="time-title">
            <h2 id="time-title">Spend over time</h2>
            <div class="chart tall"><canvas id="{chart.Id}" role="img" aria-label="Spend in US dollars per {(IsMonthly(chart) ? "month" : "day")} (UTC), stacked by model; the same figures stand in the table below."></canvas></div>
            <details><summary>The figures as a table</summary>
            <div class="scroll" role="region" tabindex="0" aria-label="Spend over time">
            <table><thead><tr><th scope="col">{(IsMonthly(chart) ? "Month" : "Day")} (UTC)</th>
            """);
        foreach (ChartSeries series in chart.Series)
        {
            page.Add($"<th scope=\"col\" class=\"number\">{series.Name}</th>");
        }

        page.AddMarkup("<th scope=\"col\" class=\"number\">Total</th></tr></thead><tbody>\n");
        for (int column = 0; column < chart.Labels.Count; column++)
        {
            page.Add($"<tr><th scope=\"row\">{chart.Labels[column]}</th>");
            decimal total = 0m;
            foreach (ChartSeries series in chart.Series)
            {
                total += series.Values[column];
                page.Add($"<td class=\"number\">{MoneyText.Of(series.Values[column])}</td>");
            }

            page.Add($"<td class=\"number\">{MoneyText.Of(total)}</td></tr>\n");
        }

        page.AddMarkup("</tbody></table></div></details>\n</section>\n");
    }

    private static bool IsMonthly(ReportChart chart) => chart.Labels is [{ Length: 7 }, ..];

    // Days without calls are columns too: a gap in time must look like one.
    private static string[] ColumnsOf(IReadOnlyList<RunSpend> spend, out string format)
    {
        format = "yyyy-MM-dd";
        if (spend.Count == 0)
        {
            return [];
        }

        DateTime first = spend.Min(static row => row.Day);
        DateTime last = spend.Max(static row => row.Day);
        if ((last - first).Days < MostColumns)
        {
            return [.. Enumerable.Range(0, (last - first).Days + 1).Select(day => first.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))];
        }

        format = "yyyy-MM";
        int months = ((last.Year - first.Year) * 12) + last.Month - first.Month + 1;
        return [.. Enumerable.Range(0, months).Select(month => new DateTime(first.Year, first.Month, 1).AddMonths(month).ToString("yyyy-MM", CultureInfo.InvariantCulture))];
    }

    private static string ModelOf(RunSpend row) => row.Model ?? "unknown model";
}
