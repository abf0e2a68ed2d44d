using YamlDotNet.Serialization;

namespace Magsag.EndToEnd.Tests;

/// <summary>The workflow that <c>magsag init</c> writes, its judging script run with the packed tool on what a repository's tests recorded.</summary>
public sealed class WrittenWorkflowTests(PackageFeed feed) : IDisposable
{
    private readonly GitHubRunner _runner = new();
    private string _tools = null!;

    public void Dispose() => _runner.Dispose();

    [Fact]
    public async Task It_judges_what_was_recorded_and_hands_the_verdict_on()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        _tools = await feed.ToolFolderAsync();
        Assert.Equal(0, (await RunAsync("magsag init", project)).ExitCode);

        ActionRun passed = await RunAsync(Judging(project), project);
        project.Write("catalog/policies/cost_governance.yaml", "policies:\n  - name: cost_alerts\n    thresholds:\n      error_cost_per_run_usd: 0.0001\n");
        ActionRun failed = await RunAsync(Judging(project), project);

        Assert.True(passed.ExitCode == 0, passed.ToString());
        Assert.Contains("(±0 %): passed**", passed.Summary);
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("::error file=catalog/policies/cost_governance.yaml,line=4,title=MAG202::", failed.Printed);
        Assert.Contains("failed (MAG202)", failed.Summary);
        Assert.Contains("\"status\": \"failed\"", await File.ReadAllTextAsync(Path.Combine(_runner.Temporary, "verdict.json"), TestContext.Current.CancellationToken));
        Assert.True(File.Exists(Path.Combine(_runner.Temporary, "verdict.md")));
    }

    private Task<ActionRun> RunAsync(string script, GatedProject project) =>
        _runner.RunAsync(script, project.Root, [("PATH", $"{_tools}:{Environment.GetEnvironmentVariable("PATH")}")], "-e");

    private static string Judging(GatedProject project)
    {
        string text = File.ReadAllText(Path.Combine(project.Root, ".github/workflows/cost-check.yml"));
        var workflow = new DeserializerBuilder().Build().Deserialize<Dictionary<object, Dictionary<object, Dictionary<object, object>>>>("jobs:\n" + text.Split("\njobs:\n")[1]);
        return ((List<object>)workflow["jobs"]["cost"]["steps"]).Cast<Dictionary<object, object>>()
            .Where(static step => step.TryGetValue("name", out object? name) && name is "Judge the recorded costs")
            .Select(static step => (string)step["run"])
            .Single();
    }
}
