using System.Diagnostics;
using System.Globalization;
using Magsag.Storage.Ingest;
using Magsag.Storage.Stores;

namespace Magsag.Storage.Benchmarks;

/// <summary>
/// Measures how many records a second get from ledgers into a store, with everything that a query needs, beside the least that the same
/// database takes for the same lines: reading them and putting them into a table without an index.
/// </summary>
internal static class Ingest
{
    public static async Task RunAsync(IReadOnlyList<string> ledgers, string address)
    {
        bool isPostgres = address.StartsWith("postgres", StringComparison.Ordinal);
        double target = isPostgres ? 50_000 : 100_000;
        await using ICostStore store = await CostStore.OpenAsync(address);
        long start = Stopwatch.GetTimestamp();
        IngestResult result = await store.IngestAsync(ledgers);
        double rate = RateSince(start, result.Records);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{store.Location}: {result.Records:#,##0} records, {rate:#,##0} a second ({rate / target:0.00} of the {target:#,##0} asked for), {result.Problems.Count} problems, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"));

        start = Stopwatch.GetTimestamp();
        double bare = RateSince(start, isPostgres ? await BareInserts.CopyAsync(ledgers, new Uri(address)) : BareInserts.Insert(ledgers, address + ".bare"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bare {(isPostgres ? "COPY" : "INSERT")} of the same records: {bare:#,##0} a second (ratio {rate / bare:0.00})"));
    }

    private static double RateSince(long start, long records) => records / Stopwatch.GetElapsedTime(start).TotalSeconds;
}
