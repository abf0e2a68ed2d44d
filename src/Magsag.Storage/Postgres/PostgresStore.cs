using Npgsql;

namespace Magsag.Storage;

/// <summary>A store in a PostgreSQL database, for teams.</summary>
internal sealed class PostgresStore : SqlStore
{
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

    protected override IDisposable? OpenWriter(out ILedgerSink sink)
    {
        sink = new PostgresWriter(_connection);
        return null;
    }

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
}
