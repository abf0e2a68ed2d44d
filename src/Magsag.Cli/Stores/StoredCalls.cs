namespace Magsag.Cli.Stores;

/// <summary>The calls in a store that pass a filter.</summary>
internal record StoredCalls(ICostStore Store, RecordFilter Filter, CancellationToken CancellationToken)
{
    /// <summary>Calls added up by what they have in common.</summary>
    public Task<IReadOnlyList<CostGroup>> SummarizeAsync(params CostDimension[] dimensions) =>
        Store.SummarizeAsync(new CostQuery { Filter = Filter, GroupBy = dimensions }, CancellationToken);

    /// <summary>The same without groups of cache hits alone.</summary>
    public async Task<IReadOnlyList<CostGroup>> GroupAsync(params CostDimension[] dimensions) =>
        [.. (await SummarizeAsync(dimensions)).Where(static group => group.Totals.Calls > 0)];

    /// <summary>The runs of the period by the day, agent or customer of their first calls.</summary>
    public Task<IReadOnlyList<RunGroup>> RunsAsync(params CostDimension[] dimensions) => Store.CountRunsAsync(
        new RunQuery
        {
            From = Filter.Since is { } since ? DateOnly.FromDateTime(since.UtcDateTime) : null,
            To = Filter.Until is { } until ? DateOnly.FromDateTime(until.UtcDateTime.AddTicks(-1)) : null,
            Agent = Filter.Agent,
            Customer = Filter.Customer,
            GroupBy = dimensions,
        },
        CancellationToken);

    /// <summary>How many runs have calls of each agent, customer …; a run with calls of several counts for each of them.</summary>
    public Task<IReadOnlyList<RunCount>> RunsWithCallsAsync(params CostDimension[] dimensions) =>
        Store.CountRunsWithCallsAsync(new CostQuery { Filter = Filter, GroupBy = dimensions }, CancellationToken);

    public Task<DateTimeOffset?> FirstCallAsync() => TimeAsync(RecordOrder.OldestFirst);

    public Task<DateTimeOffset?> LastCallAsync() => TimeAsync(RecordOrder.NewestFirst);

    private async Task<DateTimeOffset?> TimeAsync(RecordOrder order) =>
        (await Store.QueryAsync(new RecordQuery { Filter = Filter, Order = order, Limit = 1 }, CancellationToken)).Records is [var record, ..] ? record.Timestamp : null;
}
