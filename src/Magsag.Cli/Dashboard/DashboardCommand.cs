using System.Runtime.ExceptionServices;
using Magsag.Cli.Costs;
using Magsag.Cli.Prices;
using Magsag.Cli.Stores;

namespace Magsag.Cli.Dashboard;

/// <summary><c>magsag dashboard</c></summary>
internal static class DashboardCommand
{
    public static Command Create(Terminal terminal)
    {
        var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; 0 for any that is free.", HelpName = "number", DefaultValueFactory = static _ => 4517 };
        var prices = new PriceFile();
        var command = new Command("dashboard", "Show the report live in a browser, on this machine only, until Ctrl-C.") { port, prices };
        FilterOptions filters = FilterOptions.AddTo(command);
        StoreOptions stores = StoreOptions.AddTo(command);
        var zones = new ZoneOption();
        command.Add(zones);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            int number = parsed.GetValue(port);
            if (number is < 0 or > 65_535)
            {
                throw CommandFailure.Usage("--port must be from 0 to 65535.");
            }

            TimeZoneInfo zone = zones.GetZone(parsed);
            RecordFilter FilterNow() => filters.Parse(parsed, zone, terminal.Clock.GetUtcNow()).ForStore();
            var source = new StoreDashboard(stop => stores.OpenAsync(parsed, terminal, stop), zone, FilterNow, prices.ReadCatalog(parsed, terminal), terminal);

            // A problem with the store is reported at once, not on the first page.
            try
            {
                await source.ReadAsync(cancellationToken);
            }
            catch (DashboardProblemException problem)
            {
                ExceptionDispatchInfo.Throw(problem.InnerException!);
            }

            await using DashboardServer server = await StartAsync(source, number, cancellationToken);
            terminal.WriteNotice($"Magsag: the dashboard is at {server.Address}; Ctrl-C ends it.");
            await Task.Delay(Timeout.InfiniteTimeSpan, terminal.Clock, cancellationToken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return ExitCode.Passed;
        });
        return command;
    }

    private static async Task<DashboardServer> StartAsync(StoreDashboard source, int port, CancellationToken cancellationToken)
    {
        try
        {
            return await DashboardServer.StartAsync(source, port, cancellationToken);
        }
        catch (IOException error)
        {
            throw CommandFailure.Usage($"Port {port} can't be used: {error.Message} Choose another one with --port.", error);
        }
    }
}
