namespace Magsag.Storage;

/// <summary>The step that brought months, parties and ranges of numbers: made from what a store has, for its ledgers may be gone.</summary>
internal static class PostgresUpgrade
{
    private const string Sums =
        """
        records bigint NOT NULL, unmetered bigint NOT NULL, unpriced bigint NOT NULL, unpriced_tokens bigint NOT NULL, estimated bigint NOT NULL,
        input_tokens bigint NOT NULL, cached_input_tokens bigint NOT NULL, cache_write_tokens bigint NOT NULL, cache_write_1h_tokens bigint NOT NULL,
        output_tokens bigint NOT NULL, reasoning_tokens bigint NOT NULL, cost_usd numeric NOT NULL, avoided_usd numeric NOT NULL
        """;

    private const string Added =
        """
        sum(records), sum(unmetered), sum(unpriced), sum(unpriced_tokens), sum(estimated), sum(input_tokens), sum(cached_input_tokens), sum(cache_write_tokens), sum(cache_write_1h_tokens),
        sum(output_tokens), sum(reasoning_tokens), sum(cost_usd), sum(avoided_usd)
        """;

    public const string FirstOfMonth = "(date_trunc('month', date '0001-01-01' + day)::date - date '0001-01-01')";

    private const string Labels = "agent, customer, billing_tier, provider, model, requested_model, operation";

    // row_key is RowKey in SQL: the first half of the SHA-256 of the parts, each behind its length as a little-endian number, -1 for none.
    public const string MonthsPartiesAndRanges =
        $"""
        CREATE FUNCTION pg_temp.row_key(VARIADIC parts text[]) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
            SELECT encode(substring(sha256(string_agg(
                CASE WHEN part IS NULL THEN '\xffffffff'::bytea
                ELSE substring(size FROM 4 FOR 1) || substring(size FROM 3 FOR 1) || substring(size FROM 2 FOR 1) || substring(size FROM 1 FOR 1) || convert_to(part, 'UTF8') END, ''::bytea ORDER BY place)) FROM 1 FOR 16), 'hex')::uuid
            FROM unnest(parts) WITH ORDINALITY AS x (part, place) CROSS JOIN LATERAL (SELECT int4send(octet_length(convert_to(part, 'UTF8'))) AS size) AS y
        $$;
        CREATE TABLE monthly (
            day integer NOT NULL, key uuid NOT NULL, agent text COLLATE "C", customer text COLLATE "C", billing_tier text COLLATE "C", provider text COLLATE "C",
            model text COLLATE "C", requested_model text COLLATE "C", operation text COLLATE "C" NOT NULL, outcome integer NOT NULL, {Sums},
            PRIMARY KEY (day, key)
        );
        CREATE TABLE monthly_code (
            day integer NOT NULL, key uuid NOT NULL, test text COLLATE "C", site text COLLATE "C", outcome integer NOT NULL, {Sums},
            PRIMARY KEY (day, key)
        );
        CREATE TABLE daily_model (
            day integer NOT NULL, key uuid NOT NULL, provider text COLLATE "C", model text COLLATE "C", requested_model text COLLATE "C", outcome integer NOT NULL, {Sums},
            PRIMARY KEY (day, key)
        );
        INSERT INTO daily_model SELECT day, pg_temp.row_key(day::text, provider, model, requested_model, outcome::text), provider, model, requested_model, outcome, {Added} FROM daily GROUP BY day, provider, model, requested_model, outcome;
        INSERT INTO monthly SELECT first, pg_temp.row_key(first::text, {Labels}, outcome::text), {Labels}, outcome, {Added} FROM (SELECT {FirstOfMonth} AS first, * FROM daily) AS days GROUP BY first, {Labels}, outcome;
        INSERT INTO monthly_code SELECT first, pg_temp.row_key(first::text, test, site, outcome::text), test, site, outcome, {Added} FROM (SELECT {FirstOfMonth} AS first, * FROM daily_code) AS days GROUP BY first, test, site, outcome;

        CREATE TABLE party (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key uuid NOT NULL UNIQUE, agent text COLLATE "C", customer text COLLATE "C", model text COLLATE "C", requested_model text COLLATE "C", runs bigint NOT NULL
        );
        CREATE TABLE run_party (party bigint NOT NULL, main bigint NOT NULL, run bigint NOT NULL, PRIMARY KEY (party, main, run));
        ALTER TABLE run ADD COLUMN party bigint;
        INSERT INTO party (key, agent, customer, model, requested_model, runs)
            SELECT pg_temp.row_key(agent, customer, model, requested_model), agent, customer, model, requested_model, 0 FROM (SELECT DISTINCT agent, customer, model, requested_model FROM series) AS s;
        CREATE TEMP TABLE found ON COMMIT DROP AS
            SELECT DISTINCT r.run AS run, p.id AS party FROM record r JOIN series s ON s.id = r.series JOIN party p ON p.key = pg_temp.row_key(s.agent, s.customer, s.model, s.requested_model)
            WHERE r.run IS NOT NULL AND r.outcome NOT IN (3, 4);
        UPDATE run SET party = f.party FROM (SELECT run, min(party) AS party FROM found GROUP BY run) AS f WHERE f.run = run.id;
        INSERT INTO run_party SELECT f.party, u.party, f.run FROM found f JOIN run u ON u.id = f.run WHERE f.party <> u.party;
        UPDATE party SET runs = c.runs FROM (SELECT party, count(*) AS runs FROM run WHERE party IS NOT NULL GROUP BY party) AS c WHERE c.party = party.id;
        CREATE INDEX run_time ON run (first_ts, last_ts, party) WHERE first_ts IS NOT NULL;

        CREATE TABLE daily_number (day integer NOT NULL, field text COLLATE "C" NOT NULL, lowest double precision NOT NULL, highest double precision NOT NULL, PRIMARY KEY (day, field));
        INSERT INTO daily_number
            SELECT r.ts / 864000000000, n.field, min(n.value), max(n.value)
            FROM record r CROSS JOIN LATERAL (VALUES
                ('cost_usd', r.cost_usd::double precision), ('input_tokens', r.input_tokens::double precision), ('cached_input_tokens', r.cached_input_tokens::double precision),
                ('cache_write_tokens', r.cache_write_tokens::double precision), ('cache_write_1h_tokens', r.cache_write_1h_tokens::double precision), ('output_tokens', r.output_tokens::double precision),
                ('reasoning_tokens', r.reasoning_tokens::double precision), ('duration_ms', r.duration_ms), ('quality', r.quality)) AS n (field, value)
            WHERE n.value IS NOT NULL GROUP BY 1, 2;
        """;
}
