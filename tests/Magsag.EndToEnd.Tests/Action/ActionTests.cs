namespace Magsag.EndToEnd.Tests;

/// <summary>The pull request check at the root of the repository (action.yml), with the packed tool, on what a repository's tests recorded.</summary>
public sealed class ActionTests(PackageFeed feed, CompositeAction action) : IClassFixture<CompositeAction>
{
    private (string Name, string Value)[] Packed => [("version", feed.Version), ("source", feed.Path)];

    [Fact]
    public async Task A_change_that_costs_the_same_passes()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();

        ActionRun run = await action.RunAsync(project.Root, Packed);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(("true", "0.000306", "0"), run.Figures);
        Assert.Equal("### LLM cost\n\n**Magsag: 2 calls, $0.000306, baseline $0.000306 (±0 %): passed**\n\n2 tests cost what the baseline has.\n", run.Summary);
        Assert.DoesNotContain("::error", run.Printed);
    }

    [Fact]
    public async Task A_change_that_costs_more_fails_with_annotation_summary_and_figures()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        (await project.TestAsync(null, ("DESK_MODEL", "gpt-4o"))).Failed();

        ActionRun run = await action.RunAsync(project.Root, Packed);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(("false", "0.0051", "1566.67"), run.Figures);
        Assert.Contains($"::error file=src/Desk/Triage.cs,line={GatedProject.CallLine},title=MAG201::", run.Printed);
        Assert.Contains("**Magsag: 2 calls, $0.0051, baseline $0.000306 (+1,567 %): failed (MAG200, MAG201)**", run.Summary);
        Assert.Contains($"| error | MAG201 | `src/Desk/Triage.cs:{GatedProject.CallLine}` |", run.Summary);
        Assert.Contains("| Desk.Tests.TriageTests.A_bill_goes_to_billing | 1 | $0.000153 | $0.00255 | +1,567 % |", run.Summary);
        Assert.DoesNotContain(project.Root, run.Summary);
        Assert.Contains("\"ruleId\": \"MAG201\"", await File.ReadAllTextAsync(run.Outputs["sarif-file"], TestContext.Current.CancellationToken));
        Assert.Contains("<failure", await File.ReadAllTextAsync(run.Outputs["junit-file"], TestContext.Current.CancellationToken));

        ActionRun allowed = await action.RunAsync(project.Root, [.. Packed, ("max-increase", "2000")]);
        Assert.Equal((0, "true"), (allowed.ExitCode, allowed.Outputs["passed"]));

        ActionRun reported = await action.RunAsync(project.Root, [.. Packed, ("fail", "false")]);
        Assert.Equal((0, "false"), (reported.ExitCode, reported.Outputs["passed"]));
    }

    [Fact]
    public async Task Where_nothing_was_recorded_the_summary_says_so_and_the_check_fails()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        Directory.Delete(Path.Combine(project.TestProject, ".runs"), recursive: true);

        ActionRun run = await action.RunAsync(project.Root, Packed);

        Assert.Equal(3, run.ExitCode);
        Assert.Equal(("false", "", ""), run.Figures);
        Assert.Contains("::error title=Cost check::magsag: There is no .runs folder", run.Printed);
        Assert.Contains("Nothing was judged:", run.Summary);
    }

    [Fact]
    public async Task A_policy_that_cannot_be_read_fails_at_its_line()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        project.Write("costs/policy.yaml", "schema: 1\npolicies:\n  - name: cost_alerts\n    thresholds:\n      warn_cost_per_rum_usd: 1\n");

        ActionRun run = await action.RunAsync(project.Root, [.. Packed, ("policy", "costs/policy.yaml"), ("fail", "false")]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("::error file=costs/policy.yaml,line=5,title=MAG205::", run.Printed);
        Assert.Contains("not judged: failed (MAG205)", run.Summary);
        Assert.Equal(("false", "", ""), run.Figures);
    }

    [Theory]
    [InlineData("fail", "True")]
    [InlineData("recordings", "latest")]
    public async Task A_mistyped_input_fails_instead_of_passing_silently(string input, string value)
    {
        using GatedProject project = await feed.Projects.BorrowAsync();

        ActionRun run = await action.RunAsync(project.Root, [.. Packed, (input, value)]);

        Assert.Equal((2, "false"), (run.ExitCode, run.Outputs["passed"]));
        Assert.Contains($"::error title=Cost check::The input '{input}' is ", run.Printed);
    }

    [Fact]
    public async Task What_inputs_say_is_never_run()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        const string Hostile = "$(touch pwned)`touch pwned`\"; touch pwned; \"'; touch pwned; '";

        ActionRun run = await action.RunAsync(project.Root, [.. Packed, ("runs", Hostile), ("baseline", Hostile), ("policy", Hostile), ("max-increase", Hostile)]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Empty(Directory.GetFiles(project.Root, "pwned", SearchOption.AllDirectories));
        Assert.All(action.Scripts, static script => Assert.DoesNotContain("${{", script));
    }

    [Fact]
    public void The_actions_of_others_are_pinned_to_a_commit() => Assert.All(action.Uses, static used => Assert.Matches("^actions/[a-z-]+@[0-9a-f]{40}$", used));

    [Fact]
    public void It_installs_the_tool_of_its_own_version_unless_told_otherwise() =>
        Assert.Contains($"<VersionPrefix>{action.DefaultOf("version")}</VersionPrefix>", File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props")));
}
