using System.CommandLine;
using Magsag.Storage;

namespace Magsag.Cli;

/// <summary><c>magsag data query</c></summary>
internal static class DataQueryCommand
{
    public static Command Create(Terminal terminal)
    {
        var calls = new Option<bool>("--calls") { Description = "List the calls instead of the runs." };
        var limit = new LimitOption(20);
        var command = new Command("query", "List runs, the newest first, with what they cost.") { calls, limit };
        FilterOptions filters = FilterOptions.AddTo(command);
        StoreOptions stores = StoreOptions.AddTo(command);
        OutputOptions format = OutputOptions.AddTo(command, redirected: OutputFormat.Json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RecordFilter filter = filters.Of(parsed, format.ZoneOf(parsed), terminal.Clock.GetUtcNow()).ForStore();
            int most = limit.Of(parsed);
            await using ICostStore store = await stores.OpenAsync(parsed, terminal, cancellationToken);
            Table table = parsed.GetValue(calls)
                ? CallTable.Of((await store.QueryAsync(new RecordQuery { Filter = filter, Limit = most }, cancellationToken)).Records)
                : await RunTable.ReadAsync(store, filter, most, cancellationToken);
            if (filter.RunId is { } run && table.Rows.Count == 0)
            {
                throw await UnknownRunAsync(store, run, cancellationToken);
            }

            format.Write(Report.Of(table), parsed, terminal);
            return ExitCode.Passed;
        });
        return command;
    }

    private static async Task<CommandFailure> UnknownRunAsync(ICostStore store, string run, CancellationToken cancellationToken)
    {
        IReadOnlyList<CostGroup> runs = await store.SummarizeAsync(new CostQuery { GroupBy = [CostDimension.Run] }, cancellationToken);
        return runs.Any(group => group.Key[0] == run)
            ? CommandFailure.Usage($"Run '{run}' has no call that passes the other conditions.")
            : UnknownRun.Among(runs.Select(static group => group.Key[0]).OfType<string>(), run);
    }
}
