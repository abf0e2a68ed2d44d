using System.Diagnostics;
using System.Globalization;
using Magsag.Pricing;

namespace Magsag.Runtime.Benchmarks;

/// <summary>What recording one call costs the code that makes it: pricing, attribution and handing over, while another thread writes.</summary>
internal static class CallerPath
{
    private const int Rounds = 60;
    private const int CallsPerRound = 20_000;
    private const double TargetMicroseconds = 2;
    private const double TargetBytes = 1024;

    public static async Task RunAsync(string directory)
    {
        await using var ledger = new CostLedger(Path.Combine(directory, "caller"));
        CostRecorder recorder = CostRecorder.Create(new CostTrackingOptions { Ledger = ledger }, null, new RecordingHost());
        List<double> microseconds = [];
        double bytes = 0;
        using CostScope scope = CostScope.Begin(agent: "triage", customer: "acme");
        for (int round = 0; round < Rounds; round++)
        {
            (double time, bytes) = Measure(recorder);
            microseconds.Add(time);

            // The queue holds a whole round, so that a round never waits for the disk.
            await ledger.FlushAsync();
        }

        double median = microseconds.Skip(Rounds / 3).Order().ElementAt(Rounds / 3);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"record one call: median {median:0.00} us ({median / TargetMicroseconds:0.00} of the {TargetMicroseconds} us allowed), {bytes:0} B ({bytes / TargetBytes:0.00} of the {TargetBytes} B allowed)"));
    }

    private static (double Microseconds, double Bytes) Measure(CostRecorder recorder)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < CallsPerRound; call++)
        {
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
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        return (elapsed.TotalMicroseconds / CallsPerRound, (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)CallsPerRound);
    }
}
