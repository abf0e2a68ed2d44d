using System.Globalization;
using Magsag.Gating;
using Npgsql;

namespace Magsag.Storage;

/// <summary>Writes batches of records, each in one transaction with everything that depends on it; of several ingesters one at a time.</summary>
internal sealed class PostgresWriter(NpgsqlConnection connection) : ILedgerSink
{
    private const long IngestLock = 0x4D47_5347_0002;

    private readonly PostgresSources _sources = new(connection);
    private readonly PostgresSeries _series = new(connection);
    private readonly PostgresRuns _runs = new(connection);
    private readonly PostgresRecords _records = new(connection);
    private readonly PostgresRollUps _rollUps = new(connection);

    public Task<SourceIndex> ReadSourcesAsync(CancellationToken cancellationToken) => _sources.ReadAllAsync(cancellationToken);

    public async Task<BatchOutcome> ApplyAsync(IngestBatch batch, CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await PostgresSchema.ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({IngestLock})"), cancellationToken).ConfigureAwait(false);
            BatchOutcome outcome = await WriteAsync(batch, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return outcome;
        }
        catch
        {
            _series.Forget();
            _records.Forget();
            throw;
        }
    }

    private async Task<BatchOutcome> WriteAsync(IngestBatch batch, CancellationToken cancellationToken)
    {
        List<string> lost = [];
        List<LedgerRecord> records = [];
        long unknown = 0;
        foreach (SourceSpan span in batch.Spans)
        {
            if (!await _sources.TryAdvanceAsync(span, cancellationToken).ConfigureAwait(false))
            {
                lost.Add(span.Path);
                continue;
            }

            records.AddRange(batch.Records.Skip(span.FirstRecord).Take(span.RecordCount));
            unknown += span.UnknownLines;
        }

        int inserted = records.Count == 0 ? 0 : await InsertAsync(records, cancellationToken).ConfigureAwait(false);
        return new BatchOutcome(inserted, records.Count - inserted, unknown, lost);
    }

    private async Task<int> InsertAsync(List<LedgerRecord> records, CancellationToken cancellationToken)
    {
        await _series.PrepareAsync(records, cancellationToken).ConfigureAwait(false);
        await _runs.PrepareAsync(records, cancellationToken).ConfigureAwait(false);
        List<(LedgerRecord Record, long Series, long? Run)> rows =
            [.. records.Select(record => (record, _series.IdOf(Series.Of(record)), StorableText.Of(record.RunId) is { } run ? _runs.IdOf(run) : (long?)null))];
        HashSet<RecordCursor> inserted = await _records.InsertAsync(rows, cancellationToken).ConfigureAwait(false);
        int count = inserted.Count;
        var totals = new BatchTotals();
        foreach ((LedgerRecord record, long series, _) in rows)
        {
            // Of two records with one time and id the first is the one that was inserted.
            if (inserted.Remove(RecordCursor.Of(record)))
            {
                totals.Add(record, series, Series.Of(record), StorableText.Of(record.RunId));
            }
        }

        await _series.ExtendAsync(totals.Series, cancellationToken).ConfigureAwait(false);
        await _rollUps.AddAsync(totals, await _runs.ExtendAsync(totals.Runs, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return count;
    }
}
