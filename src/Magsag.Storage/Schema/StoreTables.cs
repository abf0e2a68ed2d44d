using Magsag.Ledger.Records;

namespace Magsag.Storage.Schema;

/// <summary>The tables of a store, from which every database's are generated.</summary>
/// <remarks>
/// What many calls have in common is a row of <c>series</c>, so that a record is a few numbers and words are indexed once. Records are
/// kept in the order of time; time and id together tell them apart.
/// </remarks>
internal static class StoreTables
{
    /// <summary>Is raised with each change of the tables. A store of another version is made again from its ledgers.</summary>
    public const int Version = 6;

    /// <summary>How far each ledger file was read.</summary>
    public static Table Source { get; } = new(
        "source",
        [Required("identity", ColumnType.Uuid), Required("origin", ColumnType.Text), Required("modified", ColumnType.Long), Required("byte_offset", ColumnType.Long), Required("lines", ColumnType.Integer), Required("tail", ColumnType.Uuid)],
        "identity");

    public static Table SeriesTag { get; } = new(
        "series_tag",
        [Required("series", ColumnType.Long), Required("name", ColumnType.Text), Required("value", ColumnType.Text)],
        "series", "name");

    /// <summary>Runs: when they began, with which series and whose they were, and how they ended.</summary>
    public static Table Run { get; } = new(
        "run",
        [
            new("id", ColumnType.Identity), Required("run_id", ColumnType.Text), new("first_ts", ColumnType.Long), new("first_id", ColumnType.Uuid), new("first_series", ColumnType.Long),
            new("last_ts", ColumnType.Long), new("last_id", ColumnType.Uuid), new("outcome", ColumnType.Integer), new("attribution", ColumnType.Long),
        ]);

    /// <summary>Agents, customers and models that occur together, and how many runs have each as their first, so that no question about runs reads the records.</summary>
    public static Table Attribution { get; } = new(
        "attribution",
        [new("id", ColumnType.Identity), Required("key", ColumnType.Uuid), .. AttributionLabels.Select(static label => new Column(label, ColumnType.Text)), Required("runs", ColumnType.Long)]);

    /// <summary>What a run has beside its first attribution, which is named in <c>main</c>.</summary>
    public static Table RunAttribution { get; } = new(
        "run_attribution",
        [Required("attribution", ColumnType.Long), Required("main", ColumnType.Long), Required("run", ColumnType.Long)],
        "attribution", "main", "run");

    public static Table Record { get; } = new(
        "record",
        [Required("ts", ColumnType.Long), Required("id", ColumnType.Uuid), Required("series", ColumnType.Long), new("run", ColumnType.Long), .. RecordColumn.All.Select(static column => column.Column)],
        "ts", "id");

    public static Table Correction { get; } = new(
        "correction",
        [Required("ts", ColumnType.Long), Required("id", ColumnType.Uuid), .. RecordColumn.OfCorrections.Select(static column => column.Column)],
        "ts", "id");

    /// <summary>Counts runs by the day, agent and customer of their first calls.</summary>
    public static Table DailyRun { get; } = new(
        "daily_run",
        [Required("day", ColumnType.Integer), Required("key", ColumnType.Uuid), .. AccountLabels.Select(static label => new Column(label, ColumnType.Text)), Required("runs", ColumnType.Long), Required("successful", ColumnType.Long)],
        "day", "key");

    /// <summary>The lowest and the highest value that each number has in the records of a day: a search for others needn't look into the day.</summary>
    public static Table DailyNumber { get; } = new(
        "daily_number",
        [Required("day", ColumnType.Integer), Required("field", ColumnType.Text), Required("lowest", ColumnType.Real), Required("highest", ColumnType.Real)],
        "day", "field");

    /// <summary>The labels of <see cref="Attribution"/>.</summary>
    public static IReadOnlyList<string> AttributionLabels => ["agent", "customer", "model", "requested_model"];

    /// <summary>The labels of <see cref="DailyRun"/>.</summary>
    public static IReadOnlyList<string> AccountLabels => ["agent", "customer"];

    /// <summary>The names of the numbers of a record that are searched, and the columns that hold them.</summary>
    public static IReadOnlyList<(string Field, Column Column)> Numbers { get; } =
    [
        ("cost_usd", RecordColumn.Cost),
        .. UsageCount.Columns.Select(static count => (count.Name, new Column(count.Name, ColumnType.Long))),
        ("duration_ms", new Column("duration_ms", ColumnType.Real)),
        ("quality", new Column("quality", ColumnType.Real)),
    ];

    private static IEnumerable<TableIndex> Indexes =>
    [
        new("series_key", "series", "key") { IsUnique = true },
        new("series_tag_value", "series_tag", "name, value"),
        new("run_run_id", "run", "run_id") { IsUnique = true },
        new("run_time", "run", "first_ts, last_ts, attribution", "first_ts IS NOT NULL"),
        new("attribution_key", "attribution", "key") { IsUnique = true },
        new("record_series", "record", "series, ts"),
        new("record_run", "record", "run, ts", "run IS NOT NULL"),
        new("record_outcome", "record", "outcome, ts", "outcome <> 0"),
        new("record_extras", "record", "ts", "extras IS NOT NULL"),
        .. RollUp.All.SelectMany(static rollUp => rollUp.Tables).Select(static table => new TableIndex(table.Name + "_extras", table.Name, "day", "extras IS NOT NULL")),
    ];

    /// <summary>What many records have in common.</summary>
    public static Table SeriesOf(SqlDialect dialect) => new(
        "series",
        [
            new("id", ColumnType.Identity), Required("key", ColumnType.Uuid), Required("account_key", ColumnType.Uuid), .. SeriesLabel.All.Select(static label => label.Column), .. dialect.WordColumns,
            new("first_ts", ColumnType.Long), new("last_ts", ColumnType.Long),
        ]);

    /// <summary>The statements that make an empty store.</summary>
    public static IEnumerable<string> CreateSql(SqlDialect dialect) =>
    [
        .. new[] { Source, SeriesOf(dialect), SeriesTag, Run, Attribution, RunAttribution, Record, Correction, DailyRun, DailyNumber }.Concat(RollUp.All.SelectMany(static rollUp => rollUp.Tables)).Select(dialect.CreateTable),
        .. Indexes.Select(static index => index.CreateSql),
        .. dialect.FurtherSchema,
    ];

    private static Column Required(string name, ColumnType type) => new(name, type, IsRequired: true);
}
