using System.Text.Json;

namespace Magsag.Cli.Tests.Flow;

/// <summary>What test hosts counted of their calls, compared with what arrived: a part is never judged as all.</summary>
public sealed class ArrivedCallsTests : IDisposable
{
    private static readonly DateTimeOffset Begun = Workspace.Now.AddHours(-2);

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task All_calls_that_arrived_are_judged()
    {
        _workspace.RecordAsHost(".runs/costs/a.jsonl", Begun, new SessionCalls { Recorded = 2, IsOver = true }, Calls.Triage(), Calls.Answer());

        Assert.StartsWith("warning MAG203: ", (await _workspace.RunAsync("flow", "gate")).Succeeded(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flow gate")]
    [InlineData("flow gate .runs")]
    [InlineData("flow gate .runs/costs/a.jsonl --dry-run")]
    public async Task Calls_that_did_not_arrive_fail_the_gate(string command)
    {
        _workspace.RecordAsHost(".runs/costs/a.jsonl", Begun, new SessionCalls { ProcessId = 4711, Recorded = 3, IsOver = true }, Calls.Triage(), Calls.Answer());

        ToolResult result = await _workspace.RunAsync(command.Split(' '));

        Assert.Equal(3, result.ExitCode);
        Assert.Contains(".calls.json: error MAG205: The test host of Desk.Tests (process 4711) recorded 3 calls, of which 2 arrived in the ledger", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("Magsag: 2 of 3 calls arrived: not judged: failed (MAG205)\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_was_cut_off_fails_the_gate()
    {
        _workspace.RecordAsHost(".runs/costs/a.jsonl", Begun, new SessionCalls { Begun = 2, Ended = 1, Recorded = 1 }, Calls.Triage());

        ToolResult result = await _workspace.RunAsync("flow", "gate");

        Assert.Equal(3, result.ExitCode);
        Assert.EndsWith("Magsag: 1 call of tests that were cut off: not judged: failed (MAG205)\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_still_running_is_not_judged_and_does_not_pass()
    {
        string counts = _workspace.RecordAsHost(".runs/costs/a.jsonl", Begun, new SessionCalls { Begun = 2, Ended = 1, Recorded = 1 }, Calls.Triage());
        using var held = new FileStream(counts, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);

        ToolResult result = await _workspace.RunAsync("flow", "gate");

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith("Magsag: the tests are still running: not judged: failed (MAG206)\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_that_had_not_ended_are_told()
    {
        _workspace.RecordAsHost(".runs/costs/a.jsonl", Begun, new SessionCalls { Begun = 2, Ended = 1, Recorded = 1, IsOver = true }, Calls.Triage());

        Assert.EndsWith("; 1 call hadn't ended when the test host did\n", (await _workspace.RunAsync("flow", "gate")).Succeeded(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flow summarize -o summary.json")]
    [InlineData("flow summarize --latest -o summary.json")]
    [InlineData("flow summarize --latest-of-each-test -o summary.json")]
    public async Task A_summary_of_a_part_says_so_and_is_not_judged(string command)
    {
        _workspace.RecordAsHost(".runs/costs/a.jsonl", Begun, new SessionCalls { Begun = 2, Ended = 1, Recorded = 1 }, Calls.Triage());

        ToolResult summarized = await _workspace.RunAsync(command.Split(' '));
        ToolResult judged = await _workspace.RunAsync("flow", "gate", "summary.json");
        ToolResult judgedWithAnother = await _workspace.RunAsync("flow", "gate", "summary.json", Whole());

        Assert.Equal(0, summarized.ExitCode);
        Assert.Contains("was ended before its tests were over", summarized.Error, StringComparison.Ordinal);
        Assert.True(JsonDocument.Parse(_workspace.Read("summary.json")).RootElement.GetProperty("partial").GetBoolean());
        Assert.Equal((3, 3), (judged.ExitCode, judgedWithAnother.ExitCode));
        Assert.Contains("error MAG205: The summary is partial", judged.Output, StringComparison.Ordinal);
        Assert.Contains("error MAG205: The summary is partial", judgedWithAnother.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("baseline accept")]
    [InlineData("baseline accept summary.json")]
    public async Task A_part_of_the_calls_is_never_accepted_as_baseline(string command)
    {
        _workspace.RecordAsHost(".runs/costs/a.jsonl", Begun, new SessionCalls { Recorded = 2, IsOver = true }, Calls.Triage());
        await _workspace.RunAsync("flow", "summarize", "-o", "summary.json");

        ToolResult result = await _workspace.RunAsync(command.Split(' '));

        Assert.Equal(3, result.ExitCode);
        Assert.False(File.Exists(_workspace.PathOf("cost-baseline.json")));
    }

    [Fact]
    public async Task A_recording_that_was_cut_off_is_forgotten_once_its_tests_were_repeated()
    {
        _workspace.RecordAsHost(".runs/costs/a.jsonl", Begun, new SessionCalls { Begun = 2, Ended = 1, Recorded = 1 }, Calls.Triage());
        _workspace.RecordAsHost(".runs/costs/b.jsonl", Begun.AddHours(1), new SessionCalls { Begun = 1, Ended = 1, Recorded = 1, IsOver = true }, Calls.Triage());

        (await _workspace.RunAsync("flow", "gate")).Succeeded();
        string summary = (await _workspace.RunAsync("flow", "summarize", "--latest-of-each-test")).Succeeded();

        Assert.False(JsonDocument.Parse(summary).RootElement.TryGetProperty("partial", out _));
        Assert.Equal(3, (await _workspace.RunAsync("flow", "gate", ".runs")).ExitCode);
    }

    [Fact]
    public async Task The_last_recording_counts_though_none_of_its_calls_arrived()
    {
        _workspace.RecordAsHost(".runs/costs/a.jsonl", Begun, new SessionCalls { Begun = 1, Ended = 1, Recorded = 1, IsOver = true }, Calls.Triage());
        _workspace.RecordAsHost(".runs/costs/b.jsonl", Begun.AddHours(1), new SessionCalls { Begun = 1, Recorded = 0 });

        ToolResult summarized = await _workspace.RunAsync("flow", "summarize", "--latest-of-each-test");

        Assert.True(JsonDocument.Parse(summarized.Output).RootElement.GetProperty("partial").GetBoolean());
    }

    private string Whole()
    {
        _workspace.Record("whole.jsonl", Calls.Answer("run-2"));
        return "whole.jsonl";
    }
}
