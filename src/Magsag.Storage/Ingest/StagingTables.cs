using Magsag.Storage.Schema;

namespace Magsag.Storage.Ingest;

/// <summary>The tables of the connection's own into which a batch is loaded, and from which the statements of <see cref="IngestScript"/> bring it into the store.</summary>
internal sealed class StagingTables
{
    private static readonly int[] AccountLabels = SeriesLabel.IndexesOf(StoreTables.AccountLabels);
    private static readonly int[] AttributionLabels = SeriesLabel.IndexesOf(StoreTables.AttributionLabels);
    private static readonly (RollUp RollUp, int[] Labels)[] RollUps = [.. RollUp.All.Select(static rollUp => (rollUp, SeriesLabel.IndexesOf(rollUp.Labels)))];

    private readonly IReadOnlyList<Column> _words;

    public StagingTables(SqlDialect dialect)
    {
        _words = [.. dialect.WordColumns.Select(static column => column with { Type = ColumnType.Text })];
        Series = new Table("batch_series", [.. LoadedOfSeries, new("id", ColumnType.Long), new("attribution", ColumnType.Long)], "number");
    }

    /// <summary>The series, with the hashes that are keys of other tables.</summary>
    public Table Series { get; }

    public static Table Tag { get; } = new("batch_tag", [new("series", ColumnType.Integer), new("name", ColumnType.Text), new("value", ColumnType.Text)]);

    /// <summary>The runs, with what is known of each from the batch.</summary>
    public static Table Run { get; } = new(
        "batch_run",
        [
            .. LoadedOfRun, new("id", ColumnType.Long), new("first_ts", ColumnType.Long), new("first_id", ColumnType.Uuid), new("first_series", ColumnType.Long),
            new("last_ts", ColumnType.Long), new("last_id", ColumnType.Uuid), new("outcome", ColumnType.Integer), new("attribution", ColumnType.Long),
        ],
        "number");

    public static Table Record { get; } = new(
        "batch_record",
        [
            new("ts", ColumnType.Long), new("id", ColumnType.Uuid), new("series", ColumnType.Integer), new("run", ColumnType.Integer),
            .. RecordColumn.All.Concat(RecordColumn.OfCorrections).Select(static column => column.Column with { IsRequired = false }),
        ]);

    /// <summary>The records added up by day, series and outcome.</summary>
    public static Table Sum { get; } = new(
        "batch_sum",
        [
            new("day", ColumnType.Integer), new("series", ColumnType.Integer), new("outcome", ColumnType.Integer), new("first_ts", ColumnType.Long), new("last_ts", ColumnType.Long),
            .. SumColumns.All,
        ]);

    /// <summary>The range of each number by day.</summary>
    public static Table Number { get; } = new("batch_number", StoreTables.DailyNumber.Columns);

    /// <summary>The first and the last record of each run.</summary>
    public static Table RunEdge { get; } = new(
        "batch_run_edge",
        [new("run", ColumnType.Integer), new("series", ColumnType.Integer), new("id", ColumnType.Uuid), new("outcome", ColumnType.Integer), new("position", ColumnType.Long), new("next_ts", ColumnType.Long)]);

    /// <summary>The attributions of each run's calls.</summary>
    public static Table RunAttribution { get; } = new("batch_run_attribution", [new("run", ColumnType.Integer), new("attribution", ColumnType.Long)]);

    public IReadOnlyList<Table> All => [Series, Tag, Run, Record, Number, Sum, RunEdge, RunAttribution];

    /// <summary>The columns of series that are loaded.</summary>
    public IReadOnlyList<Column> LoadedOfSeries =>
    [
        new("number", ColumnType.Integer), new("key", ColumnType.Uuid), new("account_key", ColumnType.Uuid), new("attribution_key", ColumnType.Uuid),
        .. RollUps.Select(static entry => new Column(entry.RollUp.KeyColumn, ColumnType.Uuid)),
        .. SeriesLabel.All.Select(static label => label.Column), .. _words,
    ];

    /// <summary>The columns of runs that are loaded.</summary>
    public static IReadOnlyList<Column> LoadedOfRun => [new("number", ColumnType.Integer), new("run_id", ColumnType.Text)];

    /// <summary>The rows of the series of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="writeWords">Writes the words of a series, where the dialect has columns for them.</param>
    public static IEnumerable<object?[]> RowsOfSeries(IngestBatch batch, Func<Series, string>? writeWords)
    {
        for (int number = 0; number < batch.Series.Count; number++)
        {
            Series series = batch.Series[number];
            yield return
            [
                number, series.Key, series.KeyOf(AccountLabels), series.KeyOf(AttributionLabels), .. RollUps.Select(entry => (object?)series.KeyOf(entry.Labels)),
                .. SeriesLabel.All.Select((label, index) => label.ToValue(series.Labels[index])), .. writeWords is null ? (object?[])[] : [writeWords(series)],
            ];
        }
    }

    public static IEnumerable<object?[]> RowsOfTags(IngestBatch batch)
    {
        int tags = SeriesLabel.IndexesOf([SeriesLabel.TagsName])[0];
        return batch.Series.Index().Where(series => series.Item.Labels[tags] is not null)
            .SelectMany(series => Schema.Series.ParseTags(series.Item.Labels[tags]) ?? new Dictionary<string, string>(), static (series, tag) => new object?[] { series.Index, tag.Key, tag.Value });
    }

    public static IEnumerable<object?[]> RowsOfRuns(IngestBatch batch) => batch.Runs.Select(static (run, number) => new object?[] { number, run });

    /// <summary>The rows of records: one array, filled anew for each of them.</summary>
    public static IEnumerable<object?[]> RowsOfRecords(IEnumerable<BatchRecord> records)
    {
        object?[] row = new object?[Record.Columns.Count];
        foreach (BatchRecord record in records)
        {
            row[0] = record.Record.Timestamp.UtcTicks;
            row[1] = record.Record.Id;
            row[2] = record.Series;
            row[3] = record.Run;
            int column = 4;
            foreach (RecordColumn value in RecordColumn.All)
            {
                row[column++] = value.Get(record.Record);
            }

            foreach (RecordColumn value in RecordColumn.OfCorrections)
            {
                row[column++] = record.Record.Correction is null ? null : value.Get(record.Record);
            }

            yield return row;
        }
    }
}
