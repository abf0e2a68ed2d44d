using System.Data.Common;
using System.Globalization;

namespace Magsag.Storage;

/// <summary>What both databases do the same way.</summary>
internal abstract class SqlStore(DbConnection connection, SqlDialect dialect) : ICostStore
{
    public abstract string Location { get; }

    public abstract bool IsReadOnly { get; }

    /// <summary>The most records that go into the store in one transaction: a kill costs an ingest that much.</summary>
    internal int BatchSize { get; set; } = 100_000;

    public async Task<IngestResult> IngestAsync(IEnumerable<string> ledgers, IProgress<IngestResult>? progress, CancellationToken cancellationToken)
    {
        if (IsReadOnly)
        {
            throw new CostStoreException($"The store '{Location}' can be read but not written. Make it writable to bring it up to date.");
        }

        return await DoAsync(async token =>
        {
            using IDisposable? writer = OpenWriter(out ILedgerSink sink);
            IngestResult result = await new LedgerIngest(sink, BatchSize, progress).RunAsync(ledgers, token).ConfigureAwait(false);
            return result with { UnmatchedCorrections = await CountUnmatchedAsync(token).ConfigureAwait(false) };
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<RecordPage> QueryAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        if (query.Limit is < 1 or > RecordQuery.LargestPage)
        {
            throw new ArgumentException($"A page has 1 to {RecordQuery.LargestPage} records; found {query.Limit}.", nameof(query));
        }

        RecordCursor? after = query.After is { } cursor ? RecordCursor.Parse(cursor) : null;
        IReadOnlyList<SearchTerm> search = SearchQuery.Parse(query.Filter.Search);
        return await DoAsync(async token =>
        {
            var conditions = new RecordConditions(query.Filter, await ResolveAsync(search, token).ConfigureAwait(false), dialect, new SqlParameters());
            return await ReadPageAsync(query, conditions, after, token).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<CostGroup>> SummarizeAsync(CostQuery query, CancellationToken cancellationToken)
    {
        if (query.GroupBy.Contains(CostDimension.Tag) && query.Tag is null)
        {
            throw new ArgumentException("Grouping by a tag needs the tag's name.", nameof(query));
        }

        IReadOnlyList<SearchTerm> search = SearchQuery.Parse(query.Filter.Search);
        return await DoAsync<IReadOnlyList<CostGroup>>(async token =>
        {
            var sql = new SummarySql(query, await ResolveAsync(search, token).ConfigureAwait(false), dialect);
            var groups = new CostGroups(query, sql, dialect);
            await ReadAsync(sql.Text, sql.Parameters, groups.Add, token).ConfigureAwait(false);
            return groups.ToList();
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<RunGroup>> CountRunsAsync(RunQuery query, CancellationToken cancellationToken) =>
        await DoAsync<IReadOnlyList<RunGroup>>(async token =>
        {
            var parameters = new SqlParameters();
            List<string> conditions = ["runs > 0", .. RecordConditions.OfLabels(new RecordFilter { Agent = query.Agent, Customer = query.Customer }, "daily_run", parameters)];
            if (query.From is { } from)
            {
                conditions.Add($"day >= {parameters.Add(from.DayNumber)}");
            }

            if (query.To is { } to)
            {
                conditions.Add($"day <= {parameters.Add(to.DayNumber)}");
            }

            List<RunGroup> groups = [];
            await ReadAsync($"SELECT day, agent, customer, runs, successful FROM daily_run{RecordConditions.Where(conditions)} ORDER BY day, agent, customer", parameters, row => groups.Add(ReadRuns(row)), token).ConfigureAwait(false);
            return groups;
        }, cancellationToken).ConfigureAwait(false);

    public abstract ValueTask DisposeAsync();

    /// <summary>Makes what writes batches, for the time of one ingest.</summary>
    protected abstract IDisposable? OpenWriter(out ILedgerSink sink);

    /// <summary>Runs work on the database; its errors come out as <see cref="CostStoreException"/>.</summary>
    protected abstract Task<T> DoAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Reads one page of records.</summary>
    protected virtual Task<RecordPage> ReadPageAsync(RecordQuery query, RecordConditions conditions, RecordCursor? after, CancellationToken cancellationToken) =>
        ReadPageAsync(query, conditions, after, index: "", cancellationToken);

    protected async Task<RecordPage> ReadPageAsync(RecordQuery query, RecordConditions conditions, RecordCursor? after, string index, CancellationToken cancellationToken)
    {
        string direction = query.Order == RecordOrder.NewestFirst ? "DESC" : "ASC";
        if (after is { } cursor)
        {
            conditions.AddRecord($"(r.ts, r.id) {(query.Order == RecordOrder.NewestFirst ? "<" : ">")} ({conditions.Parameters.Add(cursor.Ticks)}, {conditions.Parameters.Add(dialect.Value(cursor.Id))})");
        }

        // One more than asked for tells whether a page follows.
        string sql = $"SELECT {RecordRows.Columns(dialect)} FROM record r{index} {dialect.OrderedJoin} series s ON s.id = r.series LEFT JOIN run u ON u.id = r.run{RecordRows.JoinCorrection}{conditions.WhereAll} "
            + string.Create(CultureInfo.InvariantCulture, $"ORDER BY r.ts {direction}, r.id {direction} LIMIT {query.Limit + 1}");
        List<Gating.LedgerRecord> records = [];
        await ReadAsync(sql, conditions.Parameters, row => records.Add(RecordRows.Read(row, dialect)), cancellationToken).ConfigureAwait(false);
        return PageOf(records, query.Limit);
    }

    protected static RecordPage PageOf(List<Gating.LedgerRecord> records, int limit)
    {
        if (records.Count <= limit)
        {
            return new RecordPage(records, null);
        }

        records.RemoveRange(limit, records.Count - limit);
        return new RecordPage(records, RecordCursor.Of(records[^1]).ToString());
    }

    protected async Task ReadAsync(string sql, SqlParameters parameters, Action<DbDataReader> read, CancellationToken cancellationToken)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        parameters.ApplyTo(command);
        await using DbDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            read(row);
        }
    }

    private async Task<long> CountUnmatchedAsync(CancellationToken cancellationToken)
    {
        long unmatched = 0;
        await ReadAsync(
            "SELECT count(*) FROM correction c WHERE NOT EXISTS (SELECT 1 FROM record r WHERE r.ts = c.ts AND r.id = c.corrects)",
            new SqlParameters(),
            row => unmatched = row.GetInt64(0),
            cancellationToken).ConfigureAwait(false);
        return unmatched;
    }

    private async Task<IReadOnlyList<ResolvedTerm>> ResolveAsync(IReadOnlyList<SearchTerm> terms, CancellationToken cancellationToken)
    {
        List<ResolvedTerm> resolved = [];
        foreach (SearchTerm term in terms)
        {
            int runs = ResolvedTerm.MayBeRun(term) ? await CountRunsAsync(term, cancellationToken).ConfigureAwait(false) : 0;
            bool inSeries = runs == 0 || (term.Field is null && await IsInSeriesAsync(term, cancellationToken).ConfigureAwait(false));
            resolved.Add(new ResolvedTerm(term, runs, inSeries));
        }

        return resolved;
    }

    private async Task<int> CountRunsAsync(SearchTerm term, CancellationToken cancellationToken)
    {
        var parameters = new SqlParameters();
        int runs = 0;
        string sql = string.Create(CultureInfo.InvariantCulture, $"SELECT count(*) FROM (SELECT 1 FROM run WHERE {RecordConditions.RunRange(term, parameters)} LIMIT {ResolvedTerm.ManyRuns}) AS found");
        await ReadAsync(sql, parameters, row => runs = (int)row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return runs;
    }

    private async Task<bool> IsInSeriesAsync(SearchTerm term, CancellationToken cancellationToken)
    {
        var parameters = new SqlParameters();
        bool found = false;
        await ReadAsync($"SELECT 1 FROM series s WHERE {dialect.TextMatch(term, parameters)} LIMIT 1", parameters, _ => found = true, cancellationToken).ConfigureAwait(false);
        return found;
    }

    private static RunGroup ReadRuns(DbDataReader row) => new(
        DateOnly.FromDayNumber(row.GetInt32(0)),
        row.IsDBNull(1) ? null : row.GetString(1),
        row.IsDBNull(2) ? null : row.GetString(2),
        row.GetInt64(3),
        row.GetInt64(4));
}
