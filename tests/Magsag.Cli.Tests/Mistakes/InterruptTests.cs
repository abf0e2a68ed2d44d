using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Magsag.Cli.Tests.Mistakes;

/// <summary>Ctrl-C as the operating system sends it, to the tool as a process of its own.</summary>
public sealed class InterruptTests
{
    // A store takes them in three batches: the interrupt falls into the second one, which is completed.
    private const int Records = 210_000;

    private static readonly TimeSpan OneStep = TimeSpan.FromMilliseconds(10);

    [Fact]
    public async Task Ctrl_C_in_the_middle_of_an_ingest_keeps_what_was_read_and_the_next_one_reads_on()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Workspace workspace = Recorded();
        using ToolProcess ingest = ToolProcess.Start(workspace, "ingest", "--to", "sqlite:costs.db");
        InterruptWhen(ingest, () => HasRecords(workspace.PathOf("costs.db")));
        ToolResult interrupted = await ingest.EndAsync();
        ToolResult again = await workspace.RunAsync("ingest", "--to", "sqlite:costs.db");

        Assert.Equal(130, interrupted.ExitCode);
        Assert.Matches(@"\Amagsag: Interrupted after [\d,]+ new records?\. They are in the store; run the command again to read on\.\n\z", interrupted.Error);
        Assert.Equal(0, again.ExitCode);
        Assert.InRange(NewRecords(again.Error), 1, Records - 1);
        Assert.Contains($"\"calls\": {Records},", (await workspace.RunAsync("report", "model", "--store", "sqlite:costs.db", "--json")).Succeeded());
    }

    [Fact]
    public async Task Ctrl_C_in_the_middle_of_a_summary_leaves_the_one_that_was_there()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using Workspace workspace = Recorded(300_000);
        workspace.Write("summary.json", "the last one");
        using ToolProcess summarize = ToolProcess.Start(workspace, "flow", "summarize", "--output", "summary.json");
        InterruptWhen(summarize, () => HasOpen(summarize, "a.jsonl"));

        Assert.Equal("magsag: Interrupted; nothing is half-written.", (await summarize.EndAsync()).Refused(130));
        Assert.Equal("the last one", workspace.Read("summary.json"));
        Assert.Equal([".git", ".runs", "summary.json"], NamesIn(workspace));
    }

    [Fact]
    public async Task Ctrl_C_in_the_middle_of_a_page_leaves_the_one_that_was_there()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Workspace workspace = Recorded(130_000);
        workspace.Write("report.html", "the last one");
        using ToolProcess report = ToolProcess.Start(workspace, "report", "--html", "report.html");
        InterruptWhen(report, () => HasRecords(workspace.PathOf(".runs/costs.db")));

        Assert.Equal("magsag: Interrupted; nothing is half-written.", (await report.EndAsync()).Refused(130));
        Assert.Equal("the last one", workspace.Read("report.html"));
        Assert.Equal([".git", ".runs", "report.html"], NamesIn(workspace));
        Assert.Equal(0, (await workspace.RunAsync("report", "--html", "report.html")).ExitCode);
    }

    private static Workspace Recorded(int records = Records) => Workspace.Recorded(".runs/costs/a.jsonl", [.. Enumerable.Range(0, records).Select(static call => Calls.Triage($"run-{call / 40}") with { Id = Guid.CreateVersion7() })]);

    // Step by step, with the tool held still while the test looks: a busy machine may keep the test waiting longer than the whole command takes.
    private static void InterruptWhen(ToolProcess tool, Func<bool> isReached)
    {
        tool.Pause();
        while (!isReached())
        {
            tool.Resume();
            Assert.False(tool.EndsWithin(OneStep), "The command was over before it could be interrupted.");
            tool.Pause();
        }

        tool.Interrupt();
        tool.Resume();
    }

    private static bool HasRecords(string store)
    {
        try
        {
            using var connection = new SqliteConnection($"Data Source={store};Mode=ReadOnly;Pooling=False;Default Timeout=1");
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "SELECT EXISTS (SELECT 1 FROM record)";
            return command.ExecuteScalar() is 1L;
        }
        catch (SqliteException)
        {
            // Not there yet, or its tables aren't.
            return false;
        }
    }

    private static bool HasOpen(ToolProcess tool, string name) =>
        Directory.GetFiles($"/proc/{tool.Id}/fd").Any(file => new FileInfo(file).LinkTarget?.EndsWith(name, StringComparison.Ordinal) == true);

    private static IEnumerable<string?> NamesIn(Workspace workspace) => Directory.GetFileSystemEntries(workspace.Directory).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    // "Magsag: 12,345 new records of 1 file".
    private static int NewRecords(string message) => int.Parse(message.Split(' ')[1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
