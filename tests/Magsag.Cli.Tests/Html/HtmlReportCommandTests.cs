namespace Magsag.Cli.Tests.Html;

public sealed class HtmlReportCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task The_page_is_written_and_the_total_told()
    {
        _workspace.Record(".runs/costs/a.jsonl", Calls.Triage(), Calls.Answer());

        ToolResult result = await _workspace.RunAsync("report", "--html", "report.html");

        Assert.Equal("Magsag: 2 calls, $0.0133, in report.html\n", result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("<th scope=\"row\" dir=\"auto\">gpt-4o-2024-08-06</th>", _workspace.Read("report.html"));
        Assert.DoesNotContain("Against the baseline", _workspace.Read("report.html"));
    }

    [Fact]
    public async Task A_baseline_in_the_folder_is_compared_with_the_last_recording()
    {
        _workspace.Record(".runs/costs/a.jsonl", Calls.Triage());
        await _workspace.RunAsync("baseline", "accept");
        _workspace.Record(".runs/costs/b.jsonl", Guid.NewGuid(), Workspace.Now.AddHours(1), Calls.Triage(), Calls.Triage(run: "run-2"));

        await _workspace.RunAsync("report", "--html", "report.html");

        Assert.Contains("Against the baseline", _workspace.Read("report.html"));
        Assert.Contains("MAG200", _workspace.Read("report.html"));
    }

    [Fact]
    public async Task Only_the_calls_that_are_asked_for_are_on_the_page()
    {
        _workspace.Record(".runs/costs/a.jsonl", Calls.Triage(), Calls.Answer());

        await _workspace.RunAsync("report", "--html", "report.html", "--agent", "triage");

        Assert.DoesNotContain("gpt-4o-mini", _workspace.Read("report.html"));
        Assert.Contains("Only calls with <bdi>agent triage</bdi>", _workspace.Read("report.html"));
    }

    [Fact]
    public async Task One_call_of_unknown_cost_is_told_so()
    {
        _workspace.Record(".runs/costs/a.jsonl", Calls.Triage(cost: null));

        Assert.Equal("Magsag: 1 call, cost unknown, in report.html\n", (await _workspace.RunAsync("report", "--html", "report.html")).Error);
    }

    [Fact]
    public async Task Without_a_file_or_a_report_the_choices_are_named() =>
        Assert.Contains("--html FILE", (await _workspace.RunAsync("report")).Refused(ExitCode.WrongUsage));

    [Fact]
    public async Task A_baseline_that_was_named_must_exist()
    {
        _workspace.Record(".runs/costs/a.jsonl", Calls.Triage());

        Assert.Contains("missing.json doesn't exist", (await _workspace.RunAsync("report", "--html", "report.html", "--baseline", "missing.json")).Refused(ExitCode.UnreadableInput));
        Assert.False(File.Exists(_workspace.PathOf("report.html")));
    }

    [Fact]
    public async Task A_folder_in_the_way_is_named()
    {
        _workspace.Record(".runs/costs/a.jsonl", Calls.Triage());
        Directory.CreateDirectory(_workspace.PathOf("report.html"));

        Assert.Contains("report.html is a folder", (await _workspace.RunAsync("report", "--html", "report.html")).Refused(ExitCode.WrongUsage));
    }
}
