using System.Globalization;
using Magsag.Storage.Schema;
using Magsag.Storage.Stores;
using Npgsql;

namespace Magsag.Storage.Postgres;

/// <summary>Makes the tables of a store in PostgreSQL, and checks whether a database has a store.</summary>
internal static class PostgresSchema
{
    /// <summary>The schema that holds the tables.</summary>
    public const string Name = "magsag";

    /// <summary>Held while the schema changes.</summary>
    private const long CreationLock = 0x4D47_5347_0001;

    private const int LowestServer = 130_000;

    /// <summary>Checks that the database holds a store of this version; one that is missing is made, by one process at a time.</summary>
    /// <exception cref="CostStoreException">The server is too old, or the store is of another version.</exception>
    public static async Task PrepareAsync(NpgsqlConnection connection, string location, bool readOnly, CancellationToken cancellationToken)
    {
        long server = await NumberAsync(connection, "SELECT current_setting('server_version_num')::bigint", cancellationToken).ConfigureAwait(false);
        if (server < LowestServer)
        {
            throw new CostStoreException($"The server at '{location}' is PostgreSQL {server / 10_000}; a store needs {LowestServer / 10_000} or later.");
        }

        if (await HasStoreAsync(connection, location, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        if (readOnly)
        {
            throw new CostStoreException($"The store at '{location}' has no tables of schema version {StoreTables.Version}, and the database can't be written. Open it on the primary server once.");
        }

        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({CreationLock})"), cancellationToken).ConfigureAwait(false);
        if (!await HasStoreAsync(connection, location, cancellationToken).ConfigureAwait(false))
        {
            string version = string.Create(CultureInfo.InvariantCulture, $"CREATE SCHEMA IF NOT EXISTS {Name}; CREATE TABLE store_version (version integer NOT NULL); INSERT INTO store_version VALUES ({StoreTables.Version})");
            await ExecuteAsync(connection, string.Join(";\n", StoreTables.CreateSql(new PostgresDialect()).Prepend(version)), cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Executes a statement.</summary>
    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The number that a question is answered by.</summary>
    public static async Task<long> NumberAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
    }

    private static async Task<bool> HasStoreAsync(NpgsqlConnection connection, string location, CancellationToken cancellationToken)
    {
        if (await NumberAsync(connection, $"SELECT count(*) FROM pg_tables WHERE schemaname = '{Name}' AND tablename = 'store_version'", cancellationToken).ConfigureAwait(false) == 0)
        {
            return false;
        }

        // With the schema's name: a user who may not look into it is told so, and not that there is no such table.
        long version = await NumberAsync(connection, $"SELECT version FROM {Name}.store_version", cancellationToken).ConfigureAwait(false);
        string remedy = $"DROP SCHEMA {Name} CASCADE: the store is made again from the ledgers";
        return version == StoreTables.Version
            ? true
            : throw new CostStoreException($"The store at '{location}' has schema version {version}; this version of Magsag reads version {StoreTables.Version}. {(version > StoreTables.Version ? $"Update Magsag, or {remedy}" : remedy)}.");
    }
}
