using Magsag.Ledger.Summaries;
using Magsag.Storage.Queries;
using Magsag.Storage.Stores;

namespace Magsag.Cli;

/// <summary>What a report is made of: the store, the calls that are asked for, the time.</summary>
internal sealed record ReportContext(ICostStore Store, RecordFilter Filter, TimeZoneInfo Zone, DateTimeOffset Now, CancellationToken CancellationToken)
{
    /// <summary>Calls added up by what they have in common; groups of cache hits alone are left out.</summary>
    public async Task<IReadOnlyList<CostGroup>> ByAsync(params CostDimension[] dimensions) =>
        [.. (await Store.SummarizeAsync(new CostQuery { Filter = Filter, GroupBy = dimensions }, CancellationToken)).Where(static group => group.Totals.Calls > 0)];

    /// <summary>The sums over everything that is asked for.</summary>
    public async Task<TokenTotals> TotalsAsync() => (await ByAsync()).Total();

    /// <summary>The runs of the period, grouped by the day, agent or customer of their first calls.</summary>
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

    /// <summary>How many runs have calls that are asked for.</summary>
    public async Task<long> CountOfRunsAsync() => Filter is { Agent: null, Customer: null, Model: null, RunId: null }
        ? (await RunsAsync()).Sum(static group => group.Runs)
        : (await RunsWithCallsByAsync()).Sum(static count => count.Runs);

    /// <summary>How many runs have calls of each agent, customer …; a run with calls of several counts for each of them.</summary>
    public Task<IReadOnlyList<RunCount>> RunsWithCallsByAsync(params CostDimension[] dimensions) =>
        Store.CountRunsWithCallsAsync(new CostQuery { Filter = Filter, GroupBy = dimensions }, CancellationToken);

    /// <summary>The period: what was asked for, else from the first call to the last one.</summary>
    public async Task<(DateTimeOffset? From, DateTimeOffset? To)> PeriodAsync() =>
        (Filter.Since ?? await TimeAsync(RecordOrder.OldestFirst), Filter.Until ?? await TimeAsync(RecordOrder.NewestFirst));

    private async Task<DateTimeOffset?> TimeAsync(RecordOrder order) =>
        (await Store.QueryAsync(new RecordQuery { Filter = Filter, Order = order, Limit = 1 }, CancellationToken)).Records is [var record, ..] ? record.Timestamp : null;
}
