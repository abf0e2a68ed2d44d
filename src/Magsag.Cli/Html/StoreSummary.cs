using Magsag.Cli.Stores;

namespace Magsag.Cli.Html;

/// <summary>Asks a store for what a report shows. Answered from daily roll-ups, so that a large store is quick too.</summary>
internal static class StoreSummary
{
    /// <summary>The calls of a period added up.</summary>
    /// <exception cref="CostStoreException">The store can't be read.</exception>
    public static async Task<CostSummary> ReadAsync(ICostStore store, RecordFilter filter, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var calls = new StoredCalls(store, filter, cancellationToken);
        CostGroup? all = (await calls.SummarizeAsync()).FirstOrDefault();
        (long runs, long tasks) = await CountRunsAsync(calls);
        return new CostSummary
        {
            Totals = all?.Totals ?? new TokenTotals(),
            CacheHits = all?.CacheHits ?? 0,
            AvoidedUsd = all?.AvoidedUsd ?? 0m,
            FailedCalls = all?.FailedCalls ?? 0,
            Corrections = all?.Corrections ?? 0,
            CorrectionsUsd = all?.CorrectionsUsd ?? 0m,
            Runs = runs,
            SuccessfulTasks = tasks,
            From = await calls.FirstCallAsync(),
            To = await calls.LastCallAsync(),
            Models = ToShares(await calls.SummarizeAsync(CostDimension.Model)),
            Agents = ToShares(await calls.SummarizeAsync(CostDimension.Agent)),
            Customers = ToShares(await calls.SummarizeAsync(CostDimension.Customer)),
            Tests = ToShares(await calls.SummarizeAsync(CostDimension.Test)),
            Sites = ToShares(await calls.SummarizeAsync(CostDimension.Site)),
            Entries = [.. (await calls.SummarizeAsync(CostDimension.Provider, CostDimension.Model)).Where(HasPart).Select(ToEntry)],
            Spend = await new DailySpend(calls, zone).ReadAsync(),
        };
    }

    /// <summary>A correction has part in a total even where its call isn't.</summary>
    public static bool HasPart(CostGroup group) => group.Totals.Calls > 0 || group.Totals.CostUsd != 0m;

    // Runs are counted by day, agent and customer; for anything finer the store says how many have calls, but not how those ended.
    private static async Task<(long Runs, long SuccessfulTasks)> CountRunsAsync(StoredCalls calls)
    {
        if (calls.Filter is { RunId: null, Model: null } filter && IsMidnight(filter.Since) && IsMidnight(filter.Until))
        {
            IReadOnlyList<RunGroup> groups = await calls.RunsAsync();
            return (groups.Sum(static group => group.Runs), groups.Sum(static group => group.SuccessfulTasks));
        }

        return ((await calls.RunsWithCallsAsync()).Sum(static count => count.Runs), 0);
    }

    private static bool IsMidnight(DateTimeOffset? time) => time is not { } at || at.UtcDateTime.TimeOfDay == TimeSpan.Zero;

    private static CostShare[] ToShares(IEnumerable<CostGroup> groups) =>
        [.. groups.Where(static group => group.Key[0] is not null && HasPart(group)).Select(static group => new CostShare(group.Key[0]!, group.Totals))];

    private static CostEntry ToEntry(CostGroup group) =>
        new(new EntryKey(null, null, "chat", group.Key[0], group.Key[1], null, null, null, Batch: false, 0), 0, group.Totals);
}
