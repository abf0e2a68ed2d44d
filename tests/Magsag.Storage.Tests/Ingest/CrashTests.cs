using System.Diagnostics;
using System.Globalization;
using Magsag.Gating;

namespace Magsag.Storage.Tests;

public sealed class CrashTests
{
    private const int LedgerCount = 6;
    private const int RecordsPerBatch = 600;
    private const int KilledExitCode = 128 + 9;

    private static readonly LedgerRecord[] Records = [.. Calls.Random(20, 6_000)];

    /// <summary>How many ingests are killed. 200: MAGSAG_KILLS=200 dotnet test tests/Magsag.Storage.Tests --filter CrashTests.</summary>
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("MAGSAG_KILLS") ?? "5", CultureInfo.InvariantCulture);

    [Theory, EveryStore]
    public async Task After_a_kill_at_any_moment_the_next_ingest_completes_the_store(StoreKind kind)
    {
        TimeSpan whole = await TimeOfWholeIngestAsync(kind);
        var random = new Random(1);
        int kills = 0;
        for (int attempt = 0; kills < Kills && attempt < 10 * Kills; attempt++)
        {
            await using TestStore test = await StoreBesideLedgersAsync(kind);
            kills += await IsKilledAsync(test, after: random.NextDouble() * whole) ? 1 : 0;

            await test.IngestAsync();

            await Conservation.AssertAsync(test.Store, Records);
        }

        Assert.Equal(Kills, kills);
    }

    [Theory, EveryStore]
    public async Task Two_processes_that_ingest_at_once_take_each_record_once(StoreKind kind)
    {
        await using TestStore test = await StoreBesideLedgersAsync(kind);
        using Process first = Start(test);
        using Process second = Start(test);

        string[] printed = await Task.WhenAll(first.StandardOutput.ReadToEndAsync(), second.StandardOutput.ReadToEndAsync());

        Assert.Equal(Records.Length, printed.Sum(text => long.Parse(text.Split('\n')[1], CultureInfo.InvariantCulture)));
        await Conservation.AssertAsync(test.Store, Records);
    }

    private static async Task<TimeSpan> TimeOfWholeIngestAsync(StoreKind kind)
    {
        await using TestStore test = await StoreBesideLedgersAsync(kind);
        using Process ingester = Start(test);
        await ingester.StandardOutput.ReadLineAsync();
        long begin = Stopwatch.GetTimestamp();
        await ingester.WaitForExitAsync();
        return Stopwatch.GetElapsedTime(begin);
    }

    // False when the ingest was faster than the kill.
    private static async Task<bool> IsKilledAsync(TestStore test, TimeSpan after)
    {
        using Process ingester = Start(test);
        await ingester.StandardOutput.ReadLineAsync();
        await Task.Delay(after);
        ingester.Kill();
        await ingester.WaitForExitAsync();
        return ingester.ExitCode == KilledExitCode;
    }

    private static async Task<TestStore> StoreBesideLedgersAsync(StoreKind kind)
    {
        TestStore test = await TestStore.CreateAsync(kind);
        foreach ((int number, LedgerRecord[] records) in Records.Chunk(Records.Length / LedgerCount).Index())
        {
            test.Runs.Append($"file-{number}", records);
        }

        return test;
    }

    private static Process Start(TestStore test)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Magsag.Storage.CrashIngester.dll");
        var start = new ProcessStartInfo("dotnet", [program, test.Runs.Path, test.Address, RecordsPerBatch.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        return Process.Start(start)!;
    }
}
