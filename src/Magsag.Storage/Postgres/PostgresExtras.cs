namespace Magsag.Storage;

/// <summary>Adds up what few calls have (audio, images, searches), which records and roll-ups keep as JSON.</summary>
internal static class PostgresExtras
{
    /// <summary>The step that brought them into the roll-ups: made from the records, for their ledgers may be gone.</summary>
    public const string Step =
        $"""
        CREATE FUNCTION extras_sum(l text, r text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
            SELECT json_object_agg(name, total)::text FROM (
                SELECT key AS name, least(sum(value::numeric), 9223372036854775807) AS total
                FROM (SELECT * FROM json_each_text(l::json) UNION ALL SELECT * FROM json_each_text(r::json)) AS each GROUP BY key) AS sums
        $$;
        CREATE AGGREGATE extras_total(text) (SFUNC = extras_sum, STYPE = text);
        ALTER TABLE daily ADD COLUMN extras text;
        ALTER TABLE monthly ADD COLUMN extras text;
        ALTER TABLE daily_model ADD COLUMN extras text;
        ALTER TABLE daily_code ADD COLUMN extras text;
        ALTER TABLE monthly_code ADD COLUMN extras text;
        CREATE INDEX record_extras ON record (ts) WHERE extras IS NOT NULL;
        CREATE TEMP TABLE found_extras ON COMMIT DROP AS
            SELECT (r.ts / 864000000000)::integer AS day, r.series AS series, r.outcome AS outcome, extras_total(r.extras) AS extras
            FROM record r WHERE r.extras IS NOT NULL AND r.outcome NOT IN (3, 4) GROUP BY 1, 2, 3;
        UPDATE daily d SET extras = x.extras FROM (
            SELECT f.day, f.outcome, s.agent, s.customer, s.billing_tier, s.provider, s.model, s.requested_model, s.operation, extras_total(f.extras) AS extras
            FROM found_extras f JOIN series s ON s.id = f.series GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9) AS x
            WHERE x.day = d.day AND x.outcome = d.outcome AND x.operation = d.operation AND x.agent IS NOT DISTINCT FROM d.agent AND x.customer IS NOT DISTINCT FROM d.customer
                AND x.billing_tier IS NOT DISTINCT FROM d.billing_tier AND x.provider IS NOT DISTINCT FROM d.provider AND x.model IS NOT DISTINCT FROM d.model AND x.requested_model IS NOT DISTINCT FROM d.requested_model;
        UPDATE daily_code d SET extras = x.extras FROM (
            SELECT f.day, f.outcome, s.test, s.site, extras_total(f.extras) AS extras
            FROM found_extras f JOIN series s ON s.id = f.series GROUP BY 1, 2, 3, 4) AS x
            WHERE x.day = d.day AND x.outcome = d.outcome AND x.test IS NOT DISTINCT FROM d.test AND x.site IS NOT DISTINCT FROM d.site;
        UPDATE daily_model d SET extras = x.extras FROM (
            SELECT day, outcome, provider, model, requested_model, extras_total(extras) AS extras FROM daily WHERE extras IS NOT NULL GROUP BY 1, 2, 3, 4, 5) AS x
            WHERE x.day = d.day AND x.outcome = d.outcome AND x.provider IS NOT DISTINCT FROM d.provider AND x.model IS NOT DISTINCT FROM d.model AND x.requested_model IS NOT DISTINCT FROM d.requested_model;
        UPDATE monthly d SET extras = x.extras FROM (
            SELECT {PostgresUpgrade.FirstOfMonth} AS first, outcome, agent, customer, billing_tier, provider, model, requested_model, operation, extras_total(extras) AS extras
            FROM daily WHERE extras IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9) AS x
            WHERE x.first = d.day AND x.outcome = d.outcome AND x.operation = d.operation AND x.agent IS NOT DISTINCT FROM d.agent AND x.customer IS NOT DISTINCT FROM d.customer
                AND x.billing_tier IS NOT DISTINCT FROM d.billing_tier AND x.provider IS NOT DISTINCT FROM d.provider AND x.model IS NOT DISTINCT FROM d.model AND x.requested_model IS NOT DISTINCT FROM d.requested_model;
        UPDATE monthly_code d SET extras = x.extras FROM (
            SELECT {PostgresUpgrade.FirstOfMonth} AS first, outcome, test, site, extras_total(extras) AS extras FROM daily_code WHERE extras IS NOT NULL GROUP BY 1, 2, 3, 4) AS x
            WHERE x.first = d.day AND x.outcome = d.outcome AND x.test IS NOT DISTINCT FROM d.test AND x.site IS NOT DISTINCT FROM d.site;
        CREATE INDEX daily_extras ON daily (day) WHERE extras IS NOT NULL;
        CREATE INDEX monthly_extras ON monthly (day) WHERE extras IS NOT NULL;
        CREATE INDEX daily_model_extras ON daily_model (day) WHERE extras IS NOT NULL;
        CREATE INDEX daily_code_extras ON daily_code (day) WHERE extras IS NOT NULL;
        CREATE INDEX monthly_code_extras ON monthly_code (day) WHERE extras IS NOT NULL;
        """;
}
