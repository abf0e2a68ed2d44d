using Magsag.Ledger.Records;

namespace Magsag.Ledger.Summaries;

/// <summary>What one billable call or a correction adds to totals; counts that aren't known are 0, because they add nothing.</summary>
internal readonly record struct CallFigures(
    CallOutcome Outcome,
    UsageSource UsageSource,
    long InputTokens,
    long CachedInputTokens,
    long CacheWriteTokens,
    long CacheWriteOneHourTokens,
    long OutputTokens,
    long ReasoningTokens,
    UsageExtras? Extras,
    decimal? CostUsd,
    bool WasUnknown = false)
{
    public static CallFigures Of(LedgerRecord record) => new(
        record.Outcome,
        record.UsageSource,
        record.InputTokens ?? 0,
        record.CachedInputTokens ?? 0,
        record.CacheWriteTokens ?? 0,
        record.CacheWriteOneHourTokens ?? 0,
        record.OutputTokens ?? 0,
        record.ReasoningTokens ?? 0,
        record.Extras,
        record.CostUsd,
        record.Correction?.WasUnknown == true);

    public static CallFigures Of(in RecordFields record) => new(
        record.Kind,
        record.UsageSource,
        record.InputTokens ?? 0,
        record.CachedInputTokens ?? 0,
        record.CacheWriteTokens ?? 0,
        record.CacheWriteOneHourTokens ?? 0,
        record.OutputTokens ?? 0,
        record.ReasoningTokens ?? 0,
        UsageExtras.Of(record.Extras),
        record.CostUsd,
        record.WasUnknown);
}
