using System.Runtime.InteropServices;
using Magsag.Ledger.Records;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage;

/// <summary>Writes batches of records, each in one transaction with everything that depends on it.</summary>
internal sealed class SqliteWriter : ILedgerSink, IDisposable
{
    // So many records take far less time than anybody waits.
    private const int RecordsBetweenSigns = 1_000;

    private readonly SqliteConnection _connection;
    private readonly SqliteWait _wait;
    private readonly SqliteTurns _turns;
    private readonly SqliteSources _sources;
    private readonly SqliteSeries _series;
    private readonly SqliteRuns _runs;
    private readonly SqliteParties _parties;
    private readonly SqliteRollUps _rollUps;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _insertCorrection;

    public SqliteWriter(SqliteConnection connection, SqlDialect dialect, SqliteWait wait, string path)
    {
        _connection = connection;
        _wait = wait;
        _turns = new SqliteTurns(path, wait);
        _sources = new SqliteSources(connection);
        _series = new SqliteSeries(connection);
        _runs = new SqliteRuns(connection);
        _parties = new SqliteParties(connection);
        _rollUps = new SqliteRollUps(connection, dialect);
        _insert = new SqliteStatement(connection, """
            INSERT INTO record (ts, id, series, run, outcome, usage_source, input_tokens, cached_input_tokens, cache_write_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens,
                cost_nano, cost_atto, cost_rest, avoided_nano, avoided_atto, avoided_rest, duration_ms, quality, parent_run_id, call_id, extras)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """);
        _insertCorrection = new SqliteStatement(connection, "INSERT INTO correction (ts, id, corrects, corrected_at, reason, was_unknown) VALUES (?, ?, ?, ?, ?, ?)");
    }

    public Task<SourceIndex> ReadSourcesAsync(CancellationToken cancellationToken) => Task.Run(_sources.ReadAll, cancellationToken);

    public Task<BatchOutcome> ApplyAsync(IngestBatch batch, CancellationToken cancellationToken) => Task.Run(() => Apply(batch), cancellationToken);

    public void Dispose()
    {
        _sources.Dispose();
        _series.Dispose();
        _runs.Dispose();
        _parties.Dispose();
        _rollUps.Dispose();
        _insert.Dispose();
        _insertCorrection.Dispose();
        _turns.Dispose();
    }

    private BatchOutcome Apply(IngestBatch batch)
    {
        _turns.Begin();
        try
        {
            return ApplyInTurn(batch);
        }
        finally
        {
            _turns.End();
        }
    }

    private BatchOutcome ApplyInTurn(IngestBatch batch)
    {
        try
        {
            return SqliteWork.InTransaction(_connection, () => Write(batch));
        }
        catch
        {
            _series.Forget();
            _runs.Forget();
            _parties.Forget();
            throw;
        }
    }

    private BatchOutcome Write(IngestBatch batch)
    {
        var rows = new SqliteRowIds(batch, _series, _runs);
        var totals = new BatchTotals(batch);
        List<string> lost = [];
        long inserted = 0, duplicates = 0, unknown = 0;
        foreach (SourceSpan span in batch.Spans)
        {
            if (!_sources.TryAdvance(span))
            {
                lost.Add(span.Path);
                continue;
            }

            int added = Insert(CollectionsMarshal.AsSpan(batch.Records).Slice(span.FirstRecord, span.RecordCount), rows, totals);
            inserted += added;
            duplicates += span.RecordCount - added;
            unknown += span.UnknownLines;
        }

        AddTotals(totals, rows);
        return new BatchOutcome(inserted, duplicates, unknown, lost);
    }

    private int Insert(ReadOnlySpan<RecordRow> records, SqliteRowIds rows, BatchTotals totals)
    {
        int inserted = 0;
        int untilSign = RecordsBetweenSigns;
        foreach (ref readonly RecordRow record in records)
        {
            if (--untilSign == 0)
            {
                _wait.ShowProgress();
                untilSign = RecordsBetweenSigns;
            }

            if (Insert(record, rows.OfSeries(record.Series), rows.OfRun(record.Run)))
            {
                totals.Add(record);
                inserted++;
                if (record.Correction is { } correction)
                {
                    Insert(correction, record.Cursor);
                }
            }
        }

        return inserted;
    }

    private bool Insert(in RecordRow record, long series, long? run)
    {
        StoredMoney? cost = StoredMoney.Of(record.CostUsd), avoided = StoredMoney.Of(record.AvoidedUsd);
        return _insert.Bind(record.Cursor.Ticks).Bind(record.Cursor.Id).Bind(series).Bind(run)
            .Bind((long)record.Outcome).Bind((long)record.UsageSource)
            .Bind(record.InputTokens).Bind(record.CachedInputTokens).Bind(record.CacheWriteTokens).Bind(record.CacheWriteOneHourTokens).Bind(record.OutputTokens).Bind(record.ReasoningTokens)
            .Bind(cost?.Nano).Bind(cost?.Atto).Bind(cost?.Rest).Bind(avoided?.Nano).Bind(avoided?.Atto).Bind(avoided?.Rest)
            .Bind(record.DurationMilliseconds).Bind(record.Quality).Bind(record.ParentRunId).Bind(record.CallId).Bind(ExtrasText.Of(record.Extras))
            .Run();
    }

    private void Insert(LedgerCorrection correction, RecordCursor record) =>
        _insertCorrection.Bind(record.Ticks).Bind(record.Id).Bind(correction.Corrects).Bind(correction.CorrectedAt.UtcTicks).Bind(StorableText.Of(correction.Reason)).Bind(correction.WasUnknown ? 1 : 0).Run();

    private void AddTotals(BatchTotals totals, SqliteRowIds rows)
    {
        foreach ((int number, SeriesSpan span) in totals.Series)
        {
            _series.Extend(rows.OfSeries(number), span);
        }

        _wait.ShowProgress();
        RunDayChanges runs = AddRuns(totals, rows);
        _wait.ShowProgress();
        _rollUps.Add(totals, runs);
    }

    private RunDayChanges AddRuns(BatchTotals totals, SqliteRowIds rows)
    {
        var days = new RunDayChanges();
        var changes = new RunPartyChanges();
        long[] parties = [.. totals.Parties.All.Select(_parties.IdOf)];
        long?[] mains = new long?[rows.RunCount];
        foreach ((int number, RunState added) in totals.Runs)
        {
            long? first = totals.Parties.FirstOf(number) is { } party ? parties[party] : null;
            mains[number] = _runs.Extend(rows.OfRun(number)!.Value, added with { Party = first }, days, changes).Party;
        }

        foreach ((int number, int party) in totals.Parties.Further)
        {
            changes.Add(rows.OfRun(number)!.Value, mains[number], parties[party]);
        }

        _parties.Extend(changes);
        return days;
    }
}
