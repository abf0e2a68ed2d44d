namespace Magsag.Cli.Html;

/// <summary>Asks a store for what a report shows. Answered from daily roll-ups, so that a large store is quick too.</summary>
internal static class StoreSummary
{
    /// <summary>The calls of a period added up.</summary>
    /// <exception cref="CostStoreException">The store can't be read.</exception>
    public static async Task<CostSummary> ReadAsync(ICostStore store, RecordFilter filter, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<CostGroup>> By(params CostDimension[] dimensions) => store.SummarizeAsync(new CostQuery { Filter = filter, GroupBy = dimensions }, cancellationToken);

        CostGroup? all = (await By()).FirstOrDefault();
        (long runs, long tasks) = await CountRunsAsync(store, filter, cancellationToken);
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
            From = await TimeAsync(store, filter, RecordOrder.OldestFirst, cancellationToken),
            To = await TimeAsync(store, filter, RecordOrder.NewestFirst, cancellationToken),
            Models = SharesOf(await By(CostDimension.Model)),
            Agents = SharesOf(await By(CostDimension.Agent)),
            Customers = SharesOf(await By(CostDimension.Customer)),
            Tests = SharesOf(await By(CostDimension.Test)),
            Sites = SharesOf(await By(CostDimension.Site)),
            Entries = [.. (await By(CostDimension.Provider, CostDimension.Model)).Where(HasPart).Select(EntryOf)],
            Spend = await new DailySpend(store, filter, zone).ReadAsync(cancellationToken),
        };
    }

    /// <summary>A correction has part in a total even where its call isn't.</summary>
    public static bool HasPart(CostGroup group) => group.Totals.Calls > 0 || group.Totals.CostUsd != 0m;

    // Runs are counted by day, agent and customer; for anything finer the store says how many have calls, but not how those ended.
    private static async Task<(long Runs, long SuccessfulTasks)> CountRunsAsync(ICostStore store, RecordFilter filter, CancellationToken cancellationToken)
    {
        if (filter is { RunId: null, Model: null } && IsMidnight(filter.Since) && IsMidnight(filter.Until))
        {
            IReadOnlyList<RunGroup> groups = await store.CountRunsAsync(RunsOf(filter), cancellationToken);
            return (groups.Sum(static group => group.Runs), groups.Sum(static group => group.SuccessfulTasks));
        }

        IReadOnlyList<RunCount> runs = await store.CountRunsWithCallsAsync(new CostQuery { Filter = filter }, cancellationToken);
        return (runs.Sum(static count => count.Runs), 0);
    }

    private static bool IsMidnight(DateTimeOffset? time) => time is not { } at || at.UtcDateTime.TimeOfDay == TimeSpan.Zero;

    private static RunQuery RunsOf(RecordFilter filter) => new()
    {
        From = filter.Since is { } since ? DateOnly.FromDateTime(since.UtcDateTime) : null,
        To = filter.Until is { } until ? DateOnly.FromDateTime(until.UtcDateTime.AddTicks(-1)) : null,
        Agent = filter.Agent,
        Customer = filter.Customer,
        GroupBy = [],
    };

    private static async Task<DateTimeOffset?> TimeAsync(ICostStore store, RecordFilter filter, RecordOrder order, CancellationToken cancellationToken)
    {
        RecordPage page = await store.QueryAsync(new RecordQuery { Filter = filter, Order = order, Limit = 1 }, cancellationToken);
        return page.Records is [var record, ..] ? record.Timestamp : null;
    }

    private static CostShare[] SharesOf(IEnumerable<CostGroup> groups) =>
        [.. groups.Where(static group => group.Key[0] is not null && HasPart(group)).Select(static group => new CostShare(group.Key[0]!, group.Totals))];

    private static CostEntry EntryOf(CostGroup group) =>
        new(new EntryKey(null, null, "chat", group.Key[0], group.Key[1], null, null, null, Batch: false, 0), 0, group.Totals);
}
