using System.Diagnostics;
using System.Globalization;
using Magsag.Gating;

namespace Magsag.Storage.Tests;

public sealed class CrashTests
{
    private const int Records = 60_000;
    private const int LedgerCount = 6;

    /// <summary>How often an ingest is killed; MAGSAG_KILLS=200 for the full count.</summary>
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("MAGSAG_KILLS") ?? "4", CultureInfo.InvariantCulture);

    [Theory, EveryStore]
    public async Task Ingests_that_are_killed_lose_nothing_and_double_nothing(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        LedgerRecord[] records = WriteLedgers(test.Runs);
        var random = new Random(1);
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process ingester = Start(test);
            await ingester.StandardOutput.ReadLineAsync();

            // Whether it dies at its beginning, in a batch or between two is left to chance; both orders of events are right.
            await Task.Delay(random.Next(400));
            ingester.Kill();
            await ingester.WaitForExitAsync();
        }

        await test.IngestAsync();

        await Conservation.AssertAsync(test.Store, records);
    }

    [Theory, EveryStore]
    public async Task Two_processes_that_ingest_at_once_take_each_record_once(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        LedgerRecord[] records = WriteLedgers(test.Runs);
        using Process first = Start(test);
        using Process second = Start(test);

        string[] printed = await Task.WhenAll(first.StandardOutput.ReadToEndAsync(), second.StandardOutput.ReadToEndAsync());

        Assert.Equal(Records, printed.Sum(text => long.Parse(text.Split('\n')[1], CultureInfo.InvariantCulture)));
        await Conservation.AssertAsync(test.Store, records);
    }

    private static LedgerRecord[] WriteLedgers(RunsDirectory runs)
    {
        LedgerRecord[] records = [.. Calls.Random(20, Records)];
        for (int file = 0; file < LedgerCount; file++)
        {
            runs.Append($"file-{file}", records.Skip(file * Records / LedgerCount).Take(Records / LedgerCount));
        }

        return records;
    }

    private static Process Start(TestStore test)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (string argument in new[] { Path.Combine(AppContext.BaseDirectory, "Magsag.Storage.CrashIngester.dll"), test.Runs.Path, test.Address })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
