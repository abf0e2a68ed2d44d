using System.Data.Common;
using System.Globalization;
using Magsag.Ledger.Records;
using Magsag.Storage.Ingest;
using Magsag.Storage.Queries;
using Magsag.Storage.Schema;
using Magsag.Storage.Search;

namespace Magsag.Storage.Stores;

/// <summary>A store in an SQL database: ingest and queries, written once for every dialect.</summary>
internal abstract class SqlStore(DbConnection connection, SqlDialect dialect) : ICostStore
{
    // Runs that are added up by one statement.
    private const int RunsAtOnce = 500;

    // A page of the newest calls has this many for each run that is wanted: most runs have fewer.
    private const int CallsOfRun = 50;

    private readonly RecordReader _records = new(dialect);

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
            BatchWriter writer = OpenWriter();
            using var disposable = writer as IDisposable;
            IngestResult result = await new LedgerIngest(writer, BatchSize, progress).RunAsync(ledgers, token).ConfigureAwait(false);
            return result with { UnmatchedCorrections = await CountUnmatchedAsync(token).ConfigureAwait(false) };
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<RecordPage> QueryAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        CheckLimit(query.Limit, "A page has", "records", nameof(query));
        RecordCursor? after = query.After is { } cursor ? RecordCursor.Parse(cursor) : null;
        IReadOnlyList<SearchTerm> search = SearchQuery.Parse(query.Filter.Search);
        return await DoAsync(async token =>
        {
            IReadOnlyList<ResolvedTerm> resolved = await ResolveAsync(search, token).ConfigureAwait(false);

            // One record more than the limit shows whether a page follows.
            List<LedgerRecord> records = [];
            foreach (RecordFilter part in await PartsAsync(query, search, token).ConfigureAwait(false))
            {
                int most = query.Limit + 1 - records.Count;
                if (most > 0)
                {
                    var conditions = new RecordConditions(part, resolved, dialect, new SqlParameters());
                    records.AddRange(await ReadRecordsAsync(query with { Filter = part, Limit = most }, conditions, after, token).ConfigureAwait(false));
                }
            }

            return CutPage(records, query.Limit);
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<RunCosts>> FindRunsAsync(RecordFilter filter, int limit, CancellationToken cancellationToken)
    {
        CheckLimit(limit, "One asks for", "runs", nameof(limit));
        IReadOnlyList<SearchTerm> search = SearchQuery.Parse(filter.Search);
        return await DoAsync<IReadOnlyList<RunCosts>>(async token =>
        {
            IReadOnlyList<ResolvedTerm> resolved = await ResolveAsync(search, token).ConfigureAwait(false);
            List<RunCosts> found = [];
            foreach (KeyValuePair<long, long>[] runs in (await FindNewestRunsAsync(filter, resolved, limit, token).ConfigureAwait(false)).Chunk(RunsAtOnce))
            {
                found.AddRange(await AddUpAsync(runs, filter, resolved, token).ConfigureAwait(false));
            }

            return found;
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

    public async Task<IReadOnlyList<RunCount>> CountRunsWithCallsAsync(CostQuery query, CancellationToken cancellationToken)
    {
        IReadOnlyList<SearchTerm> search = SearchQuery.Parse(query.Filter.Search);
        return await DoAsync<IReadOnlyList<RunCount>>(async token =>
        {
            var sql = new RunCountSql(query, await ResolveAsync(search, token).ConfigureAwait(false), dialect);
            List<RunCount> counts = [];
            await ReadAsync(sql.Text, sql.Parameters, row => counts.Add(ReadCount(row, query.GroupBy.Count)), token).ConfigureAwait(false);
            return [.. counts.Where(static count => count.Runs > 0).Order(Comparer<RunCount>.Create(static (left, right) => CostGroups.Compare(left.Key, right.Key)))];
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<string>> ListRunIdsAsync(CancellationToken cancellationToken) =>
        await DoAsync<IReadOnlyList<string>>(async token =>
        {
            List<string> ids = [];
            await ReadAsync("SELECT run_id FROM run", new SqlParameters(), row => ids.Add(row.GetString(0)), token).ConfigureAwait(false);
            ids.Sort(StringComparer.Ordinal);
            return ids;
        }, cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<RunGroup>> CountRunsAsync(RunQuery query, CancellationToken cancellationToken) =>
        await DoAsync<IReadOnlyList<RunGroup>>(async token =>
        {
            var parameters = new SqlParameters();
            string sql = RunGroups.Sql(query, parameters);
            List<RunGroup> groups = [];
            await ReadAsync(sql, parameters, row => groups.Add(RunGroups.Read(row, query)), token).ConfigureAwait(false);
            return [.. groups.Where(static group => group.Runs > 0)];
        }, cancellationToken).ConfigureAwait(false);

    public abstract ValueTask DisposeAsync();

    /// <summary>Makes what writes batches, for the time of one ingest.</summary>
    protected abstract BatchWriter OpenWriter();

    /// <summary>Runs work on the database; its errors come out as <see cref="CostStoreException"/>.</summary>
    protected abstract Task<T> DoAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Reads the records of a query, as many as its limit says.</summary>
    protected virtual Task<List<LedgerRecord>> ReadRecordsAsync(RecordQuery query, RecordConditions conditions, RecordCursor? after, CancellationToken cancellationToken) =>
        ReadRecordsAsync(query, conditions, after, index: "", cancellationToken);

    protected async Task<List<LedgerRecord>> ReadRecordsAsync(RecordQuery query, RecordConditions conditions, RecordCursor? after, string index, CancellationToken cancellationToken)
    {
        List<LedgerRecord> records = [];
        string joins = $" LEFT JOIN run u ON u.id = r.run{RecordReader.JoinCorrection}";
        await ReadAsync(WritePage(query, conditions, after, _records.Columns, index, joins), conditions.Parameters, row => records.Add(_records.Read(row)), cancellationToken).ConfigureAwait(false);
        return records;
    }

    /// <summary>Reads no more of the records than where they are and of which run.</summary>
    protected virtual Task<List<RecordKey>> ReadKeysAsync(RecordQuery query, RecordConditions conditions, RecordCursor? after, CancellationToken cancellationToken) =>
        ReadKeysAsync(query, conditions, after, index: "", cancellationToken);

    protected async Task<List<RecordKey>> ReadKeysAsync(RecordQuery query, RecordConditions conditions, RecordCursor? after, string index, CancellationToken cancellationToken)
    {
        List<RecordKey> keys = [];
        await ReadAsync(
            WritePage(query, conditions, after, "r.ts, r.id, r.run", index, joins: ""),
            conditions.Parameters,
            row => keys.Add(new RecordKey(new RecordCursor(row.GetInt64(0), dialect.ReadGuid(row, 1)), row.IsDBNull(2) ? null : row.GetInt64(2))),
            cancellationToken).ConfigureAwait(false);
        return keys;
    }

    private string WritePage(RecordQuery query, RecordConditions conditions, RecordCursor? after, string columns, string index, string joins)
    {
        string direction = query.Order == RecordOrder.NewestFirst ? "DESC" : "ASC";
        if (after is { } cursor)
        {
            conditions.AddRecord($"(r.ts, r.id) {(query.Order == RecordOrder.NewestFirst ? "<" : ">")} ({conditions.Parameters.Add(cursor.Ticks)}, {conditions.Parameters.Add(dialect.ToValue(cursor.Id))})");
        }

        return $"SELECT {columns} FROM record r{index} {dialect.OrderedJoin} series s ON s.id = r.series{joins}{conditions.WhereAll} "
            + string.Create(CultureInfo.InvariantCulture, $"ORDER BY r.ts {direction}, r.id {direction} LIMIT {query.Limit}");
    }

    private static RecordPage CutPage(List<LedgerRecord> records, int limit)
    {
        if (records.Count <= limit)
        {
            return new RecordPage(records, null);
        }

        records.RemoveRange(limit, records.Count - limit);
        return new RecordPage(records, RecordCursor.From(records[^1]).ToString());
    }

    private static void CheckLimit(int limit, string whatHas, string what, string parameter)
    {
        if (limit is < 1 or > RecordQuery.LargestPage)
        {
            throw new ArgumentException($"{whatHas} 1 to {RecordQuery.LargestPage} {what}; found {limit}.", parameter);
        }
    }

    // A search for numbers leaves out days in which no record has such a number: millions of records needn't be looked at.
    private async Task<IEnumerable<RecordFilter>> PartsAsync(RecordQuery query, IReadOnlyList<SearchTerm> search, CancellationToken cancellationToken)
    {
        var parameters = new SqlParameters();
        if (query.Filter.RunId is not null || SearchedDays.Sql(search, parameters) is not { } sql)
        {
            return [query.Filter];
        }

        List<int> days = [];
        await ReadAsync(sql, parameters, row => days.Add(row.GetInt32(0)), cancellationToken).ConfigureAwait(false);
        IEnumerable<RecordFilter> parts = SearchedDays.Parts(query.Filter, days);
        return query.Order == RecordOrder.NewestFirst ? parts.Reverse() : parts;
    }

    // The newest call of each run, found page by page: the store is read only until there are enough runs.
    private async Task<Dictionary<long, long>> FindNewestRunsAsync(RecordFilter filter, IReadOnlyList<ResolvedTerm> search, int limit, CancellationToken cancellationToken)
    {
        Dictionary<long, long> newest = [];
        var query = new RecordQuery { Filter = filter, Limit = Math.Clamp(limit * CallsOfRun, CallsOfRun, RecordQuery.LargestPage) };
        RecordCursor? after = null;
        do
        {
            var conditions = new RecordConditions(filter, search, dialect, new SqlParameters());
            conditions.AddRecord("r.run IS NOT NULL");
            List<RecordKey> keys = await ReadKeysAsync(query, conditions, after, cancellationToken).ConfigureAwait(false);
            foreach (RecordKey key in keys.TakeWhile(_ => newest.Count < limit))
            {
                newest.TryAdd(key.Run!.Value, key.Cursor.Ticks);
            }

            after = keys.Count == query.Limit ? keys[^1].Cursor : null;
        }
        while (after is not null && newest.Count < limit && filter.RunId is null);

        return newest;
    }

    private async Task<IEnumerable<RunCosts>> AddUpAsync(KeyValuePair<long, long>[] runs, RecordFilter filter, IReadOnlyList<ResolvedTerm> search, CancellationToken cancellationToken)
    {
        long[] ids = [.. runs.Select(static run => run.Key)];
        Dictionary<long, string> names = [];
        await ReadAsync($"SELECT id, run_id FROM run WHERE id IN ({RecordConditions.WriteList(ids)})", new SqlParameters(), row => names[row.GetInt64(0)] = row.GetString(1), cancellationToken).ConfigureAwait(false);
        var query = new CostQuery { Filter = filter, GroupBy = [CostDimension.Run, CostDimension.Agent, CostDimension.Customer, CostDimension.Model] };
        var sql = new SummarySql(query, search, dialect, ids);
        var groups = new CostGroups(query, sql, dialect);
        await ReadAsync(sql.Text, sql.Parameters, groups.Add, cancellationToken).ConfigureAwait(false);
        ILookup<string?, CostGroup> ofRuns = groups.ToList().ToLookup(static group => group.Key[0], static group => group with { Key = [.. group.Key.Skip(1)] }, StringComparer.Ordinal);
        return runs.Select(run => new RunCosts(names[run.Key], new DateTimeOffset(run.Value, TimeSpan.Zero), [.. ofRuns[names[run.Key]]]));
    }

    private static RunCount ReadCount(DbDataReader row, int keys) => new(
        [.. Enumerable.Range(0, keys).Select(column => row.IsDBNull(column) ? null : row.GetString(column))],
        row.IsDBNull(keys) ? 0 : row.GetInt64(keys));

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
        await ReadAsync($"SELECT 1 FROM series s WHERE {dialect.MatchWords(term.Field?.Name, term.Words, term.IsPrefix, parameters)} LIMIT 1", parameters, _ => found = true, cancellationToken).ConfigureAwait(false);
        return found;
    }
}
