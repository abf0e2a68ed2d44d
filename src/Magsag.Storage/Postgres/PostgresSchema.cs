using System.Globalization;
using Npgsql;

namespace Magsag.Storage;

/// <summary>The tables of a store in PostgreSQL, and the numbered steps that lead there: the same tables as in SQLite, records in partitions by month.</summary>
internal static class PostgresSchema
{
    public const string Name = "magsag";

    /// <summary>Held while the schema changes.</summary>
    private const long MigrationLock = 0x4D47_5347_0001;

    private const int LowestServer = 130_000;

    private const string Sums =
        """
        records bigint NOT NULL, unmetered bigint NOT NULL, unpriced bigint NOT NULL, unpriced_tokens bigint NOT NULL, estimated bigint NOT NULL,
        input_tokens bigint NOT NULL, cached_input_tokens bigint NOT NULL, cache_write_tokens bigint NOT NULL, cache_write_1h_tokens bigint NOT NULL,
        output_tokens bigint NOT NULL, reasoning_tokens bigint NOT NULL, cost_usd numeric NOT NULL, avoided_usd numeric NOT NULL
        """;

    /// <summary>Step n leads from version n to version n + 1. Steps that were released are never changed.</summary>
    private static readonly string[] Migrations =
    [
        $"""
        CREATE TABLE source (
            identity uuid PRIMARY KEY, origin text NOT NULL, modified bigint NOT NULL, byte_offset bigint NOT NULL, lines integer NOT NULL,
            tail uuid NOT NULL, unknown_lines bigint NOT NULL
        );
        CREATE TABLE series (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key uuid NOT NULL UNIQUE, agent text COLLATE "C", customer text COLLATE "C", billing_tier text COLLATE "C",
            tags text, provider text COLLATE "C", model text COLLATE "C", requested_model text COLLATE "C", operation text COLLATE "C" NOT NULL, service_tier text,
            batch integer NOT NULL, price_id text, test text COLLATE "C", site text COLLATE "C", member text, module uuid, experiment text, variant text, usage_issue text, region text,
            words tsvector NOT NULL, records bigint NOT NULL, first_ts bigint, last_ts bigint
        );
        CREATE INDEX series_words ON series USING gin (words);
        CREATE INDEX series_agent ON series USING hash (agent);
        CREATE INDEX series_customer ON series USING hash (customer);
        CREATE TABLE series_tag (series bigint NOT NULL, name text COLLATE "C" NOT NULL, value text COLLATE "C" NOT NULL, PRIMARY KEY (series, name));
        CREATE TABLE run (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, run_id text COLLATE "C" NOT NULL, first_ts bigint, first_id uuid, agent text COLLATE "C", customer text COLLATE "C",
            last_ts bigint, last_id uuid, outcome integer
        );
        CREATE UNIQUE INDEX run_run_id ON run (run_id);
        CREATE TABLE record (
            ts bigint NOT NULL, id uuid NOT NULL, series bigint NOT NULL, run bigint, outcome integer NOT NULL, usage_source integer NOT NULL,
            input_tokens bigint, cached_input_tokens bigint, cache_write_tokens bigint, cache_write_1h_tokens bigint, output_tokens bigint, reasoning_tokens bigint,
            cost_usd numeric, avoided_usd numeric, duration_ms double precision, quality double precision, parent_run_id text, call_id text, extras text,
            PRIMARY KEY (ts, id)
        ) PARTITION BY RANGE (ts);
        CREATE INDEX record_series ON record (series, ts);
        CREATE INDEX record_run ON record (run, ts) WHERE run IS NOT NULL;
        CREATE INDEX record_outcome ON record (outcome, ts) WHERE outcome <> 0;
        CREATE TABLE daily (
            day integer NOT NULL, key uuid NOT NULL, agent text COLLATE "C", customer text COLLATE "C", billing_tier text COLLATE "C", provider text COLLATE "C",
            model text COLLATE "C", requested_model text COLLATE "C", operation text COLLATE "C" NOT NULL, outcome integer NOT NULL, {Sums},
            PRIMARY KEY (day, key)
        );
        CREATE TABLE daily_code (
            day integer NOT NULL, key uuid NOT NULL, test text COLLATE "C", site text COLLATE "C", outcome integer NOT NULL, {Sums},
            PRIMARY KEY (day, key)
        );
        CREATE TABLE daily_run (
            day integer NOT NULL, key uuid NOT NULL, agent text COLLATE "C", customer text COLLATE "C", runs bigint NOT NULL, successful bigint NOT NULL,
            PRIMARY KEY (day, key)
        );
        """,

        // What an earlier version passed over may have been corrections: those files are read anew.
        """
        CREATE TABLE correction (
            ts bigint NOT NULL, id uuid NOT NULL, corrects uuid NOT NULL, corrected_at bigint NOT NULL, reason text NOT NULL, was_unknown integer NOT NULL,
            PRIMARY KEY (ts, id)
        );
        DELETE FROM source WHERE unknown_lines > 0;
        """,

        PostgresUpgrade.MonthsPartiesAndRanges,

        PostgresExtras.Step,
    ];

    public static int Version => Migrations.Length;

    /// <summary>Checks that the database holds a store of this version; one that is missing or older is brought here, by one process at a time.</summary>
    /// <exception cref="CostStoreException">The server is too old, or the store is of a later version.</exception>
    public static async Task PrepareAsync(NpgsqlConnection connection, string location, bool readOnly, CancellationToken cancellationToken)
    {
        int server = (int)await NumberAsync(connection, "SELECT current_setting('server_version_num')::bigint", cancellationToken).ConfigureAwait(false);
        if (server < LowestServer)
        {
            throw new CostStoreException($"The server at '{location}' is PostgreSQL {server / 10_000}; a store needs {LowestServer / 10_000} or later.");
        }

        if (await CheckedVersionAsync(connection, location, cancellationToken).ConfigureAwait(false) == Version)
        {
            return;
        }

        if (readOnly)
        {
            throw new CostStoreException($"The store at '{location}' has no tables of schema version {Version}, and the database can't be written. Open it on the primary server once.");
        }

        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({MigrationLock})"), cancellationToken).ConfigureAwait(false);
        for (int version = await CheckedVersionAsync(connection, location, cancellationToken).ConfigureAwait(false); version < Version; version++)
        {
            string begin = version == 0 ? $"CREATE SCHEMA IF NOT EXISTS {Name}; CREATE TABLE store_version (version integer NOT NULL); INSERT INTO store_version VALUES (0);" : "";
            await ExecuteAsync(connection, begin + Migrations[version] + "UPDATE store_version SET version = version + 1", cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public static async Task<long> NumberAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
    }

    private static async Task<int> CheckedVersionAsync(NpgsqlConnection connection, string location, CancellationToken cancellationToken)
    {
        bool exists = await NumberAsync(connection, $"SELECT count(*) FROM pg_tables WHERE schemaname = '{Name}' AND tablename = 'store_version'", cancellationToken).ConfigureAwait(false) > 0;

        // With the schema's name: a user who may not look into it is told so, and not that there is no such table.
        int version = exists ? (int)await NumberAsync(connection, $"SELECT version FROM {Name}.store_version", cancellationToken).ConfigureAwait(false) : 0;
        return version <= Version
            ? version
            : throw new CostStoreException($"The store at '{location}' has schema version {version}; this version of Magsag knows up to {Version}. Update Magsag.");
    }
}
