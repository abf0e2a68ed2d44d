using System.CommandLine;
using System.Globalization;
using Magsag.Ledger.Figures;
using Magsag.Ledger.Summaries;
using Magsag.Storage.Queries;
using Magsag.Storage.Schema;

namespace Magsag.Cli;

/// <summary><c>magsag report trends</c></summary>
internal static class TrendsReportCommand
{
    private const int MostWeeks = 520;

    public static Command Create(Terminal terminal)
    {
        var weeks = new Option<int>("--weeks") { Description = "How many weeks, this one included.", HelpName = "count", DefaultValueFactory = static _ => 4 };
        var command = new Command("trends", "What each week cost and how that changed. Weeks begin on Monday, in UTC.") { weeks };
        return StoreReport.Create(command, terminal, (parsed, context) => parsed.GetValue(weeks) is var count and >= 1 and <= MostWeeks
            ? ReportAsync(context, count)
            : throw CommandFailure.Usage($"--weeks must be from 1 to {MostWeeks}, found {parsed.GetValue(weeks)}."));
    }

    private static async Task<Report> ReportAsync(ReportContext context, int weeks)
    {
        DateOnly first = MondayOf(DateOnly.FromDateTime(context.Now.UtcDateTime)).AddDays(-7 * (weeks - 1));
        var since = new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero);
        ReportContext period = context with { Filter = context.Filter with { Since = context.Filter.Since ?? since } };
        ILookup<DateOnly, CostGroup> costs = (await period.ByAsync(CostDimension.Day)).ToLookup(static group => MondayOf(DateOnly.ParseExact(group.Key[0]!, "yyyy-MM-dd", CultureInfo.InvariantCulture)));
        ILookup<DateOnly, RunGroup> runs = (await period.RunsAsync(CostDimension.Day)).ToLookup(static group => MondayOf(group.Day!.Value));
        List<IReadOnlyList<object?>> rows = [];
        decimal? before = null;
        var whole = new TokenTotals();
        for (int week = 0; week < weeks; week++)
        {
            DateOnly monday = first.AddDays(7 * week);
            TokenTotals totals = costs[monday].Aggregate(new TokenTotals(), static (sum, group) => sum + group.Totals);
            long runsOfWeek = runs[monday].Sum(static group => group.Runs);
            string? change = before is { } last ? MoneyText.ChangeOf(last, totals.CostUsd) : null;
            rows.Add([monday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), runsOfWeek, totals.Calls, totals.TotalTokens, KnownCost.CellOf(totals), change, KnownCost.Per(totals, runsOfWeek)]);
            before = totals.CostUsd;
            whole += totals;
        }

        return new Report
        {
            Title = $"Cost of the last {(weeks == 1 ? "week" : $"{weeks} weeks")}",
            Tables =
            [
                new Table(
                    "weeks",
                    "",
                    [
                        new Column("week", "Week of"),
                        new Column("runs", "Runs", CellKind.Count),
                        new Column("calls", "Calls", CellKind.Count),
                        new Column("total_tokens", "Tokens", CellKind.Tokens),
                        new Column("cost_usd", "Cost", CellKind.Money),
                        new Column("change", "Change"),
                        new Column("cost_per_run_usd", "Per run", CellKind.Money),
                    ],
                    rows),
            ],
            Notes = Unknowns.NotesOf(whole),
        };
    }

    private static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
