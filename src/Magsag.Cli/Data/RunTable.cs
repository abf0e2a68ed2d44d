using Magsag.Ledger.Summaries;
using Magsag.Storage.Queries;
using Magsag.Storage.Schema;
using Magsag.Storage.Stores;

namespace Magsag.Cli;

/// <summary>Runs as a table, the one with the newest call first.</summary>
internal static class RunTable
{
    private const string UnknownModel = "unknown";

    /// <summary>Asks a store for runs and what their calls cost that pass the filter.</summary>
    public static async Task<Table> ReadAsync(ICostStore store, RecordFilter filter, int limit, CancellationToken cancellationToken) => new(
        "runs",
        "Runs",
        [
            new Column("run_id", "Run"),
            new Column("last_call", "Last call", CellKind.Time),
            new Column("agents", "Agents"),
            new Column("customers", "Customers"),
            new Column("models", "Models"),
            new Column("calls", "Calls", CellKind.Count),
            new Column("failed_calls", "Failed", CellKind.Count),
            new Column("total_tokens", "Tokens", CellKind.Tokens),
            new Column("total_cost_usd", "Cost", CellKind.Money),
        ],
        [.. (await store.FindRunsAsync(filter, limit, cancellationToken)).Select(RowOf)]);

    private static IReadOnlyList<object?> RowOf(RunCosts run)
    {
        TokenTotals totals = run.Groups.Total();
        IEnumerable<CostGroup> calls = run.Groups.Where(static group => group.Totals.Calls > 0);
        return
        [
            run.RunId, run.LastCall, NamesOf(run.Groups, static group => group.Key[0]), NamesOf(run.Groups, static group => group.Key[1]), NamesOf(calls, static group => group.Key[2] ?? UnknownModel),
            totals.Calls, run.Groups.Sum(static group => group.FailedCalls), totals.TotalTokens, KnownCost.CellOf(totals),
        ];
    }

    // Whoever cost most comes first: people see that name alone where there are several.
    private static NameList? NamesOf(IEnumerable<CostGroup> groups, Func<CostGroup, string?> nameOf)
    {
        string[] names =
        [
            .. groups.GroupBy(nameOf, StringComparer.Ordinal)
                .Where(static named => named.Key is not null)
                .OrderByDescending(static named => named.Sum(static group => group.Totals.CostUsd))
                .ThenBy(static named => named.Key, StringComparer.Ordinal)
                .Select(static named => named.Key!),
        ];
        return names.Length == 0 ? null : new NameList(names);
    }
}
