using Magsag.Cli.Costs;

namespace Magsag.Cli.Data;

/// <summary><c>magsag data query</c></summary>
internal static class DataQueryCommand
{
    public static Command Create(Terminal terminal)
    {
        var calls = new Option<bool>("--calls") { Description = "List the calls instead of the runs." };
        return StoreQuery.Create(
            new Command("query", "List runs, the newest first, with what they cost.") { calls },
            usualLimit: 20,
            terminal,
            (parsed, store, query, cancellationToken) => FindAsync(store, query, parsed.GetValue(calls), cancellationToken));
    }

    private static async Task<Table> FindAsync(ICostStore store, RecordQuery query, bool calls, CancellationToken cancellationToken)
    {
        Table table = calls
            ? CallTable.Create((await store.QueryAsync(query, cancellationToken)).Records)
            : await RunTable.ReadAsync(store, query.Filter, query.Limit, cancellationToken);
        return query.Filter.RunId is { } run && table.Rows.Count == 0 ? throw await UnknownRunAsync(store, run, cancellationToken) : table;
    }

    private static async Task<CommandFailure> UnknownRunAsync(ICostStore store, string run, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> runs = await store.ListRunIdsAsync(cancellationToken);
        return runs.Contains(run, StringComparer.Ordinal)
            ? CommandFailure.Usage($"Run '{run}' has no call that passes the other conditions.")
            : UnknownNames.UnknownRun(run, runs);
    }
}
