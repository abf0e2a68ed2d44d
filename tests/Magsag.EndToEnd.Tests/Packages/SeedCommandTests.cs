using System.Text.Json;

namespace Magsag.EndToEnd.Tests;

/// <summary>Each command of the guide that the product grew from, in its <c>magsag</c> form, on what the sample's tests recorded.</summary>
public sealed class SeedCommandTests(PackageFeed feed) : IAsyncLifetime
{
    private const string Policy = "catalog/policies/cost_governance.yaml";

    private SupportDeskRun _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await SupportDeskRun.CreateAsync(feed);

    public ValueTask DisposeAsync()
    {
        _desk.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_command_of_the_guide_works_on_the_samples_data()
    {
        (await _desk.MagsagAsync("init")).Succeeded();

        await SummariseAndGateAsync();
        await QueryAndSearchAsync();
        await ReportAsync();
    }

    private async Task SummariseAndGateAsync()
    {
        (await _desk.MagsagAsync("flow", "summarize", "--output", "summary.json")).Succeeded();
        using JsonDocument summary = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_desk.Root, "summary.json")));
        Assert.True(summary.RootElement.GetProperty("total_cost_usd").GetDecimal() > 0m);
        Assert.NotEmpty(summary.RootElement.GetProperty("model_stats").EnumerateArray());

        (await _desk.MagsagAsync("flow", "gate", "summary.json", "--policy", Policy)).Succeeded().Prints("36 calls");
        (await _desk.MagsagAsync("flow", "gate", "summary.json", "--baseline", "samples/SupportDesk/tests/SupportDesk.Tests/cost-baseline.json")).Succeeded().Prints("(±0 %): passed");

        string tight = Path.Combine(_desk.Root, "tight.yaml");
        await File.WriteAllTextAsync(tight, """
            policies:
              - name: agent_budget_limits
                limits:
                  triage:
                    max_cost_per_run_usd: 0.000001
            """);
        (await _desk.MagsagAsync("flow", "gate", "summary.json", "--policy", tight)).Failed().Prints("MAG202");
        (await _desk.MagsagAsync("flow", "gate", "summary.json", "--policy", tight, "--dry-run")).Succeeded().Prints("MAG202");
    }

    private async Task QueryAndSearchAsync()
    {
        JsonElement[] runs = await RowsAsync("data", "query", "--limit", "100");
        string run = runs[0].GetProperty("run_id").GetString()!;

        Assert.All(await RowsAsync("data", "query", "--run-id", run), row => Assert.Equal(run, row.GetProperty("run_id").GetString()));
        Assert.All(await RowsAsync("data", "query", "--agent", "triage", "--limit", "50"), row => Assert.True(row.GetProperty("total_cost_usd").GetDecimal() > 0m));
        Assert.Equal(36, (await RowsAsync("data", "search", "cost_usd", "--limit", "100")).Length);
    }

    private async Task ReportAsync()
    {
        (await _desk.MagsagAsync("report", "agent", "triage")).Succeeded().Prints("Average cost per run: $").Prints("gpt-4o-mini");
        (await _desk.MagsagAsync("report", "customer")).Succeeded();
        (await _desk.MagsagAsync("report", "daily")).Succeeded();
        (await _desk.MagsagAsync("report", "daily", "--alert-above", "0.000001")).Failed();
        (await _desk.MagsagAsync("report", "trends", "--weeks", "4")).Succeeded();
        (await _desk.MagsagAsync("report", "tokens", "--agent", "triage")).Succeeded();
        (await _desk.MagsagAsync("report", "efficiency")).Succeeded();
        (await _desk.MagsagAsync("model", "suggest", "gpt-4o")).Succeeded().Prints("gpt-4o-mini");
    }

    private async Task<JsonElement[]> RowsAsync(params string[] arguments)
    {
        CommandResult result = (await _desk.MagsagAsync(arguments)).Succeeded();
        using JsonDocument rows = JsonDocument.Parse(result.Output);
        JsonElement[] found = [.. rows.RootElement.EnumerateArray().Select(static row => row.Clone())];
        Assert.NotEmpty(found);
        return found;
    }
}
