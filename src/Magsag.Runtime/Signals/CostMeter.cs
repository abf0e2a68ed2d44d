using System.Diagnostics;
using System.Diagnostics.Metrics;
using Magsag.Gating;

namespace Magsag.Runtime;

/// <summary>The metrics of the meter <c>Magsag</c>; they cost next to nothing while nobody listens.</summary>
/// <remarks>Tags are few and take few values: what was called and how it ended. Runs, customers and tests are in the ledger, where they cost no time series.</remarks>
internal static class CostMeter
{
    private const double MillisecondsPerSecond = 1000;

    private static readonly Meter Meter = new("Magsag");

    // The buckets that OpenTelemetry's GenAI conventions ask for.
    private static readonly InstrumentAdvice<long> TokenBuckets = new() { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864] };
    private static readonly InstrumentAdvice<double> DurationBuckets = new() { HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] };

    private static readonly Histogram<long> Tokens = Meter.CreateHistogram("gen_ai.client.token.usage", "{token}", "Input and output tokens of recorded calls.", [], TokenBuckets);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram("gen_ai.client.operation.duration", "s", "How long recorded calls took.", [], DurationBuckets);

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("magsag.calls", "{call}", "Recorded calls.");

    // OpenTelemetry exports no decimals. A metric is a signal; exact money is in the ledger.
    private static readonly Counter<double> Cost = Meter.CreateCounter<double>("magsag.cost", "USD", "Known cost of recorded calls.");

    public static Counter<long> Crossings { get; } = Meter.CreateCounter<long>("magsag.thresholds.crossed", "{crossing}", "Cost thresholds that were crossed.");

    public static Counter<long> Dropped { get; } = Meter.CreateCounter<long>("magsag.records.dropped", "{record}", "Records dropped because the queue was full.");

    public static Counter<long> Lost { get; } = Meter.CreateCounter<long>("magsag.records.lost", "{record}", "Records that couldn't be written.");

    public static Counter<long> Faults { get; } = Meter.CreateCounter<long>("magsag.faults", "{fault}", "Faults of the recorder itself; the app's calls went on.");

    public static Counter<long> Overruns { get; } = Meter.CreateCounter<long>("magsag.budget.overruns", "{call}", "Calls that took more than was reserved for them.");

    /// <summary>Measures a recorded call. What is unknown isn't measured; a cache hit is a call, but neither spends tokens nor money.</summary>
    public static void Measure(LedgerRecord record)
    {
        if (!Calls.Enabled && !Cost.Enabled && !Tokens.Enabled && !Duration.Enabled)
        {
            return;
        }

        TagList tags = TagsOf(record);
        Calls.Add(1, [.. tags, new("magsag.outcome", OutcomeOf(record.Outcome))]);
        if (record.CostUsd is { } cost and > 0)
        {
            Cost.Add((double)cost, tags);
        }

        if (record.Outcome == CallOutcome.CacheHit)
        {
            return;
        }

        MeasureTokens(record.InputTokens, "input", tags);
        MeasureTokens(record.OutputTokens, "output", tags);
        if (record.DurationMilliseconds is { } milliseconds)
        {
            Duration.Record(milliseconds / MillisecondsPerSecond, record.Outcome is CallOutcome.Ok ? tags : [.. tags, new("error.type", OutcomeOf(record.Outcome))]);
        }
    }

    private static void MeasureTokens(long? tokens, string type, TagList tags)
    {
        if (tokens is { } count)
        {
            Tokens.Record(count, [.. tags, new("gen_ai.token.type", type)]);
        }
    }

    private static TagList TagsOf(LedgerRecord record)
    {
        var tags = new TagList { { "gen_ai.operation.name", record.Operation } };
        Add(ref tags, "gen_ai.provider.name", record.Provider);
        Add(ref tags, "gen_ai.request.model", record.RequestedModel);
        Add(ref tags, "gen_ai.response.model", record.Model);
        return tags;
    }

    private static void Add(ref TagList tags, string name, string? value)
    {
        if (value is not null)
        {
            tags.Add(name, value);
        }
    }

    private static string OutcomeOf(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Ok => "ok",
        CallOutcome.CacheHit => "cache_hit",
        CallOutcome.Cancelled => "cancelled",
        _ => "error",
    };
}
