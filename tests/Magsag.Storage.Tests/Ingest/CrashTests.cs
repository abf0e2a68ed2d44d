using System.Diagnostics;
using System.Globalization;
using Magsag.Ledger.Records;

namespace Magsag.Storage.Tests;

public sealed class CrashTests
{
    private const int LedgerCount = 6;
    private const int RecordsPerBatch = 600;
    private const int Batches = 10;
    private const int KilledExitCode = 128 + 9;

    // About as long as a batch takes: where it takes less, the kill comes after it, while the ingester waits.
    private static readonly TimeSpan TimeOfBatch = TimeSpan.FromMilliseconds(20);

    private static readonly LedgerRecord[] Records = [.. Calls.Random(20, 6_000)];

    /// <summary>How many ingests are killed. 200: MAGSAG_KILLS=200 dotnet test tests/Magsag.Storage.Tests --filter CrashTests.</summary>
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("MAGSAG_KILLS") ?? "5", CultureInfo.InvariantCulture);

    [Theory, EveryStore]
    public async Task After_a_kill_at_any_moment_the_next_ingest_completes_the_store(StoreKind kind)
    {
        var random = new Random(1);
        for (int kill = 0; kill < Kills; kill++)
        {
            await using TestStore test = await StoreBesideLedgersAsync(kind);
            await KillAsync(test, batches: random.Next(Batches), random.NextDouble() * TimeOfBatch);

            await test.IngestAsync();

            await Conservation.AssertAsync(test.Store, Records);
        }
    }

    [Theory, EveryStore]
    public async Task Two_processes_that_ingest_at_once_take_each_record_once(StoreKind kind)
    {
        await using TestStore test = await StoreBesideLedgersAsync(kind);
        using Process first = Start(test);
        using Process second = Start(test);

        string[] printed = await Task.WhenAll(first.StandardOutput.ReadToEndAsync(), second.StandardOutput.ReadToEndAsync());

        Assert.Equal(Records.Length, printed.Sum(text => long.Parse(text, CultureInfo.InvariantCulture)));
        await Conservation.AssertAsync(test.Store, Records);
    }

    // It can't be done before the kill, however long that takes: it waits after each batch until it is told to go on.
    private static async Task KillAsync(TestStore test, int batches, TimeSpan intoTheNext)
    {
        using Process ingester = Start(test, "step");
        for (int batch = 0; batch <= batches; batch++)
        {
            Assert.Equal("batch", await ingester.StandardOutput.ReadLineAsync());
            await ingester.StandardInput.WriteLineAsync();
        }

        await Task.Delay(intoTheNext);
        ingester.Kill();
        await ingester.WaitForExitAsync();
        Assert.Equal(KilledExitCode, ingester.ExitCode);
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

    private static Process Start(TestStore test, params string[] further)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Magsag.Storage.CrashIngester.dll");
        var start = new ProcessStartInfo("dotnet", [program, test.Runs.Path, test.Address, RecordsPerBatch.ToString(CultureInfo.InvariantCulture), .. further]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        return Process.Start(start)!;
    }
}
