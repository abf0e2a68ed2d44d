using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage;

/// <summary>The tables of a store in SQLite, and the numbered steps that lead there.</summary>
/// <remarks>
/// What many calls have in common is a row of <c>series</c>, so that a record is a few numbers and words are indexed once. Records are
/// kept in the order of time; time and id together tell them apart. Times are ticks of 100 ns since the year 1, in UTC.
/// </remarks>
internal static class SqliteSchema
{
    /// <summary>"MGSG": tells a store from other SQLite databases.</summary>
    private const int ApplicationId = 0x4D475347;

    private const string Sums =
        """
        records INTEGER NOT NULL, unmetered INTEGER NOT NULL, unpriced INTEGER NOT NULL, unpriced_tokens INTEGER NOT NULL, estimated INTEGER NOT NULL,
        input_tokens INTEGER NOT NULL, cached_input_tokens INTEGER NOT NULL, cache_write_tokens INTEGER NOT NULL, cache_write_1h_tokens INTEGER NOT NULL,
        output_tokens INTEGER NOT NULL, reasoning_tokens INTEGER NOT NULL,
        cost_nano INTEGER NOT NULL, cost_atto INTEGER NOT NULL, cost_rest INTEGER NOT NULL,
        avoided_nano INTEGER NOT NULL, avoided_atto INTEGER NOT NULL, avoided_rest INTEGER NOT NULL
        """;

    /// <summary>Step n leads from version n to version n + 1. Steps that were released are never changed.</summary>
    private static readonly string[] Migrations =
    [
        $"""
        CREATE TABLE source (
            identity BLOB PRIMARY KEY, origin TEXT NOT NULL, modified INTEGER NOT NULL, byte_offset INTEGER NOT NULL, lines INTEGER NOT NULL,
            tail BLOB NOT NULL, unknown_lines INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE series (
            id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, agent TEXT, customer TEXT, billing_tier TEXT, tags TEXT, provider TEXT, model TEXT,
            requested_model TEXT, operation TEXT NOT NULL, service_tier TEXT, batch INTEGER NOT NULL, price_id TEXT, test TEXT, site TEXT, member TEXT,
            module BLOB, experiment TEXT, variant TEXT, usage_issue TEXT, region TEXT, records INTEGER NOT NULL, first_ts INTEGER, last_ts INTEGER
        ) STRICT;
        CREATE INDEX series_agent ON series (agent) WHERE agent IS NOT NULL;
        CREATE INDEX series_customer ON series (customer) WHERE customer IS NOT NULL;
        CREATE INDEX series_model ON series (model) WHERE model IS NOT NULL;
        CREATE INDEX series_requested_model ON series (requested_model) WHERE requested_model IS NOT NULL;
        CREATE INDEX series_test ON series (test) WHERE test IS NOT NULL;
        CREATE INDEX series_site ON series (site) WHERE site IS NOT NULL;
        CREATE TABLE series_tag (name TEXT NOT NULL, value TEXT NOT NULL, series INTEGER NOT NULL, PRIMARY KEY (name, value, series)) STRICT, WITHOUT ROWID;
        CREATE INDEX series_tag_series ON series_tag (series, name);
        CREATE VIRTUAL TABLE series_text USING fts5 ({string.Join(", ", SearchField.TextNames)}, content='', tokenize='ascii');
        CREATE TABLE run (
            id INTEGER PRIMARY KEY, run_id TEXT NOT NULL UNIQUE, first_ts INTEGER, first_id BLOB, agent TEXT, customer TEXT, last_ts INTEGER, last_id BLOB, outcome INTEGER
        ) STRICT;
        CREATE TABLE record (
            ts INTEGER NOT NULL, id BLOB NOT NULL, series INTEGER NOT NULL, run INTEGER, outcome INTEGER NOT NULL, usage_source INTEGER NOT NULL,
            input_tokens INTEGER, cached_input_tokens INTEGER, cache_write_tokens INTEGER, cache_write_1h_tokens INTEGER, output_tokens INTEGER, reasoning_tokens INTEGER,
            cost_nano INTEGER, cost_atto INTEGER, cost_rest INTEGER, avoided_nano INTEGER, avoided_atto INTEGER, avoided_rest INTEGER, duration_ms REAL, quality REAL, parent_run_id TEXT, call_id TEXT, extras TEXT,
            PRIMARY KEY (ts, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX record_series ON record (series, ts);
        CREATE INDEX record_run ON record (run, ts) WHERE run IS NOT NULL;
        CREATE INDEX record_outcome ON record (outcome, ts) WHERE outcome <> 0;
        CREATE TABLE daily (
            day INTEGER NOT NULL, key BLOB NOT NULL, agent TEXT, customer TEXT, billing_tier TEXT, provider TEXT, model TEXT, requested_model TEXT,
            operation TEXT NOT NULL, outcome INTEGER NOT NULL, {Sums},
            PRIMARY KEY (day, key)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE daily_code (
            day INTEGER NOT NULL, key BLOB NOT NULL, test TEXT, site TEXT, outcome INTEGER NOT NULL, {Sums},
            PRIMARY KEY (day, key)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE daily_run (
            day INTEGER NOT NULL, key BLOB NOT NULL, agent TEXT, customer TEXT, runs INTEGER NOT NULL, successful INTEGER NOT NULL,
            PRIMARY KEY (day, key)
        ) STRICT, WITHOUT ROWID;
        """,

        // What an earlier version passed over may have been corrections: those files are read anew.
        """
        CREATE TABLE correction (
            ts INTEGER NOT NULL, id BLOB NOT NULL, corrects BLOB NOT NULL, corrected_at INTEGER NOT NULL, reason TEXT NOT NULL, was_unknown INTEGER NOT NULL,
            PRIMARY KEY (ts, id)
        ) STRICT, WITHOUT ROWID;
        DELETE FROM source WHERE unknown_lines > 0;
        """,

        SqliteUpgrade.MonthsPartiesAndRanges,

        SqliteExtras.Step,
    ];

    public static int Version => Migrations.Length;

    /// <summary>Checks that a database is a store of this version; one that is empty or older is brought here.</summary>
    /// <exception cref="CostStoreException">It is a database of something else, or a store of a later version.</exception>
    public static void Prepare(SqliteConnection connection, string path, bool readOnly)
    {
        int version = CheckedVersion(connection, path);
        if (version == Version)
        {
            return;
        }

        if (readOnly)
        {
            throw new CostStoreException($"The store '{path}' has schema version {version}, this is magsag for version {Version}, and the file can't be written. Make it writable, or delete it: it is made again from the ledgers.");
        }

        // The journal's mode can't be changed in a transaction.
        Execute(connection, "PRAGMA journal_mode = WAL");
        SqliteUpgrade.AddFunctions(connection);
        SqliteWork.InTransaction(connection, () => Migrate(connection, path));
    }

    private static int Migrate(SqliteConnection connection, string path)
    {
        for (int version = CheckedVersion(connection, path); version < Version; version++)
        {
            Execute(connection, Migrations[version]);
        }

        return Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Version}; PRAGMA application_id = {ApplicationId}"));
    }

    public static int Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    private static int CheckedVersion(SqliteConnection connection, string path)
    {
        long application = Scalar(connection, "PRAGMA application_id");
        int version = (int)Scalar(connection, "PRAGMA user_version");
        bool isEmpty = application == 0 && version == 0 && Scalar(connection, "SELECT count(*) FROM sqlite_master") == 0;
        if (application != ApplicationId && !isEmpty)
        {
            throw new CostStoreException($"'{path}' is an SQLite database, but not a store of Magsag's. Name another file.");
        }

        return version <= Version
            ? version
            : throw new CostStoreException($"The store '{path}' has schema version {version}; this version of Magsag knows up to {Version}. Update Magsag, or delete the file: it is made again from the ledgers.");
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
