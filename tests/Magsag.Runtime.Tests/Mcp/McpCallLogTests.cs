using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Server;

namespace Magsag.Runtime.Tests;

public sealed class McpCallLogTests : RecordingTest
{
    private const string Secret = "the-secret-city";

    private static readonly McpServerTool Weather = McpServerTool.Create((string city) => $"Sunny in {city}.", new McpServerToolCreateOptions { Name = "weather" });
    private static readonly McpServerTool Broken = McpServerTool.Create(string () => throw new InvalidOperationException("broken"), new McpServerToolCreateOptions { Name = "broken" });
    private static readonly McpServerTool Slow = McpServerTool.Create(async (CancellationToken cancelled) => await Task.Delay(Timeout.Infinite, cancelled), new McpServerToolCreateOptions { Name = "slow" });

    [Fact]
    public async Task A_tool_call_is_logged_with_its_sizes_and_whom_it_was_made_for()
    {
        await using InProcessMcpServer server = await InProcessMcpServer.StartAsync(Weather);

        using (CostScope.Begin(agent: "triage", customer: "acme", run: "r1"))
        {
            await CallAsync(server, "weather", new AIFunctionArguments { ["city"] = Secret });
        }

        JsonElement call = await TheCallAsync("r1");
        Assert.Equal(("weather-server", "weather", "ok", "triage", "acme"), (Text(call, "server"), Text(call, "tool"), Text(call, "outcome"), Text(call, "agent"), Text(call, "customer")));
        Assert.Equal($$"""{"city":"{{Secret}}"}""".Length, call.GetProperty("input_bytes").GetInt64());
        Assert.All(["input_tokens", "output_tokens", "output_bytes"], name => Assert.True(call.GetProperty(name).GetInt64() > 0));
        Assert.True(call.GetProperty("duration_ms").GetDouble() >= 0);
    }

    [Fact]
    public async Task Neither_arguments_nor_results_are_written_anywhere()
    {
        await using InProcessMcpServer server = await InProcessMcpServer.StartAsync(Weather);

        await CallAsync(server, "weather", new AIFunctionArguments { ["city"] = Secret });

        await Ledger.FlushAsync();
        string[] files = Directory.GetFiles(RunsPath, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotContain(Secret, File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_tool_says_it_could_not_do_is_an_error()
    {
        await using InProcessMcpServer server = await InProcessMcpServer.StartAsync(Broken);

        using (CostScope.Begin(run: "r1"))
        {
            await CallAsync(server, "broken", []);
        }

        Assert.Equal("error", Text(await TheCallAsync("r1"), "outcome"));
    }

    [Fact]
    public async Task A_call_that_is_given_up_is_logged_as_cancelled()
    {
        await using InProcessMcpServer server = await InProcessMcpServer.StartAsync(Slow);

        using (CostScope.Begin(run: "r1"))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CallAsync(server, "slow", [], new CancellationToken(canceled: true)));
        }

        JsonElement call = await TheCallAsync("r1");
        Assert.Equal("cancelled", Text(call, "outcome"));
        Assert.False(call.TryGetProperty("output_bytes", out _));
    }

    [Fact]
    public async Task Many_calls_at_once_make_whole_lines()
    {
        await using InProcessMcpServer server = await InProcessMcpServer.StartAsync(Weather);

        using (CostScope.Begin(run: "../r1"))
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(number => CallAsync(server, "weather", new AIFunctionArguments { ["city"] = $"c{number}" })));
        }

        await Ledger.FlushAsync();
        string log = Assert.Single(Directory.GetFiles(Path.Combine(RunsPath, "agents"), "mcp_calls.jsonl", SearchOption.AllDirectories));
        Assert.Equal(50, File.ReadLines(log).Count(line => JsonDocument.Parse(line).RootElement.TryGetProperty("id", out _)));
    }

    [Fact]
    public async Task Two_processes_at_one_run_do_not_cut_each_others_lines()
    {
        await using var other = new CostLedger(RunsPath);
        McpCall Call(string tool) => new() { Id = Guid.NewGuid(), Started = DateTimeOffset.UtcNow, RunId = "r1", Server = "s", Tool = tool, Outcome = default, Input = new McpSize(1, 1) };

        Parallel.For(0, 2000, number => (number % 2 == 0 ? Ledger : other).Enqueue(Call($"t{number}")));

        await Task.WhenAll(Ledger.FlushAsync(), other.FlushAsync());
        Assert.Equal(2000, File.ReadLines(Path.Combine(RunsPath, "agents", "r1", "mcp_calls.jsonl")).Select(line => Text(JsonDocument.Parse(line).RootElement, "tool")).Distinct().Count());
    }

    private async Task CallAsync(InProcessMcpServer server, string tool, AIFunctionArguments arguments, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<AIFunction> tools = (await server.Client.ListToolsAsync()).WithCallLog(server.Client.ServerInfo!.Name, Configure);
        await tools.Single(found => found.Name == tool).InvokeAsync(arguments, cancellationToken);
    }

    private async Task<JsonElement> TheCallAsync(string run)
    {
        await Ledger.FlushAsync();
        return JsonDocument.Parse(Assert.Single(File.ReadAllLines(Path.Combine(RunsPath, "agents", run, "mcp_calls.jsonl")))).RootElement;
    }

    private static string? Text(JsonElement call, string name) => call.GetProperty(name).GetString();
}
