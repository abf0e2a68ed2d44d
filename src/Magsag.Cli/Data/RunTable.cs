using Magsag.Gating;
using Magsag.Storage;

namespace Magsag.Cli;

/// <summary>Runs as a table, the one with the newest call first.</summary>
internal static class RunTable
{
    private const int PageSize = 1000;

    /// <summary>Asks a store for runs and what their calls cost that pass the filter.</summary>
    public static async Task<Table> ReadAsync(ICostStore store, RecordFilter filter, int limit, CancellationToken cancellationToken)
    {
        List<IReadOnlyList<object?>> rows = [];
        foreach (LedgerRecord newest in await NewestCallsAsync(store, filter, limit, cancellationToken))
        {
            rows.Add(await RowAsync(store, filter, newest, cancellationToken));
        }

        return new Table(
            "runs",
            "Runs",
            [
                new Column("run_id", "Run"),
                new Column("last_call", "Last call", CellKind.Time),
                new Column("agent", "Agent"),
                new Column("customer", "Customer"),
                new Column("models", "Models"),
                new Column("calls", "Calls", CellKind.Count),
                new Column("failed_calls", "Failed", CellKind.Count),
                new Column("total_tokens", "Tokens", CellKind.Tokens),
                new Column("total_cost_usd", "Cost", CellKind.Money),
            ],
            rows);
    }

    // The newest call of each run, found page by page: only as much of the store is read as is shown.
    private static async Task<IReadOnlyList<LedgerRecord>> NewestCallsAsync(ICostStore store, RecordFilter filter, int limit, CancellationToken cancellationToken)
    {
        List<LedgerRecord> newest = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        RecordPage? page = null;
        do
        {
            page = await store.QueryAsync(new RecordQuery { Filter = filter, Limit = PageSize, After = page?.Next }, cancellationToken);
            newest.AddRange(page.Records.Where(record => record.RunId is { } run && seen.Count < limit && seen.Add(run)));
        }
        while (page.Next is not null && seen.Count < limit && (filter.RunId is null || seen.Count == 0));

        return newest;
    }

    private static async Task<IReadOnlyList<object?>> RowAsync(ICostStore store, RecordFilter filter, LedgerRecord newest, CancellationToken cancellationToken)
    {
        IReadOnlyList<CostGroup> models = await store.SummarizeAsync(new CostQuery { Filter = filter with { RunId = newest.RunId }, GroupBy = [CostDimension.Model] }, cancellationToken);
        TokenTotals totals = models.Total();
        string names = string.Join(", ", models.Where(static group => group.Totals.Calls > 0).Select(static group => group.Key[0] ?? "unknown"));
        return [newest.RunId, newest.Timestamp, newest.Agent, newest.Customer, names, totals.Calls, models.Sum(static group => group.FailedCalls), totals.TotalTokens, KnownCost.Of(totals)];
    }
}
