using Magsag.Ledger.Records;
using Magsag.Ledger.Summaries;

namespace Magsag.Storage.Schema;

/// <summary>A count of usage that has a column of its own in records and sums. Tables, ingest, search and sums are generated from <see cref="All"/>.</summary>
/// <param name="Name">The column, named as in the ledger.</param>
/// <param name="Get">Reads the count off a record.</param>
/// <param name="With">Sets it on a record.</param>
/// <param name="WithTotal">Sets it on totals.</param>
internal sealed record UsageColumn(
    string Name,
    Func<LedgerRecord, long?> Get,
    Func<LedgerRecord, long, LedgerRecord> With,
    Func<TokenTotals, long, TokenTotals> WithTotal)
{
    /// <summary>All of them, in the order of their columns.</summary>
    public static IReadOnlyList<UsageColumn> All { get; } =
    [
        new("input_tokens", static record => record.InputTokens, static (record, count) => record with { InputTokens = count }, static (totals, count) => totals with { InputTokens = count }),
        new("cached_input_tokens", static record => record.CachedInputTokens, static (record, count) => record with { CachedInputTokens = count }, static (totals, count) => totals with { CachedInputTokens = count }),
        new("cache_write_tokens", static record => record.CacheWriteTokens, static (record, count) => record with { CacheWriteTokens = count }, static (totals, count) => totals with { CacheWriteTokens = count }),
        new("cache_write_1h_tokens", static record => record.CacheWriteOneHourTokens, static (record, count) => record with { CacheWriteOneHourTokens = count }, static (totals, count) => totals with { CacheWriteOneHourTokens = count }),
        new("output_tokens", static record => record.OutputTokens, static (record, count) => record with { OutputTokens = count }, static (totals, count) => totals with { OutputTokens = count }),
        new("reasoning_tokens", static record => record.ReasoningTokens, static (record, count) => record with { ReasoningTokens = count }, static (totals, count) => totals with { ReasoningTokens = count }),
    ];
}
