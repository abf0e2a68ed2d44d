using System.Data.Common;
using System.Globalization;
using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;
using Magsag.Storage.Schema;

namespace Magsag.Storage.Ingest;

/// <summary>Writes batches of records, each in one transaction with everything that depends on it: it loads them into tables of the connection's own and brings them from there into the store.</summary>
internal abstract class BatchWriter
{
    private readonly DbConnection _connection;
    private readonly SqlDialect _dialect;
    private readonly StagingTables _staging;
    private readonly IReadOnlyList<string> _script;

    protected BatchWriter(DbConnection connection, SqlDialect dialect)
    {
        _connection = connection;
        _dialect = dialect;
        _staging = new StagingTables(dialect);
        _script = new IngestScript(dialect).Statements;
    }

    /// <summary>Reads the states of the ledger files that were read before.</summary>
    public virtual async Task<SourceIndex> ReadSourcesAsync(CancellationToken cancellationToken)
    {
        await using DbCommand command = _connection.CreateCommand();
        command.CommandText = "SELECT identity, origin, modified, byte_offset, lines, tail FROM source";
        await using DbDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        List<SourceState> states = [];
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            states.Add(new SourceState(_dialect.ReadGuid(row, 0), row.GetString(1), row.GetInt64(2), new LedgerPosition(row.GetInt64(3), row.GetInt32(4)), _dialect.ReadGuid(row, 5)));
        }

        return new SourceIndex(states);
    }

    /// <summary>Applies a batch whole or not at all.</summary>
    public virtual async Task<BatchOutcome> ApplyAsync(IngestBatch batch, CancellationToken cancellationToken)
    {
        foreach (Table table in _staging.All)
        {
            await ExecuteAsync(_dialect.CreateStaging(table), cancellationToken).ConfigureAwait(false);
        }

        DbTransaction transaction = await _connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            BatchOutcome outcome = await WriteAsync(batch, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return outcome;
        }
        finally
        {
            await EndAsync(transaction).ConfigureAwait(false);
        }
    }

    /// <summary>Prepares the store for records, in their transaction.</summary>
    protected virtual Task PrepareAsync(IEnumerable<LedgerRecord> records, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Loads rows into a table. The array of a row may be another row's afterwards.</summary>
    protected abstract Task LoadAsync(Table table, IReadOnlyList<Column> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken);

    /// <summary>Writes the words of a series; null where the database cuts them out of its labels.</summary>
    protected virtual Func<Series, string>? WriteWords => null;

    /// <summary>Is called from time to time while a batch is written.</summary>
    protected virtual void ShowProgress()
    {
    }

    private async Task<BatchOutcome> WriteAsync(IngestBatch batch, CancellationToken cancellationToken)
    {
        await PrepareAsync(batch.Records.Select(static record => record.Record), cancellationToken).ConfigureAwait(false);
        List<SourceSpan> taken = [], lost = [];
        foreach (SourceSpan span in batch.Spans)
        {
            (await TryAdvanceAsync(span, cancellationToken).ConfigureAwait(false) ? taken : lost).Add(span);
        }

        List<BatchRecord> records = lost.Count == 0 ? batch.Records : [.. taken.SelectMany(span => batch.Records.GetRange(span.FirstRecord, span.RecordCount))];
        long inserted = records.Count == 0 ? 0 : await InsertAsync(batch, records, cancellationToken).ConfigureAwait(false);
        return new BatchOutcome(inserted, records.Count - inserted, taken.Sum(static span => (long)span.UnknownLines), [.. lost.Select(static span => span.Path)]);
    }

    private async Task<long> InsertAsync(IngestBatch batch, List<BatchRecord> records, CancellationToken cancellationToken)
    {
        foreach (Table table in _staging.All)
        {
            await ExecuteAsync($"{_dialect.Truncate} {table.Name}", cancellationToken).ConfigureAwait(false);
        }

        await LoadAsync(_staging.Series, _staging.LoadedOfSeries, StagingTables.RowsOfSeries(batch, WriteWords), cancellationToken).ConfigureAwait(false);
        await LoadAsync(StagingTables.Tag, StagingTables.Tag.Columns, StagingTables.RowsOfTags(batch), cancellationToken).ConfigureAwait(false);
        await LoadAsync(StagingTables.Run, StagingTables.LoadedOfRun, StagingTables.RowsOfRuns(batch), cancellationToken).ConfigureAwait(false);
        IEnumerable<BatchRecord> distinct = records.DistinctBy(static record => RecordCursor.From(record.Record));
        var ranges = new NumberRanges();
        await LoadAsync(StagingTables.Record, StagingTables.Record.Columns, ranges.Collect(StagingTables.RowsOfRecords(distinct)), cancellationToken).ConfigureAwait(false);
        await LoadAsync(StagingTables.Number, StagingTables.Number.Columns, ranges.Rows, cancellationToken).ConfigureAwait(false);
        foreach (string statement in _script)
        {
            await ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
            ShowProgress();
        }

        await using DbCommand count = _connection.CreateCommand();
        count.CommandText = "SELECT count(*) FROM batch_record";
        return Convert.ToInt64(await count.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
    }

    // False when another ingester has read on in the file.
    private async Task<bool> TryAdvanceAsync(SourceSpan span, CancellationToken cancellationToken)
    {
        if (span.State is not { } state)
        {
            return true;
        }

        var parameters = new SqlParameters();
        (string Column, object Value)[] values =
        [
            ("origin", StorableText.Clean(state.Origin)!), ("modified", state.Modified), ("byte_offset", state.Position.Offset), ("lines", state.Position.Lines), ("tail", _dialect.ToValue(state.Tail)),
        ];
        await using DbCommand command = _connection.CreateCommand();
        command.CommandText = span.Expected is { } expected
            ? $"UPDATE source SET {string.Join(", ", values.Select(value => $"{value.Column} = {parameters.Add(value.Value)}"))} WHERE identity = {parameters.Add(_dialect.ToValue(state.Identity))} AND byte_offset = {parameters.Add(expected.Position.Offset)} AND tail = {parameters.Add(_dialect.ToValue(expected.Tail))}"
            : $"INSERT INTO source (identity, {string.Join(", ", values.Select(static value => value.Column))}) VALUES ({parameters.Add(_dialect.ToValue(state.Identity))}, {string.Join(", ", values.Select(value => parameters.Add(value.Value)))}) ON CONFLICT DO NOTHING";
        parameters.ApplyTo(command);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) > 0;
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using DbCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    // Some failures roll back by themselves, and what can't be rolled back is undone when the database is opened again.
    private static async Task EndAsync(DbTransaction transaction)
    {
        try
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is DbException or InvalidOperationException)
        {
        }
    }
}
