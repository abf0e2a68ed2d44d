using System.Diagnostics;
using Magsag.Gating;

namespace Magsag.Runtime.Tests;

public sealed class CrashTests
{
    private const int Processes = 8;
    private const int Threads = 4;
    private const int RecordsPerThread = 10_000;

    [Fact]
    public async Task No_acknowledged_record_is_missing_though_one_of_eight_writing_processes_is_killed()
    {
        using var runs = new RunsDirectory();
        Process[] writers = [.. Enumerable.Range(0, Processes).Select(_ => Start(runs))];
        Process victim = writers[0];
        await UntilItHasWritten(runs, victim);
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

        Guid[] acknowledged = [.. Directory.GetFiles(runs.Notes, "*.acknowledged").SelectMany(WholeLines).Select(line => Guid.ParseExact(line, "N"))];
        Assert.InRange(torn, 0, 1);
        Assert.InRange(acknowledged.Length, ((Processes - 1) * Threads * RecordsPerThread) + 1, (Processes * Threads * RecordsPerThread) - 1);
        Assert.Empty(acknowledged.Except(written));
    }

    private static Process Start(RunsDirectory runs)
    {
        var start = new ProcessStartInfo("dotnet");
        foreach (string argument in new[] { Path.Combine(AppContext.BaseDirectory, "Magsag.Runtime.CrashWriter.dll"), runs.Path, runs.Notes, $"{Threads}", $"{RecordsPerThread}" })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static async Task UntilItHasWritten(RunsDirectory runs, Process process)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (await timer.WaitForNextTickAsync() && !process.HasExited)
        {
            if (Directory.GetFiles(runs.Notes, $"{process.Id}-*.acknowledged").Sum(file => new FileInfo(file).Length) > 20_000)
            {
                return;
            }
        }

        Assert.Fail("The process ended before it could be killed.");
    }

    // The note of the killed process may itself break off.
    private static IEnumerable<string> WholeLines(string path) => File.ReadAllText(path).Split('\n').SkipLast(1);
}
