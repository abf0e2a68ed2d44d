using System.Globalization;
using Magsag.Ledger.Limits;

namespace Magsag.Cli.Html;

/// <summary>Spend added up by day, or by month where the days would be too many to tell apart, and by model: the largest models and the others together.</summary>
/// <param name="Columns">The days (<c>2026-11-23</c>) or months (<c>2026-11</c>).</param>
/// <param name="Models">The names of the series.</param>
/// <param name="Cells">The sums, by series and column.</param>
internal sealed record SpendGrid(IReadOnlyList<string> Columns, IReadOnlyList<string> Models, IReadOnlyList<TokenTotals[]> Cells)
{
    public const int MostColumns = 100;
    private const int MostSeries = 6;

    public bool IsMonthly => Columns is [{ Length: 7 }, ..];

    /// <summary>The sums of the columns.</summary>
    public IReadOnlyList<TokenTotals> Totals => [.. Columns.Select((_, column) => Sum(Cells.Select(cells => cells[column])))];

    public static SpendGrid From(CostSummary summary, TimeZoneInfo zone)
    {
        DateTime DayOf(RunSpend row) => TimeZoneInfo.ConvertTime(row.Start, zone).Date;
        string[] columns = CreateColumns([.. summary.Spend.Select(DayOf).Distinct()], out string format);
        Dictionary<string, int> indexOf = Ranks(columns);
        string[] models =
        [
            .. summary.Spend.GroupBy(ModelName, StringComparer.Ordinal)
                .OrderByDescending(static model => model.Sum(static row => row.CostUsd)).ThenBy(static model => model.Key, StringComparer.Ordinal)
                .Select(static model => model.Key),
        ];

        // The colour of the others serves for a single one as well.
        int named = models.Length <= MostSeries + 1 ? models.Length : MostSeries;
        Dictionary<string, int> rankOf = Ranks(models);
        TokenTotals[][] cells = [.. Enumerable.Range(0, Math.Min(models.Length, named + 1)).Select(_ => Enumerable.Repeat(new TokenTotals(), columns.Length).ToArray())];
        foreach (RunSpend row in summary.Spend)
        {
            cells[Math.Min(rankOf[ModelName(row)], named)][indexOf[DayOf(row).ToString(format, CultureInfo.InvariantCulture)]] += ToTotals(row);
        }

        string[] others = models.Length > named ? [$"{MoneyText.Count(models.Length - named)} other models"] : [];
        return new SpendGrid(columns, [.. models.Take(named), .. others], cells);
    }

    public static TokenTotals Sum(IEnumerable<TokenTotals> cells) => cells.Aggregate(new TokenTotals(), static (sum, cell) => sum + cell);

    private static TokenTotals ToTotals(RunSpend row) => new() { Calls = row.Calls, CostUsd = row.CostUsd, UnpricedCalls = row.CallsOfUnknownCost, EstimatedCalls = row.EstimatedCalls };

    private static Dictionary<string, int> Ranks(string[] names) => names.Select(static (name, index) => (name, index)).ToDictionary(static pair => pair.name, static pair => pair.index, StringComparer.Ordinal);

    // Days without calls are columns too: a gap in time must look like one.
    private static string[] CreateColumns(IReadOnlyList<DateTime> days, out string format)
    {
        format = "yyyy-MM-dd";
        if (days.Count == 0)
        {
            return [];
        }

        DateTime first = days.Min();
        DateTime last = days.Max();
        if ((last - first).Days < MostColumns)
        {
            return [.. Enumerable.Range(0, (last - first).Days + 1).Select(day => first.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))];
        }

        format = "yyyy-MM";
        int months = ((last.Year - first.Year) * 12) + last.Month - first.Month + 1;
        return [.. Enumerable.Range(0, months).Select(month => new DateTime(first.Year, first.Month, 1).AddMonths(month).ToString("yyyy-MM", CultureInfo.InvariantCulture))];
    }

    private static string ModelName(RunSpend row) => row.Model ?? "unknown model";
}
