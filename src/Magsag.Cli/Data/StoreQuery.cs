using Magsag.Cli.Costs;
using Magsag.Cli.Stores;

namespace Magsag.Cli.Data;

/// <summary>A command that lists what a store holds, as one table.</summary>
internal static class StoreQuery
{
    /// <summary>Makes the command.</summary>
    /// <param name="command">The command with its own arguments and options.</param>
    /// <param name="usualLimit">How many rows it prints at most when nothing else is said.</param>
    /// <param name="terminal">The terminal.</param>
    /// <param name="find">Finds the rows that pass a filter, no more than the limit.</param>
    public static Command Create(Command command, int usualLimit, Terminal terminal, Func<ParseResult, ICostStore, RecordQuery, CancellationToken, Task<Table>> find)
    {
        var limit = new LimitOption(usualLimit);
        command.Add(limit);
        FilterOptions filters = FilterOptions.AddTo(command);
        StoreOptions stores = StoreOptions.AddTo(command);
        OutputOptions format = OutputOptions.AddTo(command, redirected: OutputFormat.Json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CallFilter filter = filters.Parse(parsed, format.ZoneOf(parsed), terminal.Clock.GetUtcNow());
            var query = new RecordQuery { Filter = filter.ForStore(), Limit = limit.Parse(parsed) };
            await using ICostStore store = await stores.OpenAsync(parsed, terminal, cancellationToken);
            Table found = await find(parsed, store, query, cancellationToken);
            if (found.Rows.Count == 0)
            {
                await StoreNames.ThrowIfUnknownAsync(store, filter, cancellationToken);
            }

            format.Write(Report.List(found), parsed, terminal);
            return ExitCode.Passed;
        });
        return command;
    }
}
