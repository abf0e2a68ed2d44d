using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Magsag.Ledger.Records;
using Magsag.Storage.Queries;
using Magsag.Storage.Schema;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage.Sqlite;

/// <summary>Chooses how a page of records is found, so that the time it takes goes with the page and not with the store.</summary>
/// <remarks>
/// A run has an index. Records of some series are merged from each series' own index: the newest page of them lies in the series that
/// were seen last, so few series have to be read. Anything else scans the records in the order of time.
/// </remarks>
internal sealed class SqlitePages(SqliteConnection connection, SqliteDialect dialect, RecordQuery query, RecordConditions conditions, RecordCursor? after)
{
    private const int MostMergedSeries = 20_000;

    private bool IsDescending => query.Order == RecordOrder.NewestFirst;

    /// <summary>The index to read by when series aren't merged.</summary>
    public string Index => conditions.IsOfFewRuns ? dialect.UseIndex("record_run")
        : conditions.IsOfRareOutcome && conditions.Series.Count == 0 ? dialect.UseIndex("record_outcome")
        : "";

    public bool TryMergeSeries([NotNullWhen(true)] out List<RecordKey>? keys)
    {
        keys = null;
        if (conditions.IsOfFewRuns || conditions.Series.Count == 0 || FindSeries() is not { } series)
        {
            return false;
        }

        keys = Merge(series);
        return true;
    }

    /// <summary>Reads the records with these keys.</summary>
    public List<LedgerRecord> Read(IEnumerable<RecordKey> keys)
    {
        var reader = new RecordReader(dialect);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT {reader.Columns} FROM record r CROSS JOIN series s ON s.id = r.series LEFT JOIN run u ON u.id = r.run{RecordReader.JoinCorrection} WHERE r.ts = @ts AND r.id = @id";
        SqliteParameter ticks = command.Parameters.Add("@ts", SqliteType.Integer), id = command.Parameters.Add("@id", SqliteType.Blob);
        List<LedgerRecord> records = [];
        foreach (RecordKey key in keys)
        {
            ticks.Value = key.Cursor.Ticks;
            id.Value = dialect.ToValue(key.Cursor.Id);
            using SqliteDataReader row = command.ExecuteReader();
            row.Read();
            records.Add(reader.Read(row));
        }

        return records;
    }

    // Those that were seen last come first (or first, in the order of time); null when they are too many to merge.
    private List<(long Id, long First, long Last)>? FindSeries()
    {
        List<(long Id, long First, long Last)> found = [];
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT s.id, s.first_ts, s.last_ts FROM series s{RecordConditions.Where(conditions.Series)} "
            + string.Create(CultureInfo.InvariantCulture, $"ORDER BY {(IsDescending ? "s.last_ts DESC" : "s.first_ts")} LIMIT {MostMergedSeries + 1}");
        conditions.Parameters.ApplyTo(command);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            found.Add((row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)));
        }

        return found.Count <= MostMergedSeries ? found : null;
    }

    private List<RecordKey> Merge(List<(long Id, long First, long Last)> series)
    {
        using SqliteCommand command = SeriesCommand();
        SqliteParameter id = command.Parameters.Add("@series", SqliteType.Integer);

        // The worst of the best stands on top.
        var best = new PriorityQueue<RecordKey, RecordCursor>(Comparer<RecordCursor>.Create((left, right) => -Compare(left, right)));
        foreach ((long seriesId, long first, long last) in series)
        {
            if (best.Count == query.Limit && IsBehind(best.Peek().Cursor, IsDescending ? last : first))
            {
                break;
            }

            if (IsOutOfRange(first, last))
            {
                continue;
            }

            id.Value = seriesId;
            AddBest(command, best);
        }

        RecordKey[] sorted = [.. best.UnorderedItems.Select(static item => item.Element)];
        Array.Sort(sorted, (left, right) => Compare(left.Cursor, right.Cursor));
        return [.. sorted];
    }

    private void AddBest(SqliteCommand command, PriorityQueue<RecordKey, RecordCursor> best)
    {
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            var key = new RecordKey(new RecordCursor(row.GetInt64(0), new Guid((byte[])row.GetValue(1), bigEndian: true)), row.IsDBNull(2) ? null : row.GetInt64(2));
            if (best.Count < query.Limit)
            {
                best.Enqueue(key, key.Cursor);
            }
            else if (best.EnqueueDequeue(key, key.Cursor) == key)
            {
                // Whatever follows in this series is worse still.
                return;
            }
        }
    }

    private SqliteCommand SeriesCommand()
    {
        List<string> where = ["r.series = @series", .. conditions.Records, .. conditions.Mixed];
        SqliteCommand command = connection.CreateCommand();
        conditions.Parameters.ApplyTo(command);
        if (after is { } cursor)
        {
            where.Add($"(r.ts, r.id) {(IsDescending ? "<" : ">")} (@ts, @id)");
            command.Parameters.AddWithValue("@ts", cursor.Ticks);
            command.Parameters.AddWithValue("@id", dialect.ToValue(cursor.Id));
        }

        string series = conditions.Mixed.Count == 0 ? "" : " CROSS JOIN series s ON s.id = r.series";
        string direction = IsDescending ? "DESC" : "ASC";
        command.CommandText = $"SELECT r.ts, r.id, r.run FROM record r{dialect.UseIndex("record_series")}{series}{RecordConditions.Where(where)} "
            + string.Create(CultureInfo.InvariantCulture, $"ORDER BY r.ts {direction}, r.id {direction} LIMIT {query.Limit}");
        return command;
    }

    private bool IsOutOfRange(long first, long last) =>
        (query.Filter.Since is { } since && last < since.UtcTicks)
        || (query.Filter.Until is { } until && first >= until.UtcTicks)
        || (after is { } cursor && (IsDescending ? first > cursor.Ticks : last < cursor.Ticks));

    private bool IsBehind(RecordCursor worst, long ticks) => IsDescending ? ticks < worst.Ticks : ticks > worst.Ticks;

    // The better one, which comes first, is the lesser. Ids compare by their bytes, as in the database.
    private int Compare(RecordCursor left, RecordCursor right)
    {
        int order = left.Ticks != right.Ticks ? left.Ticks.CompareTo(right.Ticks) : left.Id.CompareTo(right.Id);
        return IsDescending ? -order : order;
    }
}
