using System.Globalization;
using Npgsql;

namespace Magsag.Storage;

/// <summary>Writes batches of records, each in one transaction with everything that depends on it; of several ingesters one at a time.</summary>
internal sealed class PostgresWriter(NpgsqlConnection connection) : ILedgerSink
{
    private const long IngestLock = 0x4D47_5347_0002;

    private readonly PostgresSources _sources = new(connection);
    private readonly PostgresSeries _series = new(connection);
    private readonly PostgresRuns _runs = new(connection);
    private readonly PostgresParties _parties = new(connection);
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
            _parties.Forget();
            _records.Forget();
            throw;
        }
    }

    private async Task<BatchOutcome> WriteAsync(IngestBatch batch, CancellationToken cancellationToken)
    {
        List<SourceSpan> taken = [], lost = [];
        foreach (SourceSpan span in batch.Spans)
        {
            (await _sources.TryAdvanceAsync(span, cancellationToken).ConfigureAwait(false) ? taken : lost).Add(span);
        }

        List<RecordRow> records = lost.Count == 0 ? batch.Records : [.. taken.SelectMany(span => batch.Records.GetRange(span.FirstRecord, span.RecordCount))];
        int inserted = records.Count == 0 ? 0 : await InsertAsync(batch, records, cancellationToken).ConfigureAwait(false);
        return new BatchOutcome(inserted, records.Count - inserted, taken.Sum(static span => (long)span.UnknownLines), [.. lost.Select(static span => span.Path)]);
    }

    private async Task<int> InsertAsync(IngestBatch batch, List<RecordRow> records, CancellationToken cancellationToken)
    {
        long[] series = await _series.IdsOfAsync(batch.Series, cancellationToken).ConfigureAwait(false);
        long[] runs = await _runs.IdsOfAsync(batch.Runs, cancellationToken).ConfigureAwait(false);
        HashSet<RecordCursor> inserted = await _records.InsertAsync(new PostgresBatch(records, series, runs), cancellationToken).ConfigureAwait(false);
        int count = inserted.Count;
        var totals = new BatchTotals(batch);
        List<RecordRow> corrections = [];
        foreach (RecordRow record in records)
        {
            // Of two records with one time and id the first is the one that was inserted.
            if (inserted.Remove(record.Cursor))
            {
                totals.Add(record);
                if (record.Correction is not null)
                {
                    corrections.Add(record);
                }
            }
        }

        await _records.InsertCorrectionsAsync(corrections, cancellationToken).ConfigureAwait(false);
        await _series.ExtendAsync(totals.Series.Select(added => (series[added.Number], added.Span)), cancellationToken).ConfigureAwait(false);
        RunDayChanges days = await AddRunsAsync(batch, totals, runs, cancellationToken).ConfigureAwait(false);
        await _rollUps.AddAsync(totals, days, cancellationToken).ConfigureAwait(false);
        return count;
    }

    private async Task<RunDayChanges> AddRunsAsync(IngestBatch batch, BatchTotals totals, long[] runs, CancellationToken cancellationToken)
    {
        long[] parties = await _parties.IdsOfAsync(totals.Parties.All, cancellationToken).ConfigureAwait(false);
        var changes = new RunPartyChanges();
        RunState WithParty(int run, RunState added) => added with { Party = totals.Parties.FirstOf(run) is { } party ? parties[party] : null };
        RunDayChanges days = await _runs.ExtendAsync(totals.Runs.Select(added => (batch.Runs[added.Key], WithParty(added.Key, added.Value))), changes, cancellationToken).ConfigureAwait(false);
        foreach ((int run, int party) in totals.Parties.Further)
        {
            changes.Add(runs[run], _runs.MainPartyOf(batch.Runs[run]), parties[party]);
        }

        await _parties.ExtendAsync(changes, cancellationToken).ConfigureAwait(false);
        return days;
    }
}
