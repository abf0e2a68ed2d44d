using Magsag.Ledger.Records;
using Magsag.Ledger.Summaries;

namespace Magsag.Storage;

/// <summary>A record on its way into the store: what it has in common with others is a number in its batch, so that a batch is one block of memory.</summary>
internal readonly record struct RecordRow
{
    /// <summary>The number of no run.</summary>
    public const int NoRun = -1;

    public required RecordCursor Cursor { get; init; }

    /// <summary>The number of its series in the batch.</summary>
    public required int Series { get; init; }

    /// <summary>The number of its run in the batch, or <see cref="NoRun"/>.</summary>
    public required int Run { get; init; }

    public required CallOutcome Outcome { get; init; }

    public required UsageSource UsageSource { get; init; }

    public required long? InputTokens { get; init; }

    public required long? CachedInputTokens { get; init; }

    public required long? CacheWriteTokens { get; init; }

    public required long? CacheWriteOneHourTokens { get; init; }

    public required long? OutputTokens { get; init; }

    public required long? ReasoningTokens { get; init; }

    public required UsageExtras? Extras { get; init; }

    public required decimal? CostUsd { get; init; }

    public required decimal? AvoidedUsd { get; init; }

    public required double? DurationMilliseconds { get; init; }

    public required double? Quality { get; init; }

    public required string? ParentRunId { get; init; }

    public required string? CallId { get; init; }

    public required LedgerCorrection? Correction { get; init; }

    public int Day => (int)(Cursor.Ticks / TimeSpan.TicksPerDay);

    public static RecordRow Of(LedgerRecord record, int series, int run) => new()
    {
        Cursor = RecordCursor.Of(record),
        Series = series,
        Run = run,
        Outcome = record.Outcome,
        UsageSource = record.UsageSource,
        InputTokens = record.InputTokens,
        CachedInputTokens = record.CachedInputTokens,
        CacheWriteTokens = record.CacheWriteTokens,
        CacheWriteOneHourTokens = record.CacheWriteOneHourTokens,
        OutputTokens = record.OutputTokens,
        ReasoningTokens = record.ReasoningTokens,
        Extras = record.Extras,
        CostUsd = record.CostUsd,
        AvoidedUsd = record.AvoidedUsd,
        DurationMilliseconds = record.DurationMilliseconds,
        Quality = record.Quality,
        ParentRunId = StorableText.Of(record.ParentRunId),
        CallId = StorableText.Of(record.CallId),
        Correction = record.Correction,
    };

    /// <summary>What the record adds to totals.</summary>
    public CallFigures Figures() => new(
        Outcome,
        UsageSource,
        InputTokens ?? 0,
        CachedInputTokens ?? 0,
        CacheWriteTokens ?? 0,
        CacheWriteOneHourTokens ?? 0,
        OutputTokens ?? 0,
        ReasoningTokens ?? 0,
        Extras,
        CostUsd,
        Correction?.WasUnknown == true);
}
