using System.Net;
using System.Net.Sockets;

namespace Magsag.Cli.Tests.Dashboard;

public sealed class DashboardCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task It_serves_what_is_recorded_and_what_comes_later_until_it_is_stopped()
    {
        _workspace.Record(".runs/costs/a.jsonl", Calls.Triage());
        using var stop = new CancellationTokenSource();
        var errors = new AddressWriter();
        Task<ToolResult> dashboard = _workspace.RunAsync(terminal => terminal with { Error = errors, Clock = TimeProvider.System }, stop.Token, "dashboard", "--port", "0");
        using var client = new HttpClient { BaseAddress = await errors.Address };

        string before = await client.GetStringAsync("content");
        using HttpResponseMessage events = await client.GetAsync("events", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await events.Content.ReadAsStreamAsync());
        Assert.Equal("event: changed", await reader.ReadLineAsync());
        _workspace.Record(".runs/costs/b.jsonl", Calls.Answer());
        string? line;
        do
        {
            line = await reader.ReadLineAsync();
        }
        while (line is not (null or "event: changed"));
        string after = await client.GetStringAsync("content");
        await stop.CancelAsync();

        Assert.DoesNotContain("gpt-4o-mini", before);
        Assert.Contains("gpt-4o-mini", after);
        Assert.Equal(0, (await dashboard).ExitCode);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        _workspace.Record(".runs/costs/a.jsonl", Calls.Triage());
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        Assert.Contains($"Port {port} can't be used", (await _workspace.RunAsync("dashboard", "--port", port)).Refused(ExitCode.WrongUsage));
    }

    [Fact]
    public async Task Without_a_store_nothing_is_served() =>
        (await _workspace.RunAsync("dashboard", "--port", "0")).Refused(ExitCode.UnreadableInput);
}
