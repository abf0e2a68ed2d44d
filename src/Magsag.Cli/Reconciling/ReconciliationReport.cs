using System.Globalization;
using Magsag.Cli.Figures;
using Magsag.Storage.Reconciling;

namespace Magsag.Cli.Reconciling;

/// <summary>What was recorded beside what a provider counts, by day and model.</summary>
internal sealed class ReconciliationReport(IReadOnlyList<UsageExport> exports, Reconciliation found, Differences differences)
{
    private static readonly TokenTotals Nothing = new();

    /// <summary>By how many percent of the provider's figure the cost differs, or the tokens where no cost is stated; null where that can't be said.</summary>
    public decimal? DifferencePercent => (TheirUsd, TheirTokens) switch
    {
        ({ } usd, _) => Percent(Math.Abs(usd - Ours.CostUsd), usd),
        (null, { } tokens) => Percent(Math.Abs(tokens - Ours.TotalTokens), tokens),
        _ => null,
    };

    private TokenTotals Ours { get; } = found.Days.Aggregate(Nothing, static (sum, day) => sum + day.Store);

    private long? TheirCalls { get; } = SumOf(found, static count => count.Calls);

    private long? TheirTokens { get; } = SumOf(found, static count => TokensOf(count));

    private decimal? TheirUsd { get; } = found.Days.Select(static day => day.Provider?.CostUsd).Where(static usd => usd is not null).DefaultIfEmpty().Sum(static usd => usd ?? 0m) is var sum && found.Days.Any(static day => day.Provider?.CostUsd is not null) ? sum : null;

    public Report Create()
    {
        (ReconciledDay Day, Difference? Difference)[] rows = [.. found.Days.Select(day => (day, differences.Of(day)))];
        return new Report
        {
            Title = $"Recorded costs against {string.Join(" and ", exports.Select(static export => export.Format.Title).Distinct())}",
            Facts = [.. Facts(rows).Where(static fact => fact.Value is not null)],
            Tables = [DaysTable(rows), CausesTable(rows)],
            Notes = [.. exports.SelectMany(static export => export.Notes), .. Unknowns.Notes(Ours)],
        };
    }

    private IEnumerable<Fact> Facts((ReconciledDay Day, Difference? Difference)[] rows) =>
    [
        new("from", "From", Text(found.Days.Min(static day => day.Day))),
        new("to", "To", Text(found.Days.Max(static day => day.Day)) + " (days of UTC)"),
        new("agreeing", "Days and models that agree", $"{rows.Count(static row => row.Difference is null)} of {rows.Length}"),
        new("calls", "Calls recorded", Ours.Calls, CellKind.Count),
        new("provider_calls", "Calls billed", TheirCalls, CellKind.Count),
        new("total_tokens", "Tokens recorded", Ours.TotalTokens, CellKind.Count),
        new("provider_tokens", "Tokens billed", TheirTokens, CellKind.Count),
        new("cost_usd", "Cost recorded", KnownCost.Cell(Ours), CellKind.Money),
        new("provider_cost_usd", "Cost billed", TheirUsd, CellKind.Money),
        new("difference_usd", "Difference", TheirUsd - Ours.CostUsd, CellKind.Money),
    ];

    private static Table DaysTable(IReadOnlyList<(ReconciledDay Day, Difference? Difference)> rows) => Table.From(
        "days",
        "By day and model",
        rows,
        [
            new("day", "Day", static row => Text(row.Day.Day)),
            new("model", "Model", static row => row.Day.Model),
            new("calls", "Calls", static row => row.Day.Store.Calls, CellKind.Count, ForProgramsOnly: true),
            new("provider_calls", "Billed calls", static row => row.Day.Provider?.Calls, CellKind.Count, ForProgramsOnly: true),
            new("input_tokens", "Input", static row => row.Day.Store.InputTokens, CellKind.Count, ForProgramsOnly: true),
            new("provider_input_tokens", "Billed input", static row => row.Day.Provider?.InputTokens, CellKind.Count, ForProgramsOnly: true),
            new("cached_input_tokens", "Cached", static row => row.Day.Store.CachedInputTokens, CellKind.Count, ForProgramsOnly: true),
            new("provider_cached_input_tokens", "Billed cached", static row => row.Day.Provider?.CachedInputTokens, CellKind.Count, ForProgramsOnly: true),
            new("cache_write_tokens", "Written", static row => row.Day.Store.CacheWriteTokens, CellKind.Count, ForProgramsOnly: true),
            new("provider_cache_write_tokens", "Billed written", static row => row.Day.Provider?.CacheWriteTokens, CellKind.Count, ForProgramsOnly: true),
            new("output_tokens", "Output", static row => row.Day.Store.OutputTokens, CellKind.Count, ForProgramsOnly: true),
            new("provider_output_tokens", "Billed output", static row => row.Day.Provider?.OutputTokens, CellKind.Count, ForProgramsOnly: true),
            new("total_tokens", "Tokens", static row => row.Day.Store.TotalTokens, CellKind.Tokens),
            new("provider_tokens", "Billed", static row => row.Day.Provider is { } count ? TokensOf(count) : null, CellKind.Tokens),
            new("cost_usd", "Cost", static row => KnownCost.Cell(row.Day.Store), CellKind.Money),
            new("provider_cost_usd", "Billed", static row => row.Day.Provider?.CostUsd, CellKind.Money),
            new("difference_usd", "Difference", static row => row.Day.MoreUsd, CellKind.Money, ForProgramsOnly: true),
            new("likely_cause", "Likely cause", static row => row.Difference is { } difference ? WordOf(difference.Cause) : null, ForProgramsOnly: true),
            new("evidence", "Evidence", static row => row.Difference?.Evidence, ForProgramsOnly: true),
        ]);

    private static Table CausesTable(IEnumerable<(ReconciledDay Day, Difference? Difference)> rows) => Table.From(
        "causes",
        "Likely causes",
        [.. rows.Where(static row => row.Difference is not null).OrderByDescending(static row => Math.Abs(row.Day.MoreUsd ?? 0m)).ThenByDescending(static row => Math.Abs(row.Day.MoreTokens ?? 0))],
        [
            new("day", "Day", static row => Text(row.Day.Day)),
            new("model", "Model", static row => row.Day.Model),
            new("likely_cause", "Likely cause", static row => WordOf(row.Difference!.Cause)),
            new("evidence", "Evidence", static row => row.Difference!.Evidence),
        ]);

    // The words of programs are the causes' names: unmetered_streams, cache_split.
    private static string WordOf(DifferenceCause cause) => string.Concat(cause.ToString().Select(static (letter, index) => char.IsUpper(letter) ? (index > 0 ? "_" : "") + char.ToLowerInvariant(letter) : letter.ToString()));

    private static long? TokensOf(ProviderCount count) => count.InputTokens is null && count.OutputTokens is null ? null : (count.InputTokens ?? 0) + (count.OutputTokens ?? 0);

    private static long? SumOf(Reconciliation found, Func<ProviderCount, long?> figure) =>
        found.Days.Select(day => day.Provider is { } count ? figure(count) : null).Aggregate((long?)null, static (sum, next) => sum is null ? next : sum + (next ?? 0));

    private static decimal? Percent(decimal difference, decimal whole) => whole == 0m ? (difference == 0m ? 0m : null) : difference * 100m / whole;

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
