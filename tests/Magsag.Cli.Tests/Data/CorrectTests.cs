using System.Globalization;

namespace Magsag.Cli.Tests;

public sealed class CorrectTests
{
    private static readonly LedgerRecord TooDear = Calls.Triage("run-1", 250m);

    private static Workspace Recorded() => Workspace.Recorded(".runs/costs/a.jsonl", TooDear, Calls.Triage("run-2", 0.5m));

    private static Task<ToolResult> CorrectAsync(Workspace workspace, string cost = "0.00025", string? id = null) =>
        workspace.RunAsync("data", "correct", id ?? TooDear.Id.ToString(), "--cost", cost, "--reason", "the price was entered per token");

    [Fact]
    public async Task A_corrected_cost_stands_in_summaries_and_queries()
    {
        using Workspace workspace = Recorded();

        ToolResult corrected = await CorrectAsync(workspace);

        Assert.Equal((0, "Magsag: corrected by -$250.00 to $0.00025, in .runs\n"), (corrected.ExitCode, corrected.Error));
        string summary = (await workspace.RunAsync("flow", "summarize", "--json")).Succeeded();
        Assert.Contains("\"total_cost_usd\": 0.50025", summary, StringComparison.Ordinal);
        Assert.Contains("\"corrections_usd\": -249.99975", summary, StringComparison.Ordinal);
        Assert.Contains(",correction,", (await workspace.RunAsync("data", "search", "outcome:correction", "--csv")).Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_can_be_corrected_again()
    {
        using Workspace workspace = Recorded();
        await CorrectAsync(workspace);

        await CorrectAsync(workspace, "0.25");

        Assert.Contains("\"total_cost_usd\": 0.75", (await workspace.RunAsync("flow", "summarize", "--json")).Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_judges_the_corrected_cost()
    {
        using Workspace workspace = Recorded();
        workspace.Write("policy.yaml", "schema: 1\npolicies:\n  - name: agent_budget_limits\n    limits:\n      triage:\n        max_cost_per_day_usd: 1.00\n");
        string[] gate = ["flow", "gate", "--policy", "policy.yaml"];
        Assert.Equal(1, (await workspace.RunAsync(gate)).ExitCode);

        await CorrectAsync(workspace);

        (await workspace.RunAsync(gate)).Succeeded();
    }

    [Fact]
    public async Task Charges_have_a_row_for_corrections()
    {
        using Workspace workspace = Recorded();
        await CorrectAsync(workspace);

        string[] rows = (await workspace.RunAsync("report", "chargeback", "--month", "2026-11")).Succeeded().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(0.50025m, rows.Skip(1).Sum(static row => decimal.Parse(row.Split(',')[0].Trim('"', '\''), CultureInfo.InvariantCulture)));
        Assert.Contains(rows, static row => row.Contains("-249.99975", StringComparison.Ordinal) && row.Contains(",Usage,Correction,", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0.1", "01a20a34-f34c-7937-901d-057c3d7b73dc", "No ledger has a record with the id 01a20a34-f34c-7937-901d-057c3d7b73dc")]
    [InlineData("-0.1", null, "A call costs 0 or more, found -0.1.")]
    [InlineData("cheap", null, "cheap")]
    public async Task What_cannot_be_corrected_is_refused_and_nothing_is_written(string cost, string? id, string says)
    {
        using Workspace workspace = Recorded();

        ToolResult refused = await CorrectAsync(workspace, cost, id);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(says, refused.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(workspace.PathOf(".runs/costs")));
    }
}
