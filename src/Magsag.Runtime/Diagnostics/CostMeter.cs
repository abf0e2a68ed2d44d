using System.Diagnostics;
using Magsag.Ledger.Records;

namespace Magsag.Runtime.Diagnostics;

/// <summary>The metrics of the meter <c>Magsag</c>; they cost next to nothing without a listener, and what a listener throws is swallowed and counted.</summary>
/// <remarks>Tags are few and take few values: what was called and how it ended. Runs, customers and tests are in the ledger, where they cost no time series.</remarks>
internal static class CostMeter
{
    private const double MillisecondsPerSecond = 1000;

    private static readonly CostInstruments Instruments = new();

    private static long _faults = Instruments.Missing;

    /// <summary>Faults of the recorder, and of the app's loggers, listeners and handlers, since the process began.</summary>
    public static long Faults => Interlocked.Read(ref _faults);

    public static void CountFault()
    {
        Interlocked.Increment(ref _faults);
        try
        {
            Instruments.Faults?.Add(1);
        }
        catch (Exception)
        {
            // It is counted above.
        }
    }

    public static void CountDropped(long records) => Guarded(static records => Instruments.Dropped?.Add(records), records);

    public static void CountLost(long records) => Guarded(static records => Instruments.Lost?.Add(records), records);

    public static void CountOverrun() => Guarded(static calls => Instruments.Overruns?.Add(calls), 1L);

    public static void CountCrossing(string subject) => Guarded(static subject => Instruments.Crossings?.Add(1, new KeyValuePair<string, object?>("magsag.subject", subject)), subject);

    /// <summary>Whether anyone listens to what recorded calls are measured by.</summary>
    public static bool IsEnabled => Instruments is { Calls.Enabled: true } or { Cost.Enabled: true } or { Tokens.Enabled: true } or { Duration.Enabled: true };

    /// <summary>Measures a recorded call. What is unknown isn't measured; a cache hit is a call, but neither spends tokens nor money.</summary>
    public static void Measure(LedgerRecord record)
    {
        if (IsEnabled)
        {
            Guarded(MeasureCall, record);
        }
    }

    /// <summary>Lets go of the meter, so that a load context that ends isn't held by it.</summary>
    public static void Close() => Instruments.Dispose();

    private static void Guarded<T>(Action<T> measure, T value)
    {
        try
        {
            measure(value);
        }
        catch (Exception)
        {
            CountFault();
        }
    }

    private static void MeasureCall(LedgerRecord record)
    {
        TagList tags = TagsOf(record);
        Instruments.Calls?.Add(1, [.. tags, new("magsag.outcome", OutcomeOf(record.Outcome))]);
        if (record.CostUsd is { } cost and > 0)
        {
            Instruments.Cost?.Add((double)cost, tags);
        }

        if (record.Outcome == CallOutcome.CacheHit)
        {
            return;
        }

        MeasureTokens(record.InputTokens, "input", tags);
        MeasureTokens(record.OutputTokens, "output", tags);
        if (record.DurationMilliseconds is { } milliseconds)
        {
            Instruments.Duration?.Record(milliseconds / MillisecondsPerSecond, record.Outcome is CallOutcome.Ok ? tags : [.. tags, new("error.type", OutcomeOf(record.Outcome))]);
        }
    }

    private static void MeasureTokens(long? tokens, string type, TagList tags)
    {
        if (tokens is { } count)
        {
            Instruments.Tokens?.Record(count, [.. tags, new("gen_ai.token.type", type)]);
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
