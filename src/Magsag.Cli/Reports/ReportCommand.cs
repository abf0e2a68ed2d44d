using Magsag.Cli.Prices;
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

        return StoreCommand.Create(command, terminal, definition.Redirected, definition.Validate, async request =>
        {
            StoreResult result = await definition.BuildAsync(request);
            return result with { Report = PriceAge.Stated(result.Report, PriceFile.CatalogInUse(terminal), request.Now) };
        });
    }
}
