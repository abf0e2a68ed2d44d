using System.Globalization;
using Magsag.Cli.Costs;
using Magsag.Cli.Figures;
using Magsag.Cli.Stores;

namespace Magsag.Cli.Reports;

/// <summary>All reports below <c>magsag report</c>. Another one is a row here; only a report with rules of its own is a file of its own.</summary>
internal static class ReportCatalog
{
    private const int MostWeeks = 520;
    private const string PartsOfRuns = "How many tasks succeeded isn't known of parts of runs: these calls belong to runs with calls of others.";

    /// <summary>The reports, in the order of the help.</summary>
    public static IReadOnlyList<ReportDefinition> Create(Terminal terminal) =>
    [
        Subject("agent", CostDimension.Agent, static (filter, name) => filter with { Agent = name }),
        Subject("customer", CostDimension.Customer, static (filter, name) => filter with { Customer = name }),
        new("model", "What each model cost: calls, tokens, share, average per call and per thousand tokens.", ModelsAsync),
        DailyReport.Create(),
        Trends(),
        new("tokens", "Where tokens go: per agent and model, cached and reasoning tokens, average of a call.", TokensAsync),
        new("efficiency", "What a successful task and a thousand tokens cost, and how much output comes of how much input.", EfficiencyAsync),
        ChargebackReport.Create(terminal),
    ];

    private static ReportDefinition Subject(string subject, CostDimension dimension, Func<RecordFilter, string, RecordFilter> only)
    {
        var name = new Argument<string?>("name") { Description = $"One {subject}, with its models and months; all of them when left out.", Arity = ArgumentArity.ZeroOrOne };
        return new ReportDefinition(
            subject,
            $"What each {subject} cost: runs, calls, tokens, average per run, share.",
            request => request.Arguments.GetValue(name) is { } one ? OneSubjectAsync(subject, dimension, one, request, request with { Filter = only(request.Filter, one) }) : SubjectsAsync(subject, dimension, request))
        {
            Argument = name,
        };
    }

    private static async Task<StoreResult> SubjectsAsync(string subject, CostDimension dimension, StoreRequest request)
    {
        IReadOnlyList<CostGroup> groups = await request.GroupAsync(dimension);
        ILookup<string?, long> runs = (await request.RunsWithCallsAsync(dimension)).ToLookup(static count => count.Key[0], static count => count.Runs, StringComparer.Ordinal);
        IEnumerable<CostRow> rows = CostRow.From(groups).Select(row => row with { Runs = runs[row.Key[0]].Sum() });
        return StoreResult.From(
            $"Cost by {subject}",
            groups.Total(),
            await request.PeriodFactsAsync(groups.Total()),
            Table.From(subject + "s", "", CostRow.MostExpensiveFirst(rows), [CostColumns.Key(0, subject), CostColumns.Runs, CostColumns.Calls, CostColumns.TotalTokens, CostColumns.Cost, CostColumns.Share, CostColumns.CostPerRun]));
    }

    private static async Task<StoreResult> OneSubjectAsync(string subject, CostDimension dimension, string name, StoreRequest everyone, StoreRequest request)
    {
        TokenTotals total = (await request.GroupAsync()).Total();
        if (total.Calls == 0)
        {
            throw UnknownNames.Unknown(subject, name, (await everyone.GroupAsync(dimension)).Select(static group => group.Key[0]).OfType<string>(), " in this period");
        }

        Fact heading = new(subject, char.ToUpperInvariant(subject[0]) + subject[1..], name);
        return StoreResult.From(
            null,
            total,
            [heading, .. await request.PeriodFactsAsync(total)],
            CostColumns.SharesTable("models", "Models used", "model", (await request.GroupAsync(CostDimension.Model)).Select(static group => (group.Key[0], group.Totals)), total),
            Table.From("months", "Months", CostRow.From(await request.GroupAsync(CostDimension.Month)), [CostColumns.Key(0, "month"), CostColumns.Calls, CostColumns.Cost]));
    }

    private static async Task<StoreResult> ModelsAsync(StoreRequest request)
    {
        IReadOnlyList<CostGroup> models = await request.GroupAsync(CostDimension.Provider, CostDimension.Model);
        return StoreResult.From(
            "Cost by model",
            models.Total(),
            await request.PeriodFactsAsync(models.Total()),
            Table.From("models", "", CostRow.MostExpensiveFirst(CostRow.From(models)),
            [
                CostColumns.Key(0, "provider"), CostColumns.Key(1, "model"), CostColumns.Calls, CostColumns.InputTokens, CostColumns.OutputTokens, CostColumns.Cost, CostColumns.Share,
                new("cost_per_call_usd", "Per call", static row => KnownCost.Per(row.Totals, row.Totals.Calls), CellKind.Money),
                new("cost_per_1k_tokens", "Per 1k tokens", static row => KnownCost.PerThousandTokens(row.Totals), CellKind.Money),
            ]));
    }

    private static ReportDefinition Trends()
    {
        var weeks = new Option<int>("--weeks") { Description = "How many weeks, this one included.", HelpName = "count", DefaultValueFactory = static _ => 4 };
        return new ReportDefinition(
            "trends",
            "What each week cost and how that changed. Weeks begin on Monday, in UTC.",
            request => TrendsAsync(request, request.Arguments.GetValue(weeks)))
        {
            Options = [weeks],
        };
    }

    private static async Task<StoreResult> TrendsAsync(StoreRequest request, int weeks)
    {
        if (weeks is < 1 or > MostWeeks)
        {
            throw CommandFailure.Usage($"--weeks must be from 1 to {MostWeeks}, found {weeks}.");
        }

        DateOnly first = MondayOf(DateOnly.FromDateTime(request.Now.UtcDateTime)).AddDays(-7 * (weeks - 1));
        StoreRequest period = request with { Filter = request.Filter with { Since = request.Filter.Since ?? new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero) } };
        ILookup<DateOnly, CostGroup> costs = (await period.GroupAsync(CostDimension.Day)).ToLookup(static group => MondayOf(DateOnly.ParseExact(group.Key[0]!, "yyyy-MM-dd", CultureInfo.InvariantCulture)));
        ILookup<DateOnly, RunGroup> runs = (await period.RunsAsync(CostDimension.Day)).ToLookup(static group => MondayOf(group.Day!.Value));
        List<CostRow> rows = [];
        for (DateOnly monday = first; rows.Count < weeks; monday = monday.AddDays(7))
        {
            TokenTotals totals = costs[monday].Total();
            string? change = rows is [.., var before] ? MoneyText.ChangeOf(before.Totals.CostUsd, totals.CostUsd) : null;
            rows.Add(new CostRow([monday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), change], totals, totals, runs[monday].Sum(static group => group.Runs)));
        }

        return StoreResult.From(
            $"Cost of the last {(weeks == 1 ? "week" : $"{weeks} weeks")}",
            rows.Aggregate(new TokenTotals(), static (sum, row) => sum + row.Totals),
            [],
            Table.From("weeks", "", rows, [CostColumns.Key(0, "week", "Week of"), CostColumns.Runs, CostColumns.Calls, CostColumns.TotalTokens, CostColumns.Cost, CostColumns.Key(1, "change"), CostColumns.CostPerRun]));
    }

    private static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static async Task<StoreResult> TokensAsync(StoreRequest request)
    {
        IReadOnlyList<CostGroup> groups = await request.GroupAsync(CostDimension.Agent, CostDimension.Model);
        TokenTotals total = groups.Total();
        CostRow[] rows = [.. CostRow.From(groups).OrderByDescending(static row => row.Totals.TotalTokens).ThenBy(static row => row.Key[0], StringComparer.Ordinal)];
        return StoreResult.From(
            "Token usage",
            total,
            [
                new Fact("calls", "Calls", total.Calls, CellKind.Count),
                new Fact("input_tokens", "Input tokens", total.InputTokens, CellKind.Tokens),
                new Fact("cached_input_tokens", "Cached input tokens", total.CachedInputTokens, CellKind.Tokens),
                new Fact("output_tokens", "Output tokens", total.OutputTokens, CellKind.Tokens),
                new Fact("reasoning_tokens", "Reasoning tokens", total.ReasoningTokens, CellKind.Tokens),
            ],
            Table.From("usage", "", rows,
            [
                CostColumns.Key(0, "agent"), CostColumns.Key(1, "model"), CostColumns.Calls, CostColumns.InputTokens,
                new("cached_input_tokens", "Cached", static row => row.Totals.CachedInputTokens, CellKind.Tokens),
                CostColumns.OutputTokens,
                new("reasoning_tokens", "Reasoning", static row => row.Totals.ReasoningTokens, CellKind.Tokens),
                new("input_per_call", "Input per call", static row => Quotient.Divide(row.Totals.InputTokens, row.Totals.Calls), CellKind.Ratio),
                new("output_per_call", "Output per call", static row => Quotient.Divide(row.Totals.OutputTokens, row.Totals.Calls), CellKind.Ratio),
                new("cached_share", "Cached share", static row => Quotient.Share(row.Totals.CachedInputTokens, row.Totals.InputTokens), CellKind.Share),
                CostColumns.Cost,
            ]));
    }

    private static async Task<StoreResult> EfficiencyAsync(StoreRequest request)
    {
        TokenTotals total = (await request.GroupAsync()).Total();

        // A store has the outcome of whole runs only, by the agent and customer of their first call.
        IReadOnlyList<RunGroup> runs = await request.RunsAsync();
        long? successful = runs.Sum(static group => group.Runs) == await request.CountRunsAsync() ? runs.Sum(static group => group.SuccessfulTasks) : null;
        var result = StoreResult.From(
            "Cost efficiency",
            total,
            [
                .. await request.PeriodFactsAsync(total),
                new Fact("successful_tasks", "Successful tasks", successful, CellKind.Count),
                new Fact("cost_per_successful_task", "Cost per successful task", KnownCost.Per(total, successful ?? 0), CellKind.Money),
                new Fact("cost_per_1k_tokens", "Cost per 1k tokens", KnownCost.PerThousandTokens(total), CellKind.Money),
                new Fact("token_efficiency", "Output tokens per input token", Quotient.Divide(total.OutputTokens, total.InputTokens), CellKind.Ratio),
            ]);
        return successful is null ? result with { Report = result.Report with { Notes = [.. result.Report.Notes, PartsOfRuns] } } : result;
    }
}
