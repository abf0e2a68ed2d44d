using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage;

/// <summary>The step that brought months, parties and ranges of numbers: made from what a store has, for its ledgers may be gone.</summary>
internal static class SqliteUpgrade
{
    private const string Sums =
        """
        records INTEGER NOT NULL, unmetered INTEGER NOT NULL, unpriced INTEGER NOT NULL, unpriced_tokens INTEGER NOT NULL, estimated INTEGER NOT NULL,
        input_tokens INTEGER NOT NULL, cached_input_tokens INTEGER NOT NULL, cache_write_tokens INTEGER NOT NULL, cache_write_1h_tokens INTEGER NOT NULL,
        output_tokens INTEGER NOT NULL, reasoning_tokens INTEGER NOT NULL,
        cost_nano INTEGER NOT NULL, cost_atto INTEGER NOT NULL, cost_rest INTEGER NOT NULL,
        avoided_nano INTEGER NOT NULL, avoided_atto INTEGER NOT NULL, avoided_rest INTEGER NOT NULL
        """;

    private const string Added =
        """
        sum(records), sum(unmetered), sum(unpriced), sum(unpriced_tokens), sum(estimated), sum(input_tokens), sum(cached_input_tokens), sum(cache_write_tokens), sum(cache_write_1h_tokens),
        sum(output_tokens), sum(reasoning_tokens), sum(cost_nano), sum(cost_atto), sum(cost_rest), sum(avoided_nano), sum(avoided_atto), sum(avoided_rest)
        """;

    // Days are counted from the first day of the year 1, Julian days from noon of another one.
    public const string FirstOfMonth = "CAST(julianday(date(day + 1721425.5, 'start of month')) - 1721425.5 AS INTEGER)";

    private const string Labels = "agent, customer, billing_tier, provider, model, requested_model, operation, outcome";

    public const string MonthsPartiesAndRanges =
        $"""
        CREATE TABLE monthly (
            day INTEGER NOT NULL, key BLOB NOT NULL, agent TEXT, customer TEXT, billing_tier TEXT, provider TEXT, model TEXT, requested_model TEXT,
            operation TEXT NOT NULL, outcome INTEGER NOT NULL, {Sums},
            PRIMARY KEY (day, key)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE monthly_code (
            day INTEGER NOT NULL, key BLOB NOT NULL, test TEXT, site TEXT, outcome INTEGER NOT NULL, {Sums},
            PRIMARY KEY (day, key)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE daily_model (
            day INTEGER NOT NULL, key BLOB NOT NULL, provider TEXT, model TEXT, requested_model TEXT, outcome INTEGER NOT NULL, {Sums},
            PRIMARY KEY (day, key)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO daily_model SELECT day, row_key(day, provider, model, requested_model, outcome), provider, model, requested_model, outcome, {Added} FROM daily GROUP BY day, provider, model, requested_model, outcome;
        INSERT INTO monthly SELECT first, row_key(first, {Labels}), {Labels}, {Added} FROM (SELECT {FirstOfMonth} AS first, * FROM daily) GROUP BY first, {Labels};
        INSERT INTO monthly_code SELECT first, row_key(first, test, site, outcome), test, site, outcome, {Added} FROM (SELECT {FirstOfMonth} AS first, * FROM daily_code) GROUP BY first, test, site, outcome;

        CREATE TABLE party (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, agent TEXT, customer TEXT, model TEXT, requested_model TEXT, runs INTEGER NOT NULL) STRICT;
        CREATE TABLE run_party (party INTEGER NOT NULL, main INTEGER NOT NULL, run INTEGER NOT NULL, PRIMARY KEY (party, main, run)) STRICT, WITHOUT ROWID;
        ALTER TABLE run ADD COLUMN party INTEGER;
        INSERT INTO party (key, agent, customer, model, requested_model, runs)
            SELECT row_key(agent, customer, model, requested_model), agent, customer, model, requested_model, 0 FROM (SELECT DISTINCT agent, customer, model, requested_model FROM series);
        CREATE TEMP TABLE party_of_series AS
            SELECT s.id AS series, p.id AS party FROM series s JOIN party p ON p.agent IS s.agent AND p.customer IS s.customer AND p.model IS s.model AND p.requested_model IS s.requested_model;
        CREATE UNIQUE INDEX temp.party_of_series_id ON party_of_series (series, party);
        CREATE TEMP TABLE found AS
            SELECT DISTINCT r.run AS run, s.party AS party FROM record r CROSS JOIN party_of_series s ON s.series = r.series WHERE r.run IS NOT NULL AND r.outcome NOT IN (3, 4);
        CREATE INDEX temp.found_run ON found (run, party);
        UPDATE run SET party = (SELECT min(f.party) FROM found f WHERE f.run = run.id);
        INSERT INTO run_party SELECT f.party, u.party, f.run FROM found f JOIN run u ON u.id = f.run WHERE f.party <> u.party;
        UPDATE party SET runs = c.runs FROM (SELECT u.party AS id, count(*) AS runs FROM run u WHERE u.party IS NOT NULL GROUP BY u.party) c WHERE c.id = party.id;
        CREATE INDEX run_time ON run (first_ts, last_ts, party) WHERE first_ts IS NOT NULL;
        DROP TABLE temp.found;
        DROP TABLE temp.party_of_series;

        CREATE TABLE daily_number (day INTEGER NOT NULL, field TEXT NOT NULL, lowest REAL NOT NULL, highest REAL NOT NULL, PRIMARY KEY (day, field)) STRICT, WITHOUT ROWID;
        CREATE TEMP TABLE ranges AS
            SELECT r.ts / 864000000000 AS day, min(cost_nano / 1e9) AS cost_low, max((cost_nano + 1) / 1e9) AS cost_high, min(input_tokens) AS input_low, max(input_tokens) AS input_high,
                min(cached_input_tokens) AS cached_low, max(cached_input_tokens) AS cached_high, min(cache_write_tokens) AS write_low, max(cache_write_tokens) AS write_high,
                min(cache_write_1h_tokens) AS hour_low, max(cache_write_1h_tokens) AS hour_high, min(output_tokens) AS output_low, max(output_tokens) AS output_high,
                min(reasoning_tokens) AS reasoning_low, max(reasoning_tokens) AS reasoning_high, min(duration_ms) AS duration_low, max(duration_ms) AS duration_high,
                min(quality) AS quality_low, max(quality) AS quality_high
            FROM record r GROUP BY 1;
        INSERT INTO daily_number SELECT day, 'cost_usd', cost_low, cost_high FROM ranges WHERE cost_low IS NOT NULL;
        INSERT INTO daily_number SELECT day, 'input_tokens', input_low, input_high FROM ranges WHERE input_low IS NOT NULL;
        INSERT INTO daily_number SELECT day, 'cached_input_tokens', cached_low, cached_high FROM ranges WHERE cached_low IS NOT NULL;
        INSERT INTO daily_number SELECT day, 'cache_write_tokens', write_low, write_high FROM ranges WHERE write_low IS NOT NULL;
        INSERT INTO daily_number SELECT day, 'cache_write_1h_tokens', hour_low, hour_high FROM ranges WHERE hour_low IS NOT NULL;
        INSERT INTO daily_number SELECT day, 'output_tokens', output_low, output_high FROM ranges WHERE output_low IS NOT NULL;
        INSERT INTO daily_number SELECT day, 'reasoning_tokens', reasoning_low, reasoning_high FROM ranges WHERE reasoning_low IS NOT NULL;
        INSERT INTO daily_number SELECT day, 'duration_ms', duration_low, duration_high FROM ranges WHERE duration_low IS NOT NULL;
        INSERT INTO daily_number SELECT day, 'quality', quality_low, quality_high FROM ranges WHERE quality_low IS NOT NULL;
        DROP TABLE temp.ranges;
        """;

    /// <summary>Makes the function with which the step computes keys: the same as <see cref="RowKey"/>.</summary>
    public static void AddFunctions(SqliteConnection connection) => connection.CreateFunction(
        "row_key",
        static (object?[] parts) => RowKey.Of([.. parts.Select(static part => part is null or DBNull ? null : Convert.ToString(part, CultureInfo.InvariantCulture))]).ToByteArray(bigEndian: true),
        isDeterministic: true);
}
