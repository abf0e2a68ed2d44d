namespace Magsag.Cli.Tests.Mistakes;

/// <summary>The tool as a process of its own whose stdout goes away, is full or is closed.</summary>
public sealed class StreamTests
{
    private static readonly string[] Commands =
    [
        "flow summarize --text", "flow summarize --json", "flow summarize --csv", "flow summarize --markdown", "data query --calls", "report chargeback",
        "prices list --text", "prices list --json", "prices list --csv", "prices list --markdown", "flow gate --format sarif", "completion bash", "--help", "--version",
    ];

    [Fact]
    public async Task A_reader_that_has_seen_enough_is_no_failure()
    {
        using Workspace workspace = Recorded();

        Assert.All(await RunAllAsync(workspace, "{0} | head -n 1 > /dev/null; echo ${{PIPESTATUS[0]}}"), static result => Assert.Equal(("0\n", ""), (result.Output, result.Error)));
    }

    [Fact]
    public async Task A_full_disk_behind_stdout_is_said_in_one_line()
    {
        using Workspace workspace = Recorded();

        Assert.All(await RunAllAsync(workspace, "{0} > /dev/full"), static result => Assert.Equal((2, "magsag: stdout can't be written: the disk is full.\n"), (result.ExitCode, result.Error)));
    }

    [Fact]
    public async Task A_summary_can_be_written_to_stdout_by_its_name()
    {
        using Workspace workspace = Recorded();

        if (OperatingSystem.IsLinux())
        {
            Assert.Contains("\"calls\": 1", (await ToolProcess.RunScriptAsync(workspace, "{0} flow summarize -o /dev/stdout | cat")).Output);
        }
    }

    private static async Task<IReadOnlyList<ToolResult>> RunAllAsync(Workspace workspace, string script)
    {
        List<ToolResult> results = [];
        foreach (string command in OperatingSystem.IsLinux() ? Commands : [])
        {
            results.Add(await ToolProcess.RunScriptAsync(workspace, script.Replace("{0}", "{0} " + command, StringComparison.Ordinal)));
        }

        return results;
    }

    private static Workspace Recorded() => Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());
}
