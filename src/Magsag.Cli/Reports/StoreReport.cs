using System.CommandLine;
using Magsag.Storage.Queries;
using Magsag.Storage.Stores;

namespace Magsag.Cli;

/// <summary>A command that prints a report about what a store holds.</summary>
internal static class StoreReport
{
    /// <summary>Makes the command.</summary>
    /// <param name="command">The command with its own arguments and options.</param>
    /// <param name="terminal">The terminal.</param>
    /// <param name="report">Makes the report.</param>
    /// <param name="redirected">What is printed when stdout is redirected and no option says otherwise.</param>
    /// <param name="before">Refuses settings that can't be, before anything is read.</param>
    /// <param name="after">Looks at the finished report and answers with the exit code.</param>
    public static Command Create(Command command, Terminal terminal, Func<ParseResult, ReportContext, Task<Report>> report, OutputFormat redirected = OutputFormat.Text, Action<ParseResult>? before = null, Func<ParseResult, Report, CancellationToken, Task<int>>? after = null)
    {
        FilterOptions filters = FilterOptions.AddTo(command);
        StoreOptions stores = StoreOptions.AddTo(command);
        OutputOptions format = OutputOptions.AddTo(command, redirected);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            before?.Invoke(parsed);
            DateTimeOffset now = terminal.Clock.GetUtcNow();
            TimeZoneInfo zone = format.ZoneOf(parsed);
            RecordFilter filter = filters.Of(parsed, zone, now).ForStore();
            await using ICostStore store = await stores.OpenAsync(parsed, terminal, cancellationToken);
            Report made = await report(parsed, new ReportContext(store, filter, zone, now, cancellationToken));
            if (!made.HasCalls)
            {
                await UnknownNames.CheckAsync(store, filter, cancellationToken);
            }

            format.Write(made, parsed, terminal);
            return after is null ? ExitCode.Passed : await after(parsed, made, cancellationToken);
        });
        return command;
    }
}
