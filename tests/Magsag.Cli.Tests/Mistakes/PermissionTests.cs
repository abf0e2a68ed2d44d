namespace Magsag.Cli.Tests.Mistakes;

/// <summary>What a user may not read or write. The tool runs as a process of its own, and not as root.</summary>
public sealed class PermissionTests
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const UnixFileMode Open = Readable | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    [Theory]
    [InlineData("flow summarize", 3, "")]
    [InlineData("flow gate", 3, "")]
    [InlineData("baseline accept", 3, "")]
    [InlineData("data query", 3, "")]
    [InlineData("report model", 3, "")]
    [InlineData("report --html report.html", 3, "")]
    [InlineData("ingest --to sqlite:costs.db", 3, "Magsag: 0 new records of 1 file, in {0}/costs.db\n")]
    public async Task A_ledger_that_cannot_be_read_is_named(string command, int exitCode, string before)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Workspace workspace = Recorded(open: [".", ".runs", ".runs/costs"]);
        File.SetUnixFileMode(workspace.PathOf(".runs/costs/a.jsonl"), UnixFileMode.None);

        ToolResult result = await ToolProcess.RunAsSomebodyAsync(workspace, command.Split(' '));

        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.Equal($"{string.Format(null, before, workspace.Directory)}magsag: .runs/costs/a.jsonl: The ledger can't be opened: Access to the path '{workspace.PathOf(".runs/costs/a.jsonl")}' is denied.\n", result.Error);
        Assert.False(File.Exists(workspace.PathOf("report.html")) || File.Exists(workspace.PathOf("cost-baseline.json")));
    }

    [Theory]
    [InlineData("flow summarize --output out/summary.json", "out/summary.json")]
    [InlineData("flow summarize --output out/new/summary.json", "out/new/summary.json")]
    [InlineData("baseline accept --baseline out/cost-baseline.json", "out/cost-baseline.json")]
    [InlineData("report --html out/report.html", "out/report.html")]
    [InlineData("init out", "out/catalog/policies/cost_governance.yaml")]
    public async Task A_folder_that_cannot_be_written_is_named_with_the_file(string command, string file)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Workspace workspace = Recorded(open: [".", ".runs", ".runs/costs"]);
        Directory.CreateDirectory(workspace.PathOf("out"), Readable);

        Assert.Equal($"magsag: {file} can't be written: permission denied.", (await ToolProcess.RunAsSomebodyAsync(workspace, command.Split(' '))).Refused(2));
        Assert.Empty(Directory.GetFileSystemEntries(workspace.PathOf("out")));
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_is_named()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Workspace workspace = Recorded(open: ["."]);
        await workspace.RunAsync("ingest", "--to", "sqlite:costs.db");
        File.SetUnixFileMode(workspace.PathOf("costs.db"), UnixFileMode.None);

        Assert.StartsWith($"magsag: The store '{workspace.PathOf("costs.db")}' can't be opened.", (await ToolProcess.RunAsSomebodyAsync(workspace, "report", "model", "--store", "sqlite:costs.db")).Refused(3), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report model --csv")]
    [InlineData("data query --csv")]
    [InlineData("data search cost_usd --csv")]
    public async Task Where_nothing_may_be_written_questions_are_answered_from_the_ledgers(string command)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Workspace workspace = Recorded(open: []);
        ToolResult expected = await workspace.RunAsync(command.Split(' '));
        File.Delete(workspace.PathOf(".runs/costs.db"));

        ToolResult found = await ToolProcess.RunAsSomebodyAsync(workspace, command.Split(' '));

        Assert.Equal((0, expected.Output), (found.ExitCode, found.Output));
        Assert.Equal("Magsag: .runs/costs.db can't be written, so the ledgers are read anew for this command; --store names a store that stays.\n", found.Error);
    }

    [Theory]
    [InlineData("costs.db")]
    [InlineData("50 % of #1?.db")]
    public async Task A_store_in_a_folder_that_can_only_be_read_answers_questions(string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Workspace workspace = Recorded(open: []);
        await workspace.RunAsync("ingest", "--to", $"sqlite:{name}");
        string[] question = ["report", "model", "--csv", "--store", $"sqlite:{name}"];

        Assert.Equal((await workspace.RunAsync(question)).Succeeded(), (await ToolProcess.RunAsSomebodyAsync(workspace, question)).Succeeded());
    }

    [Fact]
    public async Task A_store_that_can_only_be_read_does_not_hide_what_was_recorded_since()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Workspace workspace = Recorded(open: []);
        await workspace.RunAsync("report", "model");
        workspace.Record(".runs/costs/b.jsonl", Calls.Answer());

        Assert.Contains("gpt-4o-mini", (await ToolProcess.RunAsSomebodyAsync(workspace, "report", "model")).Output);
    }

    [Fact]
    public async Task Nothing_stays_in_the_temporary_folder()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Workspace workspace = Recorded(open: []);
        Directory.CreateDirectory(workspace.PathOf("temporary"));
        File.SetUnixFileMode(workspace.PathOf("temporary"), Open);

        ToolResult result = await ToolProcess.RunScriptAsync(workspace, "TMPDIR=$PWD/temporary {0} report model > /dev/null", ToolProcess.SomebodyElse);

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(workspace.PathOf("temporary")));
    }

    [Fact]
    public async Task A_correction_that_cannot_be_written_is_named()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Workspace workspace = Recorded(open: []);

        Assert.Equal(
            "magsag: The correction can't be appended to the ledger: permission denied.",
            (await ToolProcess.RunAsSomebodyAsync(workspace, "data", "correct", $"{Calls.Triage().Id}", "--cost", "0.01", "--reason", "billed otherwise")).Refused(2));
    }

    // All folders can be read, and those that are named be written.
    private static Workspace Recorded(string[] open)
    {
        var workspace = new Workspace();
        workspace.Record(".runs/costs/a.jsonl", Calls.Triage());
        if (!OperatingSystem.IsWindows())
        {
            foreach (string folder in new[] { ".", ".runs", ".runs/costs" })
            {
                File.SetUnixFileMode(workspace.PathOf(folder), open.Contains(folder) ? Open : Readable);
            }
        }

        return workspace;
    }
}
