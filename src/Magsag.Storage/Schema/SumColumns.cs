using System.Globalization;
using Magsag.Ledger.Records;
using Magsag.Ledger.Summaries;

namespace Magsag.Storage.Schema;

/// <summary>The columns of sums, the same in every roll-up, and how the sums are made of records.</summary>
/// <remarks>
/// Sums count as <see cref="RunningTotals"/> does: a cache hit is in no figure, a failed call without usage was most likely never
/// billed, and a correction adds to the cost alone; where the cost wasn't known before, it takes the call out of those of unknown or bounded cost.
/// </remarks>
internal static class SumColumns
{
    /// <summary>The sums of what few calls have (audio, images, searches) as JSON; null where no call has any.</summary>
    public const string Extras = "extras";

    // What is a call: neither a cache hit (3) nor a correction (4).
    private const string Call = "r.outcome < 3";

    private static readonly int Unknown = (int)UsageSource.Unknown;
    private static readonly int Counted = (int)UsageSource.Counted;

    /// <summary>The columns of numbers of records and calls, and of the tokens of calls without a price.</summary>
    public static IReadOnlyList<string> CallCounts { get; } = ["records", "unmetered", "unpriced", "unpriced_tokens", "estimated", "lower_bounds"];

    /// <summary>The columns before the cost, in the order in which they are written and read.</summary>
    public static IReadOnlyList<string> Counts { get; } = [.. CallCounts, .. UsageCount.Columns.Select(static count => count.Name)];

    /// <summary>The columns of money, behind the counts.</summary>
    public static IReadOnlyList<Column> Money { get; } = [RecordColumn.Cost with { IsRequired = true }, RecordColumn.Avoided with { IsRequired = true }];

    public static IReadOnlyList<Column> All { get; } =
        [.. Counts.Select(static name => new Column(name, ColumnType.Long, IsRequired: true)), .. Money, new(Extras, ColumnType.Text)];

    /// <summary>The condition that a record is a call: neither a cache hit nor a correction.</summary>
    /// <param name="record">The alias of its table.</param>
    public static string IsCall(string record) => Call.Replace("r.", record + ".", StringComparison.Ordinal);

    /// <summary>The columns but for the extras, as a database has them.</summary>
    public static IReadOnlyList<string> NumbersOf(SqlDialect dialect) => [.. Counts, .. Money.SelectMany(dialect.NamesOf)];

    /// <summary>What the record <c>r</c> adds to each of <see cref="NumbersOf"/>.</summary>
    /// <param name="dialect">The database's dialect.</param>
    /// <param name="wasUnknown">1 for a correction of a call whose cost wasn't known, in SQL.</param>
    public static IReadOnlyList<string> AddedBy(SqlDialect dialect, string wasUnknown)
    {
        const string Tokens = "coalesce(r.input_tokens, 0) + coalesce(r.output_tokens, 0)";
        string unknownCost = $"r.{dialect.NamesOf(RecordColumn.Cost)[0]} IS NULL AND {Call}";
        string metered = string.Create(CultureInfo.InvariantCulture, $"r.usage_source <> {Unknown}");
        string corrected = $"-coalesce({wasUnknown}, 0)";
        return
        [
            "1",
            $"CASE WHEN {metered} THEN 0 WHEN {unknownCost} AND r.outcome <> 1 THEN 1 ELSE {corrected} END",
            $"CASE WHEN NOT {metered} THEN 0 WHEN {unknownCost} THEN 1 ELSE {corrected} END",
            $"CASE WHEN NOT {metered} THEN 0 WHEN {unknownCost} THEN {Tokens} ELSE {corrected} * ({Tokens}) END",
            string.Create(CultureInfo.InvariantCulture, $"CASE WHEN r.usage_source = {Counted} AND {Call} THEN 1 ELSE 0 END"),
            $"CASE WHEN r.{RecordColumn.CostBound} = 0 THEN 0 WHEN {Call} THEN 1 WHEN r.outcome = 4 THEN -1 ELSE 0 END",
            .. UsageCount.Columns.Select(static count => $"CASE WHEN {Call} THEN coalesce(r.{count.Name}, 0) ELSE 0 END"),
            .. dialect.NamesOf(RecordColumn.Cost).Select(static column => $"CASE WHEN r.outcome <> 3 THEN coalesce(r.{column}, 0) ELSE 0 END"),
            .. dialect.NamesOf(RecordColumn.Avoided).Select(static column => $"coalesce(r.{column}, 0)"),
        ];
    }

    /// <summary>Adds a row that is there already to the one that is inserted, column by column.</summary>
    public static string Grow(string table, IEnumerable<string> columns) => string.Join(", ", columns.Select(column => column == Extras
        ? $"{column} = coalesce(extras_sum({table}.{column}, excluded.{column}), {table}.{column}, excluded.{column})"
        : $"{column} = {table}.{column} + excluded.{column}"));
}
