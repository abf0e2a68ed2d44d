namespace Magsag.Cli.Tests.Output;

/// <summary>Files that get no further than the disk or a limit allows, written by the tool as a process of its own.</summary>
public sealed class FullDiskTests
{
    // 64 KB of memory in the place of a disk; 77 where the machine doesn't let one be mounted.
    private const string OnSmallDisk = """
        mkdir disk && mount -t tmpfs -o size=64k small disk 2> /dev/null || exit 77
        cd disk
        echo 'the last one' > out
        {0} COMMAND
        echo "exit $?"
        ls -A
        cat out
        """;

    [Theory]
    [InlineData("flow summarize ../.runs --output out")]
    [InlineData("report --html out --store sqlite:../costs.db")]
    [InlineData("baseline accept ../.runs --baseline out")]
    public async Task A_full_disk_leaves_the_file_that_was_there_and_nothing_else(string command)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using Workspace workspace = await RecordedAsync();

        ToolResult result = await ToolProcess.RunScriptAsync(workspace, OnSmallDisk.Replace("COMMAND", command, StringComparison.Ordinal), "unshare", "--mount", "--map-root-user");

        if (result.ExitCode is not (1 or 77))
        {
            Assert.Equal(("exit 2\nout\nthe last one\n", "magsag: out can't be written: the disk is full.\n"), (result.Output, result.Error));
        }
    }

    [Theory]
    [InlineData("flow summarize --output out")]
    [InlineData("report --html out --store sqlite:costs.db")]
    [InlineData("baseline accept --baseline out")]
    public async Task A_limit_for_files_leaves_the_file_that_was_there_and_nothing_else(string command)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using Workspace workspace = await RecordedAsync();
        workspace.Write("out", "the last one");

        // The runtime's memory for compiled code is a file to the system too, unless it is told otherwise.
        ToolResult result = await ToolProcess.RunScriptAsync(workspace, $"trap '' XFSZ; ulimit -f 64; export DOTNET_EnableWriteXorExecute=0; {{0}} {command}");

        Assert.Equal((2, "magsag: out can't be written: the file system or a limit of the user allows no file of that size.\n"), (result.ExitCode, result.Error));
        Assert.Equal("the last one", workspace.Read("out"));
        Assert.Equal([".git", ".runs", "costs.db", "out"], Directory.GetFileSystemEntries(workspace.Directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static async Task<Workspace> RecordedAsync()
    {
        var workspace = new Workspace();
        workspace.Record(".runs/costs/a.jsonl", [.. Enumerable.Range(0, 2_000).Select(static call => Calls.Triage($"run-{call}", customer: $"customer-{call}") with { Id = Guid.CreateVersion7(), Test = $"Desk.Tests.Test_{call}" })]);
        await workspace.RunAsync("ingest", "--to", "sqlite:costs.db");
        return workspace;
    }
}
