using System.Diagnostics;
using System.Globalization;
using Magsag.Pricing.Tokens;

namespace Magsag.Runtime.Benchmarks;

/// <summary>What recording one call costs the code that makes it: pricing, attribution and handing over, while another thread writes.</summary>
internal static class CallerPath
{
    private const int Rounds = 60;
    private const int CallsPerRound = 10_000;
    private const double TargetMicroseconds = 1;
    private const double TargetBytes = 500;

    public static async Task RunAsync(string directory)
    {
        await RunAsync(directory, threads: 1);
        await RunAsync(directory, threads: 16);
    }

    private static async Task RunAsync(string directory, int threads)
    {
        await using var ledger = new CostLedger(Path.Combine(directory, $"caller-{threads}"));
        CostRecorder recorder = CostRecorder.Create(new CostTrackingOptions { Ledger = ledger }, null, new RecordingHost());
        var microseconds = new double[threads * CallsPerRound];
        List<(double Half, double Most)> rounds = [];
        long contentions = 0;
        double bytes = 0;
        using CostScope scope = CostScope.Begin(agent: "triage", customer: "acme");
        for (int round = 0; round < Rounds; round++)
        {
            long before = Monitor.LockContentionCount;
            bytes = Measure(recorder, threads, microseconds);
            contentions += Monitor.LockContentionCount - before;
            Array.Sort(microseconds);
            rounds.Add((microseconds[microseconds.Length / 2], microseconds[microseconds.Length * 99 / 100]));
            await ledger.FlushAsync();
        }

        // The first third warms up.
        rounds = [.. rounds.Skip(Rounds / 3).OrderBy(static round => round.Half)];
        (double half, double most) = rounds[rounds.Count / 2];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"record one call, {threads} threads: p50 {half:0.00} us ({half / TargetMicroseconds:0.00} of the {TargetMicroseconds} us allowed), p99 {most:0.00} us, {bytes:0} B ({bytes / TargetBytes:0.00} of the {TargetBytes} B allowed), {contentions} lock contentions in {(long)Rounds * threads * CallsPerRound:#,##0} calls"));
    }

    private static double Measure(CostRecorder recorder, int threads, double[] microseconds)
    {
        double bytes = 0;
        Thread[] callers = [.. Enumerable.Range(0, threads).Select(thread => new Thread(() => bytes = Call(recorder, microseconds.AsSpan(thread * CallsPerRound, CallsPerRound))))];
        Array.ForEach(callers, static caller => caller.Start());
        Array.ForEach(callers, static caller => caller.Join());
        return bytes;
    }

    private static double Call(CostRecorder recorder, Span<double> microseconds)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (int call = 0; call < microseconds.Length; call++)
        {
            long start = Stopwatch.GetTimestamp();
            recorder.Record(new CallObservation
            {
                Operation = "chat",
                Provider = "openai",
                Model = "gpt-4o-mini-2024-07-18",
                RequestedModel = "gpt-4o-mini",
                Usage = new Usage { InputTokens = 1000 + call, CachedInputTokens = 200, OutputTokens = 100 },
                Started = DateTimeOffset.UtcNow,
                DurationMilliseconds = 12.5,
            });
            microseconds[call] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        return (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)microseconds.Length;
    }
}
