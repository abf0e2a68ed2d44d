using System.Text.Json;

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
    public async Task What_a_user_wrote_stays_byte_for_byte()
    {
        using var workspace = new Workspace();
        byte[] editorConfig = [0xef, 0xbb, 0xbf, .. "root = true\r\n\r\n[*]\r\nindent_style = space\r\n"u8];
        File.WriteAllBytes(workspace.PathOf(".editorconfig"), editorConfig);
        workspace.Write(".gitignore", "bin/\r\n# see tools/.runsettings\r\n");
        workspace.Write(".github/workflows/cost-check.yml", "name: mine\n");

        await workspace.RunAsync("init");

        byte[] extended = File.ReadAllBytes(workspace.PathOf(".editorconfig"));
        Assert.Equal(editorConfig, extended[..editorConfig.Length]);
        Assert.DoesNotContain("\n", System.Text.Encoding.UTF8.GetString(extended).Replace("\r\n", "", StringComparison.Ordinal));
        Assert.Equal("bin/\r\n# see tools/.runsettings\r\n.runs/\r\n", workspace.Read(".gitignore"));
        Assert.Equal("name: mine\n", workspace.Read(".github/workflows/cost-check.yml"));
    }

    [Fact]
    public async Task A_file_in_UTF_16_is_left_alone()
    {
        using var workspace = new Workspace();
        File.WriteAllText(workspace.PathOf(".editorconfig"), "root = true\n", System.Text.Encoding.Unicode);

        Assert.Equal("magsag: .editorconfig is in UTF-16; save it as UTF-8, so that lines can be added.", (await workspace.RunAsync("init")).Refused(2));
    }

    [Fact]
    public async Task The_root_of_the_repository_is_set_up_from_any_folder_in_it()
    {
        using var workspace = new Workspace();
        workspace.Write("src/app.cs", "");

        await workspace.RunAsync(terminal => terminal with { Directory = workspace.PathOf("src") }, "init");

        Assert.True(File.Exists(workspace.PathOf(".github/workflows/cost-check.yml")));
        Assert.False(Directory.Exists(workspace.PathOf("src/.github")));
    }

    [Fact]
    public async Task A_folder_without_git_is_set_up_itself()
    {
        using var workspace = new Workspace();
        Directory.Delete(workspace.PathOf(".git"));

        await workspace.RunAsync("init");

        Assert.True(File.Exists(workspace.PathOf(".editorconfig")));
    }

    [Fact]
    public async Task The_doctor_looks_on_when_a_file_cannot_be_read()
    {
        using var workspace = new Workspace();
        File.CreateSymbolicLink(workspace.PathOf("dangling.cs"), workspace.PathOf("nowhere.cs"));
        File.CreateSymbolicLink(workspace.PathOf("dangling.csproj"), workspace.PathOf("nowhere.csproj"));

        Assert.Contains("recording,warning,", (await workspace.RunAsync("doctor", "--csv")).Succeeded());
    }

    [Fact]
    public async Task The_doctor_does_not_take_runsettings_for_the_runs_directory()
    {
        using var workspace = new Workspace();
        workspace.Write(".gitignore", "# tools/.runsettings\n");

        Assert.Contains(".gitignore,warning,", (await workspace.RunAsync("doctor", "--csv")).Succeeded());
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
        workspace.Write("Desk.sln", "");
        workspace.Write("src/Desk.csproj", """<Project><ItemGroup><PackageReference Include="Magsag" Version="0.1.0" /></ItemGroup></Project>""");
        workspace.Write("src/Desk.cs", "client.UseCostTracking();");
        workspace.Record(".runs/costs/a.jsonl", Calls.Triage());
        await workspace.RunAsync("init");

        string json = (await workspace.RunAsync("doctor", "--json")).Succeeded();

        Assert.All(JsonDocument.Parse(json).RootElement.EnumerateArray(), static check => Assert.Equal("ok", check.GetProperty("state").GetString()));
    }

    [Theory]
    [InlineData("src/Desk.cs", "options.AddCostTracking();", "recording,ok,AddCostTracking is in the code")]
    [InlineData("src/Desk.fs", "new CostTrackingHandler()", "recording,ok,CostTrackingHandler is in the code")]
    [InlineData("src/Desk.vb", "Using costs As New CostTrackingListener()", "recording,ok,CostTrackingListener is in the code")]
    [InlineData("src/obj/Desk.cs", "UseCostTracking()", "recording,warning,no code records calls")]
    [InlineData("src/Desk.csproj", "<TargetFrameworks>net10.0;net6.0</TargetFrameworks><PackageReference Include=\"Magsag\" />", "target framework of src/Desk.csproj,wrong,net6.0; ")]
    [InlineData("src/Desk.csproj", "<TargetFramework>net48</TargetFramework><PackageReference Include=\"Magsag.Runtime\" />", "target framework of src/Desk.csproj,wrong,net48; ")]
    [InlineData(".github/workflows/ci.yml", "jobs:\n  a:\n    steps:\n      - run: dotnet build -c Release\n", "workflow .github/workflows/ci.yml,wrong,`dotnet build -c Release` finds no project")]
    [InlineData(".github/workflows/ci.yml", "      - run: dotnet test src/Gone.sln\n", "workflow .github/workflows/ci.yml,wrong,`dotnet test src/Gone.sln`: there is no src/Gone.sln")]
    public async Task The_doctor_knows_every_way_of_recording_and_what_can_not_be_built(string file, string content, string found)
    {
        using var workspace = new Workspace();
        workspace.Write(file, content);

        Assert.Contains(found, (await workspace.RunAsync("doctor", "--csv")).Output.Replace("\"", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("src/Desk.csproj", "<TargetFramework>net8.0-windows</TargetFramework><PackageReference Include=\"Magsag\" />", "target framework")]
    [InlineData("src/Desk.csproj", "<TargetFramework>netstandard2.0</TargetFramework><PackageReference Include=\"Magsag.Analyzers\" />", "target framework")]
    [InlineData("src/Desk.csproj", "<TargetFramework>$(Common)</TargetFramework><PackageReference Include=\"Magsag\" />", "target framework")]
    [InlineData(".github/workflows/ci.yml", "      - run: dotnet build\n        working-directory: src\n", "workflow")]
    [InlineData(".github/workflows/ci.yml", "      - run: dotnet build src/Desk\n", "workflow")]
    public async Task The_doctor_is_silent_where_nothing_is_wrong(string file, string content, string subject)
    {
        using var workspace = new Workspace();
        workspace.Write(file, content);

        Assert.DoesNotContain(subject, (await workspace.RunAsync("doctor", "--csv")).Output);
    }

    [Theory]
    [InlineData("Magsag.Runtime", true)]
    [InlineData("Magsag.TestingPlatform", false)]
    [InlineData("Magsag", false)]
    public async Task The_doctor_misses_the_gate_of_Microsoft_Testing_Platform_where_only_parts_are_referenced(string package, bool missing)
    {
        using var workspace = new Workspace();
        workspace.Write("global.json", """{ "test": { "runner": "Microsoft.Testing.Platform" } }""");
        workspace.Write("tests/Desk.Tests.csproj", $"""<PackageReference Include="{package}" Version="0.1.0" />""");

        Assert.Equal(missing, (await workspace.RunAsync("doctor", "--csv")).Output.Contains("Microsoft.Testing.Platform,warning,", StringComparison.Ordinal));
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
    [InlineData("{}", "warning,it limits nothing: it states neither a limit nor a rule (docs/policy.md)")]
    [InlineData("policies:\n  - name: model_rules\n    forbidden: [o1-preview]", "ok,1 model rule")]
    [InlineData("policies:\n  - name: total_budget_limits\n    limits:\n      max_cost_per_run_usd: 1\n  - name: cost_alerts\n    thresholds:\n      warn_cost_per_run_usd: 1", "ok,2 limits")]
    public async Task The_doctor_says_what_the_policy_states(string policy, string found)
    {
        using var workspace = new Workspace();
        workspace.Write("catalog/policies/cost_governance.yaml", policy);

        Assert.Contains($"policy,{found}\r\n", (await workspace.RunAsync("doctor", "--csv")).Succeeded());
    }

    private static Dictionary<string, string> FilesOf(Workspace workspace) => Directory
        .EnumerateFiles(workspace.Directory, "*", SearchOption.AllDirectories)
        .ToDictionary(static path => path, File.ReadAllText);


}
