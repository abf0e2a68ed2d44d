using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Magsag.Cli.Tests.Ingest;

/// <summary>Ctrl-C as the operating system sends it, to the tool as a process of its own.</summary>
public sealed class InterruptTests
{
    private const int Records = 300_000;

    [Fact]
    public async Task Ctrl_C_in_the_middle_of_an_ingest_keeps_what_was_read_and_the_next_one_reads_on()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var workspace = new Workspace();
        workspace.Record(".runs/costs/a.jsonl", [.. Enumerable.Range(0, Records).Select(static call => Calls.Triage($"run-{call / 40}") with { Id = Guid.CreateVersion7() })]);
        using Process ingest = Start(workspace, "ingest", "--to", "sqlite:costs.db");
        WaitForRecords(workspace, ingest);

        using (Process kill = Process.Start("kill", ["-INT", $"{ingest.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        string error = await ingest.StandardError.ReadToEndAsync();
        await ingest.WaitForExitAsync();
        ToolResult again = await workspace.RunAsync("ingest", "--to", "sqlite:costs.db");

        Assert.Equal(130, ingest.ExitCode);
        Assert.Matches(@"\Amagsag: Interrupted after [\d,]+ new records?\. They are in the store; run the command again to read on\.\n\z", error);
        Assert.Equal(0, again.ExitCode);
        Assert.InRange(NewRecords(again.Error), 1, Records - 1);
        Assert.Contains($"\"calls\": {Records},", (await workspace.RunAsync("report", "model", "--store", "sqlite:costs.db", "--json")).Succeeded());
    }

    private static Process Start(Workspace workspace, params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. arguments]) { WorkingDirectory = workspace.Directory, RedirectStandardError = true })!;

    // On this thread alone, and without the tool: other tests must not be able to hold it up until the ingest is over.
    private static void WaitForRecords(Workspace workspace, Process ingest)
    {
        string store = Path.Combine(workspace.Directory, "costs.db");
        while (!HasRecords(store))
        {
            Assert.False(ingest.WaitForExit(TimeSpan.FromMilliseconds(10)), "The ingest was over before it could be interrupted.");
        }
    }

    private static bool HasRecords(string store)
    {
        try
        {
            using var connection = new SqliteConnection($"Data Source={store};Mode=ReadOnly;Pooling=False");
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

    // "Magsag: 12,345 new records of 1 file".
    private static int NewRecords(string message) => int.Parse(message.Split(' ')[1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
