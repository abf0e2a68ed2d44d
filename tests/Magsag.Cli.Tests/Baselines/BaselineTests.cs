using System.Text.Json;

namespace Magsag.Cli.Tests.Baselines;

public sealed class BaselineTests
{
    [Fact]
    public async Task A_baseline_is_made_and_shown()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage(), Calls.Answer());

        ToolResult made = await workspace.RunAsync("baseline", "accept");
        JsonElement shown = JsonDocument.Parse((await workspace.RunAsync("baseline", "show", "--json")).Succeeded()).RootElement;

        Assert.Equal("Magsag: baseline made: 2 calls, $0.0133, in cost-baseline.json\n", made.Error);
        Assert.Equal((0.01325m, 2), (shown.GetProperty("total_cost_usd").GetDecimal(), shown.GetProperty("entries").GetArrayLength()));
    }

    [Fact]
    public async Task A_partial_run_keeps_the_other_tests()
    {
        using Workspace workspace = Workspace.Recorded("a.jsonl", Calls.Triage(), Calls.Answer() with { Test = "Desk.Tests.Other" });
        workspace.Record("b.jsonl", Calls.Triage(), Calls.Triage(hour: 10));
        await workspace.RunAsync("baseline", "accept", "a.jsonl");

        await workspace.RunAsync("baseline", "accept", "b.jsonl", "--partial");

        Assert.Equal(3, JsonDocument.Parse((await workspace.RunAsync("baseline", "show", "--json")).Succeeded()).RootElement.GetProperty("calls").GetInt64());
    }

    [Fact]
    public async Task What_became_dearer_is_shown_first()
    {
        using Workspace workspace = Workspace.Recorded("a.jsonl", Calls.Triage(), Calls.Answer());
        workspace.Record("b.jsonl", Calls.Triage(), Calls.Triage(hour: 10), Calls.Answer());
        await workspace.RunAsync("baseline", "accept", "a.jsonl");

        string csv = (await workspace.RunAsync("baseline", "diff", "b.jsonl", "--csv")).Succeeded();

        Assert.Equal(
            "scope,name,baseline_calls,calls,baseline_usd,cost_usd,change\r\n"
            + "test,Desk.Tests.TriageTests.A_bill_goes_to_billing,2,3,0.01325,0.02575,+94.3 %\r\n"
            + "agent,triage,1,2,0.0125,0.025,+100 %\r\n"
            + "site,src/Triage.cs (Desk.Triage.ClassifyAsync),1,2,0.0125,0.025,+100 %\r\n",
            csv);
    }

    [Fact]
    public async Task Nothing_recorded_is_nothing_to_accept()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl");

        Assert.Contains("nothing to accept", (await workspace.RunAsync("baseline", "accept")).Refused(2));
        Assert.False(File.Exists(workspace.PathOf("cost-baseline.json")));
    }

    [Fact]
    public async Task A_baseline_that_is_not_there_is_named_with_the_command_that_makes_one()
    {
        using var workspace = new Workspace();

        Assert.Contains("`magsag baseline accept` makes one", (await workspace.RunAsync("baseline", "show")).Refused(3));
    }

    [Fact]
    public async Task A_baseline_that_is_broken_is_named_with_its_line()
    {
        using var workspace = new Workspace();
        workspace.Write("cost-baseline.json", "{\n  \"schema\": 9\n}\n");

        Assert.StartsWith("magsag: cost-baseline.json(2): The baseline is of schema 9", (await workspace.RunAsync("baseline", "show")).Refused(3), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_baseline_beside_a_test_project_is_found_from_above()
    {
        using Workspace workspace = Workspace.Recorded("tests/A/.runs/costs/a.jsonl", Calls.Triage());
        await workspace.RunAsync("baseline", "accept");

        string shown = (await workspace.RunAsync("baseline", "show", "--csv")).Succeeded();
        string changed = (await workspace.RunAsync("baseline", "diff", "--csv")).Succeeded();

        Assert.True(File.Exists(workspace.PathOf("tests/A/cost-baseline.json")));
        Assert.Contains("Desk.Tests.TriageTests.A_bill_goes_to_billing,triage,", shown);
        Assert.Equal("scope,name,baseline_calls,calls,baseline_usd,cost_usd,change\r\n", changed);
    }

    [Fact]
    public async Task Costs_of_several_projects_are_compared_with_what_all_of_them_accept()
    {
        using Workspace workspace = await WithTwoProjectsAsync();

        JsonElement changed = JsonDocument.Parse((await workspace.RunAsync("baseline", "diff", "--json")).Succeeded()).RootElement;

        Assert.Equal((0.01325m, 0.01325m), (changed.GetProperty("baseline_usd").GetDecimal(), changed.GetProperty("cost_usd").GetDecimal()));
    }

    [Fact]
    public async Task Which_of_several_baselines_is_meant_has_to_be_said()
    {
        using Workspace workspace = await WithTwoProjectsAsync();

        Assert.Equal(
            "magsag: There are several baselines: tests/A/cost-baseline.json, tests/B/cost-baseline.json. Say which one is meant.",
            (await workspace.RunAsync("baseline", "show")).Refused(2));
        Assert.Equal(
            "magsag: There are costs of several projects: tests/A, tests/B. Accept one after the other, such as: magsag baseline accept tests/A/.runs",
            (await workspace.RunAsync("baseline", "accept")).Refused(2));
        Assert.Equal(0, (await workspace.RunAsync("baseline", "show", "tests/B/cost-baseline.json")).ExitCode);
    }

    [Fact]
    public async Task Runs_become_the_baseline_of_the_project_that_they_are_of()
    {
        using Workspace workspace = await WithTwoProjectsAsync();
        workspace.Record("tests/B/.runs/costs/c.jsonl", Calls.Answer(), Calls.Answer(hour: 10));

        Assert.Equal("Magsag: baseline updated: 3 calls, $0.00225, in tests/B/cost-baseline.json\n", (await workspace.RunAsync("baseline", "accept", "tests/B/.runs")).Error);
        Assert.False(File.Exists(workspace.PathOf("cost-baseline.json")));
    }

    [Fact]
    public async Task A_summary_becomes_the_one_baseline_that_is_there()
    {
        using Workspace workspace = Workspace.Recorded("tests/A/.runs/costs/a.jsonl", Calls.Triage());
        await workspace.RunAsync("baseline", "accept");
        workspace.Record("elsewhere.jsonl", Calls.Triage(), Calls.Triage(hour: 10));

        Assert.Equal("Magsag: baseline updated: 2 calls, $0.025, in tests/A/cost-baseline.json\n", (await workspace.RunAsync("baseline", "accept", "elsewhere.jsonl")).Error);
    }

    [Fact]
    public async Task Tests_that_were_run_again_cost_no_more()
    {
        using Workspace workspace = Workspace.Recorded("tests/A/.runs/costs/a.jsonl", Calls.Triage());
        await workspace.RunAsync("baseline", "accept");
        workspace.Record("tests/A/.runs/costs/b.jsonl", Guid.NewGuid(), Workspace.Now.AddHours(1), Calls.Triage(run: "run-2"));

        string verdict = (await workspace.RunAsync("flow", "gate")).Succeeded();
        string changed = (await workspace.RunAsync("baseline", "diff", "--csv")).Succeeded();
        ToolResult accepted = await workspace.RunAsync("baseline", "accept");

        Assert.Equal("Magsag: 1 call, $0.0125, baseline $0.0125 (±0 %): passed\n", verdict);
        Assert.Equal("scope,name,baseline_calls,calls,baseline_usd,cost_usd,change\r\n", changed);
        Assert.Equal("Magsag: baseline updated: 1 call, $0.0125, in tests/A/cost-baseline.json\n", accepted.Error);
    }

    private static async Task<Workspace> WithTwoProjectsAsync()
    {
        var workspace = new Workspace();
        workspace.Record("tests/A/.runs/costs/a.jsonl", Calls.Triage());
        workspace.Record("tests/B/.runs/costs/b.jsonl", Calls.Answer());
        await workspace.RunAsync("init");
        return workspace;
    }
}
