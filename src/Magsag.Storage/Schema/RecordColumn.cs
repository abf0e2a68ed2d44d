using Magsag.Ledger.Records;

namespace Magsag.Storage.Schema;

/// <summary>A column that every record has of its own, and the value that goes into it.</summary>
/// <param name="Column">The column of the table <c>record</c>, or of <c>correction</c>.</param>
/// <param name="Get">Reads the value off a record; null when it is unknown.</param>
internal sealed record RecordColumn(Column Column, Func<LedgerRecord, object?> Get)
{
    public static Column Cost { get; } = new("cost", ColumnType.Money);

    /// <summary>The column that is 1 where the cost is a lower bound, and 0 else.</summary>
    public const string CostBound = "cost_bound";

    public static Column Avoided { get; } = new("avoided", ColumnType.Money);

    /// <summary>The columns besides time, id, series and run.</summary>
    public static IReadOnlyList<RecordColumn> All { get; } =
    [
        new(new("outcome", ColumnType.Integer, IsRequired: true), static record => (int)record.Outcome),
        new(new("usage_source", ColumnType.Integer, IsRequired: true), static record => (int)record.UsageSource),
        .. UsageCount.Columns.Select(static count => new RecordColumn(new(count.Name, ColumnType.Long), record => record.Fields.Counts[count.Unit])),
        new(Cost, static record => record.CostUsd),
        new(new(CostBound, ColumnType.Integer, IsRequired: true), static record => record.IsLowerBound ? 1 : 0),
        new(Avoided, static record => record.AvoidedUsd),
        new(new("duration_ms", ColumnType.Real), static record => record.DurationMilliseconds),
        new(new("quality", ColumnType.Real), static record => record.Quality),
        new(new("parent_run_id", ColumnType.Text), static record => StorableText.Clean(record.ParentRunId)),
        new(new("call_id", ColumnType.Text), static record => StorableText.Clean(record.CallId)),
        new(new("extras", ColumnType.Text), static record => ExtrasText.Write(record.Extras)),
    ];

    /// <summary>What only corrections have, in a table of their own.</summary>
    public static IReadOnlyList<RecordColumn> OfCorrections { get; } =
    [
        new(new("corrects", ColumnType.Uuid, IsRequired: true), static record => record.Correction?.Corrects),
        new(new("corrected_at", ColumnType.Long, IsRequired: true), static record => record.Correction?.CorrectedAt.UtcTicks),
        new(new("reason", ColumnType.Text, IsRequired: true), static record => StorableText.Clean(record.Correction?.Reason)),
        new(new("was_unknown", ColumnType.Integer, IsRequired: true), static record => record.Correction is { } correction ? (correction.WasUnknown ? 1 : 0) : null),
    ];
}
