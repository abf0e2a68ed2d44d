using System.Diagnostics.Metrics;

namespace Magsag.Runtime;

/// <summary>The metrics of the meter <c>Magsag</c>; they cost next to nothing while nobody listens.</summary>
internal static class CostMeter
{
    private static readonly Meter Meter = new("Magsag");

    public static Counter<long> Calls { get; } = Meter.CreateCounter<long>("magsag.calls", "{call}", "Recorded calls.");

    public static Counter<decimal> Cost { get; } = Meter.CreateCounter<decimal>("magsag.cost", "USD", "Known cost of recorded calls.");

    public static Counter<long> Tokens { get; } = Meter.CreateCounter<long>("magsag.tokens", "{token}", "Tokens of recorded calls.");

    public static Counter<long> Dropped { get; } = Meter.CreateCounter<long>("magsag.records.dropped", "{record}", "Records dropped because the queue was full.");

    public static Counter<long> Lost { get; } = Meter.CreateCounter<long>("magsag.records.lost", "{record}", "Records that couldn't be written.");

    public static Counter<long> Faults { get; } = Meter.CreateCounter<long>("magsag.faults", "{fault}", "Faults of the recorder itself; the app's calls went on.");
}
