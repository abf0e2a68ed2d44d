namespace Magsag.Cli.Tests.Dashboard;

/// <summary>A <c>magsag dashboard</c> that runs until it is stopped.</summary>
internal sealed class RunningDashboard : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly Task<ToolResult> _command;

    private RunningDashboard(CancellationTokenSource stop, Task<ToolResult> command, Uri address)
    {
        _stop = stop;
        _command = command;
        Client = new HttpClient { BaseAddress = address };
    }

    public HttpClient Client { get; }

    public static async Task<RunningDashboard> StartAsync(Workspace workspace)
    {
        var stop = new CancellationTokenSource();
        var errors = new AddressWriter();
        Task<ToolResult> command = workspace.RunAsync(terminal => terminal with { Error = errors, Clock = TimeProvider.System }, stop.Token, "dashboard", "--port", "0");
        return new RunningDashboard(stop, command, await errors.Address);
    }

    /// <summary>Stops the command as Ctrl-C does.</summary>
    public async Task<ToolResult> StopAsync()
    {
        await _stop.CancelAsync();
        return await _command;
    }

    public void Dispose()
    {
        Client.Dispose();
        _stop.Dispose();
    }
}
