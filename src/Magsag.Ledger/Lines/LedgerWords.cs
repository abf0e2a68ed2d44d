using Magsag.Ledger.Records;

namespace Magsag.Ledger.Lines;

/// <summary>The words that stand in ledger lines for enumeration values.</summary>
internal static class LedgerWords
{
    /// <summary>What <c>cost_bound</c> says of a cost that is the least that a call cost.</summary>
    public const string LowerBound = "lower";

    public static ReadOnlySpan<byte> WordFor(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Ok => "ok"u8,
        CallOutcome.Error => "error"u8,
        CallOutcome.Cancelled => "cancelled"u8,
        CallOutcome.CacheHit => "cache_hit"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    public static ReadOnlySpan<byte> WordFor(UsageSource source) => source switch
    {
        UsageSource.Unknown => "unknown"u8,
        UsageSource.Reported => "reported"u8,
        UsageSource.Counted => "counted"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, null),
    };

    /// <summary>The outcome that a word means; null when no outcome is called that.</summary>
    public static CallOutcome? Outcome(string? word) => word switch
    {
        "ok" => CallOutcome.Ok,
        "error" => CallOutcome.Error,
        "cancelled" => CallOutcome.Cancelled,
        "cache_hit" => CallOutcome.CacheHit,
        _ => null,
    };

    /// <summary>The usage source that a word means; null when none is called that.</summary>
    public static UsageSource? Source(string? word) => word switch
    {
        "unknown" => UsageSource.Unknown,
        "reported" => UsageSource.Reported,
        "counted" => UsageSource.Counted,
        _ => null,
    };
}
