using System.Data.Common;
using Magsag.Ledger.Records;

namespace Magsag.Storage;

/// <summary>The columns of a whole record in a result, and the record that they make.</summary>
internal static class RecordRows
{
    /// <summary>Joins what corrections say to records <c>r</c>.</summary>
    public const string JoinCorrection = " LEFT JOIN correction c ON r.outcome = 4 AND c.ts = r.ts AND c.id = r.id";

    private const int CostColumn = 11;

    public static string Columns(SqlDialect dialect) =>
        "r.ts, r.id, r.outcome, r.usage_source, r.input_tokens, r.cached_input_tokens, r.cache_write_tokens, r.cache_write_1h_tokens, r.output_tokens, r.reasoning_tokens, u.run_id, "
        + string.Join(", ", dialect.CostColumns.Concat(dialect.AvoidedColumns).Select(static column => "r." + column))
        + ", r.duration_ms, r.quality, r.parent_run_id, r.call_id, s.agent, s.customer, s.billing_tier, s.tags, s.provider, s.model, s.requested_model, s.operation, s.service_tier, s.batch, s.price_id, s.test, s.site, s.member, s.module, s.experiment, s.variant, s.usage_issue, s.region, r.extras, c.corrects, c.corrected_at, c.reason, c.was_unknown";

    public static LedgerRecord Read(DbDataReader row, SqlDialect dialect)
    {
        int column = CostColumn;
        decimal? cost = dialect.ReadCost(row, ref column), avoided = dialect.ReadCost(row, ref column);
        return new LedgerRecord
        {
            Timestamp = new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero),
            Id = dialect.ReadGuid(row, 1),
            Outcome = (CallOutcome)row.GetInt32(2),
            UsageSource = (UsageSource)row.GetInt32(3),
            InputTokens = Count(row, 4),
            CachedInputTokens = Count(row, 5),
            CacheWriteTokens = Count(row, 6),
            CacheWriteOneHourTokens = Count(row, 7),
            OutputTokens = Count(row, 8),
            ReasoningTokens = Count(row, 9),
            RunId = Text(row, 10),
            CostUsd = cost,
            AvoidedUsd = avoided,
            DurationMilliseconds = Measure(row, column),
            Quality = Measure(row, column + 1),
            ParentRunId = Text(row, column + 2),
            CallId = Text(row, column + 3),
            Agent = Text(row, column + 4),
            Customer = Text(row, column + 5),
            BillingTier = Text(row, column + 6),
            Tags = TagText.Parse(Text(row, column + 7)),
            Provider = Text(row, column + 8),
            Model = Text(row, column + 9),
            RequestedModel = Text(row, column + 10),
            Operation = row.GetString(column + 11),
            ServiceTier = Text(row, column + 12),
            Batch = row.GetInt32(column + 13) != 0,
            PriceId = Text(row, column + 14),
            Test = Text(row, column + 15),
            Site = Text(row, column + 16),
            Member = Text(row, column + 17),
            Module = row.IsDBNull(column + 18) ? null : dialect.ReadGuid(row, column + 18),
            Experiment = Text(row, column + 19),
            Variant = Text(row, column + 20),
            UsageIssue = Text(row, column + 21),
            Region = Text(row, column + 22),
            Extras = ExtrasText.Parse(Text(row, column + 23)),
            Correction = row.IsDBNull(column + 24) ? null : ReadCorrection(row, column + 24, dialect),
        };
    }

    private static LedgerCorrection ReadCorrection(DbDataReader row, int column, SqlDialect dialect) =>
        new(dialect.ReadGuid(row, column), new DateTimeOffset(row.GetInt64(column + 1), TimeSpan.Zero), row.GetString(column + 2)) { WasUnknown = row.GetInt32(column + 3) != 0 };

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long? Count(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static double? Measure(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
