using Magsag.Cli.Costs;

namespace Magsag.Cli.Stores;

/// <summary>The outline of every command that prints what a store holds.</summary>
internal static class StoreCommand
{
    /// <summary>Adds the options that these commands have in common, and the action.</summary>
    /// <param name="command">The command with its own arguments and options.</param>
    /// <param name="terminal">The terminal.</param>
    /// <param name="redirected">What is printed when stdout is redirected and no option says otherwise.</param>
    /// <param name="validate">Refuses settings that can't be, before anything is read.</param>
    /// <param name="buildAsync">Reads the store.</param>
    public static Command Create(Command command, Terminal terminal, OutputFormat redirected, Action<ParseResult> validate, Func<StoreRequest, Task<StoreResult>> buildAsync)
    {
        FilterOptions filters = FilterOptions.AddTo(command);
        StoreOptions stores = StoreOptions.AddTo(command);
        OutputOptions format = OutputOptions.AddTo(command, redirected);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            validate(parsed);
            DateTimeOffset now = terminal.Clock.GetUtcNow();
            TimeZoneInfo zone = format.GetZone(parsed);
            CallFilter filter = filters.Parse(parsed, zone, now);
            await using ICostStore store = await stores.OpenAsync(parsed, terminal, cancellationToken);
            StoreResult result = await buildAsync(new StoreRequest(parsed, store, filter.ForStore(), zone, now, cancellationToken));
            if (result.IsEmpty)
            {
                await StoreNames.ThrowIfUnknownAsync(store, filter, cancellationToken);
            }

            format.Write(result.Report, parsed, terminal);
            return result.FinishAsync is { } finishAsync ? await finishAsync(terminal, cancellationToken) : ExitCode.Passed;
        });
        return command;
    }
}
