using Magsag.Cli.Costs;
using Magsag.Cli.Stores;

namespace Magsag.Cli.Reports;

/// <summary>The command that prints a report of the catalogue.</summary>
internal static class ReportCommand
{
    public static Command Create(ReportDefinition definition, Terminal terminal)
    {
        var command = new Command(definition.Name, definition.Description);
        if (definition.Argument is { } argument)
        {
            command.Add(argument);
        }

        foreach (Option option in definition.Options)
        {
            command.Add(option);
        }

        FilterOptions filters = FilterOptions.AddTo(command);
        StoreOptions stores = StoreOptions.AddTo(command);
        OutputOptions format = OutputOptions.AddTo(command, definition.Redirected);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            definition.Validate(parsed);
            DateTimeOffset now = terminal.Clock.GetUtcNow();
            TimeZoneInfo zone = format.ZoneOf(parsed);
            CallFilter filter = filters.Parse(parsed, zone, now);
            await using ICostStore store = await stores.OpenAsync(parsed, terminal, cancellationToken);
            ReportResult result = await definition.BuildAsync(new ReportContext(parsed, store, filter.ForStore(), zone, now, cancellationToken));
            if (result.Calls == 0)
            {
                await StoreNames.ThrowIfUnknownAsync(store, filter, cancellationToken);
            }

            format.Write(result.Report, parsed, terminal);
            if (result.Alert is not { } alert)
            {
                return ExitCode.Passed;
            }

            await alert.RaiseAsync(terminal, cancellationToken);
            return ExitCode.GateFailed;
        });
        return command;
    }
}
