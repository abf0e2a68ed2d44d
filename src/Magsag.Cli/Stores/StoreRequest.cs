using Magsag.Cli.Figures;

namespace Magsag.Cli.Stores;

/// <summary>What a command asks a store for: the command line, the calls that it means, the time.</summary>
internal sealed record StoreRequest(ParseResult Arguments, ICostStore Store, RecordFilter Filter, TimeZoneInfo Zone, DateTimeOffset Now, CancellationToken CancellationToken)
    : StoredCalls(Store, Filter, CancellationToken)
{
    /// <summary>How many runs have such calls.</summary>
    public async Task<long> CountRunsAsync() => Filter is { Agent: null, Customer: null, Model: null, RunId: null }
        ? (await RunsAsync()).Sum(static group => group.Runs)
        : (await RunsWithCallsAsync()).Sum(static count => count.Runs);

    /// <summary>The figures that most reports begin with. The period is what was asked for, else from the first call to the last one.</summary>
    public async Task<IReadOnlyList<Fact>> PeriodFactsAsync(TokenTotals total)
    {
        long runs = await CountRunsAsync();
        return
        [
            new Fact("from", "From", Filter.Since ?? await FirstCallAsync(), CellKind.Time),
            new Fact("to", "To", Filter.Until ?? await LastCallAsync(), CellKind.Time),
            new Fact("total_runs", "Total runs", runs, CellKind.Count),
            new Fact("calls", "Calls", total.Calls, CellKind.Count),
            new Fact("total_cost_usd", "Total cost", KnownCost.Cell(total), CellKind.Money),
            .. Unknowns.EstimateFacts(total),
            new Fact("avg_cost_per_run_usd", "Average cost per run", KnownCost.Per(total, runs), CellKind.Money),
        ];
    }
}
