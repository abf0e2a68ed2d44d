using System.Data.Common;
using Magsag.Ledger.Records;
using Magsag.Storage.Schema;

namespace Magsag.Storage.Queries;

/// <summary>Reads records back from the rows of a statement that selects <see cref="Columns"/>.</summary>
internal sealed class RecordReader
{
    /// <summary>Joins what corrections say to records <c>r</c>.</summary>
    public const string JoinCorrection = " LEFT JOIN correction c ON r.outcome = 4 AND c.ts = r.ts AND c.id = r.id";

    private readonly SqlDialect _dialect;
    private readonly Dictionary<string, int> _positions;

    public RecordReader(SqlDialect dialect)
    {
        _dialect = dialect;
        string[] columns =
        [
            "r.ts", "r.id", "u.run_id", .. RecordColumn.All.SelectMany(column => dialect.NamesOf(column.Column)).Select(static name => "r." + name),
            .. SeriesLabel.All.Select(static label => "s." + label.Name), .. RecordColumn.OfCorrections.Select(static column => "c." + column.Column.Name),
        ];
        Columns = string.Join(", ", columns);
        _positions = columns.Index().ToDictionary(static column => column.Item[2..], static column => column.Index, StringComparer.Ordinal);
    }

    /// <summary>The columns of a whole record: of <c>r</c>, its series <c>s</c>, its run <c>u</c> and its correction <c>c</c>.</summary>
    public string Columns { get; }

    public LedgerRecord Read(DbDataReader row)
    {
        var record = new LedgerRecord
        {
            Timestamp = new DateTimeOffset(row.GetInt64(_positions["ts"]), TimeSpan.Zero),
            Id = _dialect.ReadGuid(row, _positions["id"]),
            RunId = Text(row, "run_id"),
            ParentRunId = Text(row, "parent_run_id"),
            CallId = Text(row, "call_id"),
            Agent = Text(row, "agent"),
            Customer = Text(row, "customer"),
            BillingTier = Text(row, "billing_tier"),
            Tags = Series.ParseTags(Text(row, "tags")),
            Provider = Text(row, "provider"),
            Model = Text(row, "model"),
            RequestedModel = Text(row, "requested_model"),
            Operation = row.GetString(_positions["operation"]),
            Outcome = (CallOutcome)row.GetInt32(_positions["outcome"]),
            Extras = ExtrasText.Parse(Text(row, "extras")),
            UsageSource = (UsageSource)row.GetInt32(_positions["usage_source"]),
            UsageIssue = Text(row, "usage_issue"),
            CostUsd = Money(row, RecordColumn.Cost),
            IsLowerBound = row.GetInt32(_positions[RecordColumn.CostBound]) != 0,
            AvoidedUsd = Money(row, RecordColumn.Avoided),
            PriceId = Text(row, "price_id"),
            Batch = row.GetInt32(_positions["batch"]) != 0,
            ServiceTier = Text(row, "service_tier"),
            Region = Text(row, "region"),
            DurationMilliseconds = Real(row, "duration_ms"),
            Test = Text(row, "test"),
            Site = Text(row, "site"),
            Member = Text(row, "member"),
            Module = row.IsDBNull(_positions["module"]) ? null : _dialect.ReadGuid(row, _positions["module"]),
            Experiment = Text(row, "experiment"),
            Variant = Text(row, "variant"),
            Quality = Real(row, "quality"),
            Correction = ReadCorrection(row),
        };
        foreach (UsageCount count in UsageCount.Columns)
        {
            record.Fields.Counts[count.Unit] = row.IsDBNull(_positions[count.Name]) ? null : row.GetInt64(_positions[count.Name]);
        }

        return record;
    }

    private LedgerCorrection? ReadCorrection(DbDataReader row) => row.IsDBNull(_positions["corrects"])
        ? null
        : new LedgerCorrection(_dialect.ReadGuid(row, _positions["corrects"]), new DateTimeOffset(row.GetInt64(_positions["corrected_at"]), TimeSpan.Zero), row.GetString(_positions["reason"]))
        {
            WasUnknown = row.GetInt32(_positions["was_unknown"]) != 0,
        };

    private decimal? Money(DbDataReader row, Column column) => _dialect.ReadMoney(row, _positions[_dialect.NamesOf(column)[0]]);

    private string? Text(DbDataReader row, string column) => row.IsDBNull(_positions[column]) ? null : row.GetString(_positions[column]);

    private double? Real(DbDataReader row, string column) => row.IsDBNull(_positions[column]) ? null : row.GetDouble(_positions[column]);
}
