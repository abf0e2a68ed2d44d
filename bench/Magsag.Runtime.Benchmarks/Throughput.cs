using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Magsag.Runtime.Benchmarks;

/// <summary>Records from eight threads until all of them are on the disk, beside a recorder that locks and appends text.</summary>
internal static class Throughput
{
    private const int Threads = 8;
    private const int Records = 4_000_000;
    private const int NaiveRecords = 80_000;
    private const double Target = 1_000_000;

    public static async Task RunAsync(string directory)
    {
        double ours = await MeasureLedgerAsync(Path.Combine(directory, "throughput"));
        double naive = MeasureNaive(Path.Combine(directory, "naive.jsonl"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Threads} threads to disk: {ours:0} records/s ({ours / Target:0.00} of the {Target:0} aimed at); lock + File.AppendAllText {naive:0} records/s (ratio {ours / naive:0.0})"));
    }

    private static async Task<double> MeasureLedgerAsync(string runs)
    {
        long start = Stopwatch.GetTimestamp();
        await using (var ledger = new CostLedger(runs))
        {
            OnAllThreads(Records, number => ledger.Enqueue(Record(number)));
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        int written = Directory.GetFiles(Path.Combine(runs, "costs")).Sum(static file => File.ReadLines(file).Count() - 1);
        return written == Records ? Records / seconds : throw new InvalidOperationException($"{written} of {Records} records were written.");
    }

    private static double MeasureNaive(string path)
    {
        var gate = new Lock();
        long start = Stopwatch.GetTimestamp();
        OnAllThreads(NaiveRecords, number =>
        {
            var line = new ArrayBufferWriter<byte>();
            new LedgerLineWriter(line).Write(Record(number));
            string text = Encoding.UTF8.GetString(line.WrittenSpan);
            lock (gate)
            {
                File.AppendAllText(path, text);
            }
        });
        return NaiveRecords / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void OnAllThreads(int records, Action<int> record)
    {
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            for (int number = thread; number < records; number += Threads)
            {
                record(number);
            }
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
    }

    private static LedgerRecord Record(int number) => new()
    {
        Id = RecordId.New(DateTimeOffset.UtcNow),
        Timestamp = DateTimeOffset.UtcNow,
        RunId = "run-1",
        Agent = "triage",
        Customer = "acme",
        Provider = "openai",
        Model = "gpt-4o-mini-2024-07-18",
        RequestedModel = "gpt-4o-mini",
        InputTokens = number,
        OutputTokens = 100,
        UsageSource = UsageSource.Reported,
        CostUsd = 0.000123m,
        DurationMilliseconds = 12.5,
    };
}
