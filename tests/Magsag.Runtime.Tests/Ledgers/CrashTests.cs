using System.Diagnostics;

namespace Magsag.Runtime.Tests;

public sealed class CrashTests
{
    private const int Processes = 8;
    private const int Threads = 4;
    private const int RecordsPerThread = 10_000;
    private const int KilledExitCode = 128 + 9;

    [Fact]
    public async Task No_acknowledged_record_is_missing_though_one_of_eight_writing_processes_is_killed()
    {
        using var runs = new RunsDirectory();
        Process[] writers = [.. Enumerable.Range(0, Processes).Select(_ => LedgerProcess.Start(runs, "append", Threads, RecordsPerThread))];
        Process victim = writers[0];
        await UntilItHasWritten(runs, victim, notes: 600);
        victim.Kill();
        await Task.WhenAll(writers.Select(writer => writer.WaitForExitAsync()));

        Assert.All(writers.Skip(1), writer => Assert.Equal(0, writer.ExitCode));
        HashSet<Guid> written = [];
        int torn = 0;
        foreach (string file in runs.Files)
        {
            using var reader = new LedgerReader(file);
            written.UnionWith(reader.ReadToEnd().Select(record => record.Id));
            Assert.True(reader.TornLines == 0 || file.Contains($"-{victim.Id}-", StringComparison.Ordinal), $"{file} is torn.");
            torn += reader.TornLines;
        }

        Guid[] acknowledged = Acknowledged(runs);
        Assert.InRange(torn, 0, 1);
        Assert.InRange(acknowledged.Length, ((Processes - 1) * Threads * RecordsPerThread) + 1, (Processes * Threads * RecordsPerThread) - 1);
        Assert.Empty(acknowledged.Except(written));
    }

    [Fact]
    public async Task A_kill_at_any_moment_takes_no_acknowledged_record()
    {
        // 200 kills: MAGSAG_KILL_ROUNDS=200 dotnet test tests/Magsag.Runtime.Tests --filter A_kill_at_any_moment
        int rounds = int.TryParse(Environment.GetEnvironmentVariable("MAGSAG_KILL_ROUNDS"), out int asked) ? asked : 20;
        for (int round = 0; round < rounds; round++)
        {
            using var runs = new RunsDirectory();
            using Process writer = LedgerProcess.Start(runs, "append", Threads, int.MaxValue);
            await UntilItHasWritten(runs, writer, notes: 1);
            await Task.Delay(Random.Shared.Next(100));
            writer.Kill();
            await writer.WaitForExitAsync();

            Assert.Equal(KilledExitCode, writer.ExitCode);
            Assert.NotEmpty(Acknowledged(runs));
            Assert.Empty(Acknowledged(runs).Except(runs.Records().Select(record => record.Id)));
        }
    }

    [Theory]
    [InlineData("exit", 0)]
    [InlineData("throw", 134)]
    public async Task A_process_that_ends_without_closing_its_ledger_writes_what_is_left(string how, int exitCode)
    {
        using var runs = new RunsDirectory();
        using Process writer = LedgerProcess.Start(runs, how, Threads, 10);

        await writer.WaitForExitAsync();

        Assert.Equal((exitCode, Threads * 10), (writer.ExitCode, runs.Records().Count));
    }

    [Fact]
    public async Task A_full_disk_never_fails_the_app_and_what_is_lost_is_counted()
    {
        const int Blocks = 64;
        using var runs = new RunsDirectory();
        using Process writer = LedgerProcess.StartWithFullDisk(runs, Blocks, Threads, RecordsPerThread);

        int lost = int.Parse(await writer.StandardOutput.ReadToEndAsync(), System.Globalization.CultureInfo.InvariantCulture);
        await writer.WaitForExitAsync();

        Assert.Equal(0, writer.ExitCode);
        Assert.InRange(lost, 1, Threads * RecordsPerThread);
        Assert.Equal((Threads * RecordsPerThread) - lost, runs.Records().Count);
    }

    private static async Task UntilItHasWritten(RunsDirectory runs, Process process, int notes)
    {
        const int BytesPerNote = 33;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (await timer.WaitForNextTickAsync() && !process.HasExited)
        {
            if (Directory.GetFiles(runs.Notes, $"{process.Id}-*.acknowledged").Sum(file => new FileInfo(file).Length) >= notes * BytesPerNote)
            {
                return;
            }
        }

        Assert.Fail("The process ended before it could be killed.");
    }

    private static Guid[] Acknowledged(RunsDirectory runs) =>
        [.. Directory.GetFiles(runs.Notes, "*.acknowledged").SelectMany(WholeLines).Select(line => Guid.ParseExact(line, "N"))];

    // The note of the killed process may itself break off.
    private static IEnumerable<string> WholeLines(string path) => File.ReadAllText(path).Split('\n').SkipLast(1);
}
