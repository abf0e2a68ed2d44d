using Magsag.Cli.Costs;
using Magsag.Cli.Stores;

namespace Magsag.Cli.Data;

/// <summary><c>magsag data query</c></summary>
internal static class DataQueryCommand
{
    public static Command Create(Terminal terminal)
    {
        var calls = new Option<bool>("--calls") { Description = "List the calls instead of the runs." };
        var limit = new LimitOption(20);
        var command = new Command("query", "List runs, the newest first, with what they cost.") { calls, limit };
        return StoreCommand.Create(command, terminal, OutputFormat.Json, limit.Validate, request => FindAsync(request, request.Arguments.GetValue(calls), request.Arguments.GetValue(limit)));
    }

    private static async Task<StoreResult> FindAsync(StoreRequest request, bool calls, int limit)
    {
        Table table = calls
            ? CallTable.Create((await request.Store.QueryAsync(new RecordQuery { Filter = request.Filter, Limit = limit }, request.CancellationToken)).Records)
            : await RunTable.ReadAsync(request.Store, request.Filter, limit, request.CancellationToken);
        return request.Filter.RunId is { } run && table.Rows.Count == 0 ? throw await NothingOfRunAsync(run, request) : StoreResult.List(table);
    }

    private static async Task<CommandFailure> NothingOfRunAsync(string run, StoreRequest request)
    {
        IReadOnlyList<string> runs = await request.Store.ListRunIdsAsync(request.CancellationToken);
        return runs.Contains(run, StringComparer.Ordinal)
            ? CommandFailure.Usage($"Run '{run}' has no call that passes the other conditions.")
            : UnknownNames.UnknownRun(run, runs);
    }
}
