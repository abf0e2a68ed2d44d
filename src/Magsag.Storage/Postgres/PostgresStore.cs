using System.Globalization;
using Magsag.Ledger.Records;
using Magsag.Storage.Ingest;
using Magsag.Storage.Queries;
using Magsag.Storage.Schema;
using Magsag.Storage.Stores;
using Npgsql;

namespace Magsag.Storage.Postgres;

/// <summary>A store in a PostgreSQL database, for teams.</summary>
internal sealed class PostgresStore : SqlStore
{
    // More of them aren't fewer records than the planner would read without their names.
    private const int MostNamedSeries = 200;

    private readonly NpgsqlConnection _connection;

    private PostgresStore(NpgsqlConnection connection, string location, bool isReadOnly)
        : base(connection, new PostgresDialect())
    {
        _connection = connection;
        Location = location;
        IsReadOnly = isReadOnly;
    }

    public override string Location { get; }

    public override bool IsReadOnly { get; }

    public static async Task<PostgresStore> OpenAsync(PostgresAddress address, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(address.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            // A question is answered before the server would have compiled it.
            await PostgresSchema.ExecuteAsync(connection, "SET jit = off", cancellationToken).ConfigureAwait(false);
            bool readOnly = await PostgresSchema.NumberAsync(connection, "SELECT (pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean)::integer", cancellationToken).ConfigureAwait(false) != 0;
            await PostgresSchema.PrepareAsync(connection, address.Location, readOnly, cancellationToken).ConfigureAwait(false);
            return new PostgresStore(connection, address.Location, readOnly);
        }
        catch (Exception error)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            if (error is NpgsqlException or TimeoutException)
            {
                throw PostgresErrors.Explain(error, address.Location);
            }

            throw;
        }
    }

    public override ValueTask DisposeAsync() => _connection.DisposeAsync();

    protected override BatchWriter OpenWriter() => new PostgresWriter(_connection, new PostgresDialect());

    protected override async Task<T> DoAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            throw PostgresErrors.Explain(error, Location);
        }
    }

    protected override async Task<List<LedgerRecord>> ReadRecordsAsync(RecordQuery query, RecordConditions conditions, RecordCursor? after, CancellationToken cancellationToken) =>
        await NameSeriesAsync(conditions, cancellationToken).ConfigureAwait(false) ? await base.ReadRecordsAsync(query, conditions, after, cancellationToken).ConfigureAwait(false) : [];

    protected override async Task<List<RecordKey>> ReadKeysAsync(RecordQuery query, RecordConditions conditions, RecordCursor? after, CancellationToken cancellationToken) =>
        await NameSeriesAsync(conditions, cancellationToken).ConfigureAwait(false) ? await base.ReadKeysAsync(query, conditions, after, cancellationToken).ConfigureAwait(false) : [];

    // The planner knows how many records a series has, but not which series have a word: it would look through all records for one that
    // hardly any has. False when there is no such series.
    private async Task<bool> NameSeriesAsync(RecordConditions conditions, CancellationToken cancellationToken)
    {
        if (conditions.Series.Count == 0 || conditions.IsOfFewRuns)
        {
            return true;
        }

        List<long> series = [];
        string sql = $"SELECT s.id FROM series s{RecordConditions.Where(conditions.Series)} LIMIT {(MostNamedSeries + 1).ToString(CultureInfo.InvariantCulture)}";
        await ReadAsync(sql, conditions.Parameters, row => series.Add(row.GetInt64(0)), cancellationToken).ConfigureAwait(false);
        if (series.Count is > 0 and <= MostNamedSeries)
        {
            conditions.NameSeries(series);
        }

        return series.Count > 0;
    }
}
