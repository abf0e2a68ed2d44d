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
        using RunningDashboard dashboard = await RunningDashboard.StartAsync(_workspace);

        string before = await dashboard.Client.GetStringAsync("content");
        using HttpResponseMessage events = await dashboard.Client.GetAsync("events", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await events.Content.ReadAsStreamAsync());
        Assert.Equal("event: changed", await reader.ReadLineAsync());
        _workspace.Record(".runs/costs/b.jsonl", Calls.Answer());
        string? line;
        do
        {
            line = await reader.ReadLineAsync();
        }
        while (line is not (null or "event: changed"));
        string after = await dashboard.Client.GetStringAsync("content");
        ToolResult result = await dashboard.StopAsync();

        Assert.DoesNotContain("gpt-4o-mini", before);
        Assert.Contains("gpt-4o-mini", after);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task A_ledger_that_can_t_be_read_is_told_on_the_page_until_it_is_mended()
    {
        _workspace.Record(".runs/costs/a.jsonl", Calls.Triage());
        using RunningDashboard dashboard = await RunningDashboard.StartAsync(_workspace);

        _workspace.Write(".runs/costs/b.jsonl", "not a record\n");
        using HttpResponseMessage broken = await dashboard.Client.GetAsync("content");
        using HttpResponseMessage page = await dashboard.Client.GetAsync("");
        File.Delete(_workspace.PathOf(".runs/costs/b.jsonl"));
        using HttpResponseMessage mended = await dashboard.Client.GetAsync("content");
        ToolResult result = await dashboard.StopAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (broken.StatusCode, page.StatusCode, mended.StatusCode));
        Assert.Contains("b.jsonl(1)", await broken.Content.ReadAsStringAsync());
        Assert.Contains("The costs can’t be read now: ", await page.Content.ReadAsStringAsync());
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task A_page_that_asks_again_sees_a_call_that_cost_nothing()
    {
        _workspace.Record(".runs/costs/a.jsonl", Calls.Triage());
        using RunningDashboard dashboard = await RunningDashboard.StartAsync(_workspace);
        await dashboard.Client.GetStringAsync("content");

        _workspace.Record(".runs/costs/b.jsonl", Calls.Answer(cost: 0m) with { InputTokens = 0, OutputTokens = 0 });
        string content = await dashboard.Client.GetStringAsync("content");
        ToolResult result = await dashboard.StopAsync();

        Assert.Contains("gpt-4o-mini", content);
        Assert.Equal(0, result.ExitCode);
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
