using System.Diagnostics.Metrics;

namespace Magsag.Runtime.Diagnostics;

/// <summary>The instruments of the meter <c>Magsag</c>. One that a listener keeps from being made is null: its measurements are lost, the app's calls aren't.</summary>
internal sealed class CostInstruments : IDisposable
{
    // The buckets that OpenTelemetry's GenAI conventions ask for.
    private static readonly InstrumentAdvice<long> TokenBuckets = new() { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864] };
    private static readonly InstrumentAdvice<double> DurationBuckets = new() { HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] };

    private readonly Meter _meter = new("Magsag");

    public CostInstruments()
    {
        Tokens = TryMake(() => _meter.CreateHistogram("gen_ai.client.token.usage", "{token}", "Input and output tokens of recorded calls.", [], TokenBuckets));
        Duration = TryMake(() => _meter.CreateHistogram("gen_ai.client.operation.duration", "s", "How long recorded calls took.", [], DurationBuckets));
        Calls = TryMake(() => _meter.CreateCounter<long>("magsag.calls", "{call}", "Recorded calls."));
        Cost = TryMake(() => _meter.CreateCounter<double>("magsag.cost", "USD", "Known cost of recorded calls."));
        Crossings = TryMake(() => _meter.CreateCounter<long>("magsag.thresholds.crossed", "{crossing}", "Cost thresholds that were crossed."));
        Dropped = TryMake(() => _meter.CreateCounter<long>("magsag.records.dropped", "{record}", "Records dropped because the queue was full."));
        Lost = TryMake(() => _meter.CreateCounter<long>("magsag.records.lost", "{record}", "Records that couldn't be written."));
        Faults = TryMake(() => _meter.CreateCounter<long>("magsag.faults", "{fault}", "Faults of the recorder itself, and of loggers, listeners and handlers that it calls; the app's calls went on."));
        Overruns = TryMake(() => _meter.CreateCounter<long>("magsag.budget.overruns", "{call}", "Calls that took more than was reserved for them."));
    }

    public Histogram<long>? Tokens { get; }

    public Histogram<double>? Duration { get; }

    public Counter<long>? Calls { get; }

    // OpenTelemetry exports no decimals. A metric is a signal; exact money is in the ledger.
    public Counter<double>? Cost { get; }

    public Counter<long>? Crossings { get; }

    public Counter<long>? Dropped { get; }

    public Counter<long>? Lost { get; }

    public Counter<long>? Faults { get; }

    public Counter<long>? Overruns { get; }

    /// <summary>How many instruments couldn't be made.</summary>
    public int Missing { get; private set; }

    public void Dispose() => _meter.Dispose();

    // Publishing an instrument calls every MeterListener of the app.
    private TInstrument? TryMake<TInstrument>(Func<TInstrument> make)
        where TInstrument : Instrument
    {
        try
        {
            return make();
        }
        catch (Exception)
        {
            Missing++;
            return null;
        }
    }
}
