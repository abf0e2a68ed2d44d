using System.Text.Json;

namespace Magsag.Cli.Tests.Baselines;

public sealed class BaselineTests
{
    [Fact]
    public async Task A_baseline_is_made_and_shown()
    {
        using var workspace = new Workspace();
        workspace.Record(".runs/costs/a.jsonl", Calls.Triage(), Calls.Answer());

        ToolResult made = await workspace.RunAsync("baseline", "accept");
        JsonElement shown = JsonDocument.Parse((await workspace.RunAsync("baseline", "show", "--json")).Succeeded()).RootElement;

        Assert.Equal("Magsag: baseline made: 2 calls, $0.0133, in cost-baseline.json\n", made.Error);
        Assert.Equal((0.01325m, 2), (shown.GetProperty("total_cost_usd").GetDecimal(), shown.GetProperty("entries").GetArrayLength()));
    }

    [Fact]
    public async Task A_partial_run_keeps_the_other_tests()
    {
        using var workspace = new Workspace();
        workspace.Record("a.jsonl", Calls.Triage(), Calls.Answer() with { Test = "Desk.Tests.Other" });
        workspace.Record("b.jsonl", Calls.Triage(), Calls.Triage(hour: 10));
        await workspace.RunAsync("baseline", "accept", "a.jsonl");

        await workspace.RunAsync("baseline", "accept", "b.jsonl", "--partial");

        Assert.Equal(3, JsonDocument.Parse((await workspace.RunAsync("baseline", "show", "--json")).Succeeded()).RootElement.GetProperty("calls").GetInt64());
    }

    [Fact]
    public async Task What_became_dearer_is_shown_first()
    {
        using var workspace = new Workspace();
        workspace.Record("a.jsonl", Calls.Triage(), Calls.Answer());
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
        using var workspace = new Workspace();
        workspace.Record(".runs/costs/a.jsonl");

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
}
