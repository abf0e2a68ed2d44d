using System.Text.Json;
using Magsag.Gating;

namespace Magsag.Cli.Tests.Setup;

public sealed class SetupTests
{
    [Fact]
    public async Task A_repository_is_set_up_once_and_stays_as_it_is()
    {
        using var workspace = new Workspace();
        workspace.Write(".gitignore", "bin/");
        workspace.Record("tests/Desk.Tests/.runs/costs/a.jsonl", Calls.Triage());

        string first = (await workspace.RunAsync("init", "--csv")).Succeeded();
        Dictionary<string, string> files = FilesOf(workspace);
        string second = (await workspace.RunAsync("init", "--csv")).Succeeded();

        Assert.Equal(
            "file,done\r\ncatalog/policies/cost_governance.yaml,written\r\n.github/workflows/cost-check.yml,written\r\n.editorconfig,written\r\n.gitignore,extended\r\n"
            + "tests/Desk.Tests/cost-baseline.json,\"written: 1 call, $0.0125\"\r\n",
            first);
        Assert.DoesNotContain("written", second);
        Assert.Equal(files, FilesOf(workspace));
        Assert.Equal("bin/\n.runs/\n", workspace.Read(".gitignore"));
    }

    [Fact]
    public async Task The_policy_that_is_written_can_be_read()
    {
        using var workspace = new Workspace();
        await workspace.RunAsync("init");

        Assert.Equal(2, PolicyFile.Read(workspace.PathOf("catalog/policies/cost_governance.yaml")).Limits.Count);
    }

    [Fact]
    public async Task The_doctor_finds_nothing_wrong_after_all_is_set_up()
    {
        using var workspace = new Workspace();
        workspace.Write("src/Desk.csproj", """<Project><ItemGroup><PackageReference Include="Magsag" Version="0.1.0" /></ItemGroup></Project>""");
        workspace.Write("src/Desk.cs", "client.UseCostTracking();");
        workspace.Record(".runs/costs/a.jsonl", Calls.Triage());
        await workspace.RunAsync("init");

        string json = (await workspace.RunAsync("doctor", "--json")).Succeeded();

        Assert.All(JsonDocument.Parse(json).RootElement.EnumerateArray(), static check => Assert.Equal("ok", check.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task The_doctor_says_what_cannot_work()
    {
        using var workspace = new Workspace();
        workspace.Write("catalog/policies/cost_governance.yaml", "policies: 7\n");
        workspace.Record(".runs/costs/a.jsonl", Calls.Triage());
        File.AppendAllText(workspace.PathOf(".runs/costs/a.jsonl"), "oops\n");

        ToolResult result = await workspace.RunAsync("doctor", "--csv");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("policy,wrong,", result.Output);
        Assert.Contains(".runs,wrong,", result.Output);
        Assert.Contains("package,warning,no project references Magsag", result.Output);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Shells_ask_the_tool_itself_for_completions(string shell)
    {
        using var workspace = new Workspace();

        Assert.Contains("[suggest:", (await workspace.RunAsync("completion", shell)).Succeeded());
    }

    [Fact]
    public async Task The_tool_completes_commands()
    {
        using var workspace = new Workspace();

        Assert.Equal("summarize\n", (await workspace.RunAsync("[suggest:13]", "magsag flow s")).Succeeded());
    }

    private static Dictionary<string, string> FilesOf(Workspace workspace) => Directory
        .EnumerateFiles(workspace.Directory, "*", SearchOption.AllDirectories)
        .ToDictionary(static path => path, File.ReadAllText);
}
