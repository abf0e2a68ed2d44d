using System.Diagnostics;
using System.Globalization;

namespace Magsag.Storage.Benchmarks;

/// <summary>Measures how many records a second get from ledgers into a store, with everything that a query needs.</summary>
internal static class Ingest
{
    public static async Task RunAsync(IReadOnlyList<string> ledgers, string address)
    {
        double target = address.StartsWith("postgres", StringComparison.Ordinal) ? 50_000 : 100_000;
        await using ICostStore store = await CostStore.OpenAsync(address);
        long start = Stopwatch.GetTimestamp();
        IngestResult result = await store.IngestAsync(ledgers);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double rate = result.Records / seconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{store.Location}: {result.Records:#,##0} records in {seconds:0.0} s = {rate:#,##0} a second ({rate / target:0.00} of the {target:#,##0} asked for), {result.Problems.Count} problems, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"));
    }
}
