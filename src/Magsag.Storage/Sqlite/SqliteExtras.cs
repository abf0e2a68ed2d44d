using Magsag.Ledger.Records;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage;

/// <summary>Adds up what few calls have (audio, images, searches), which records and roll-ups keep as JSON.</summary>
internal static class SqliteExtras
{
    /// <summary>The step that brought them into the roll-ups: made from the records, for their ledgers may be gone.</summary>
    public const string Step =
        $"""
        ALTER TABLE daily ADD COLUMN extras TEXT;
        ALTER TABLE monthly ADD COLUMN extras TEXT;
        ALTER TABLE daily_model ADD COLUMN extras TEXT;
        ALTER TABLE daily_code ADD COLUMN extras TEXT;
        ALTER TABLE monthly_code ADD COLUMN extras TEXT;
        CREATE INDEX record_extras ON record (ts) WHERE extras IS NOT NULL;
        CREATE TEMP TABLE found AS
            SELECT CAST(r.ts / 864000000000 AS INTEGER) AS day, r.series AS series, r.outcome AS outcome, extras_total(r.extras) AS extras
            FROM record r WHERE r.extras IS NOT NULL AND r.outcome NOT IN (3, 4) GROUP BY 1, 2, 3;
        UPDATE daily SET extras = x.extras FROM (
            SELECT f.day AS day, row_key(f.day, s.agent, s.customer, s.billing_tier, s.provider, s.model, s.requested_model, s.operation, f.outcome) AS key, extras_total(f.extras) AS extras
            FROM found f JOIN series s ON s.id = f.series GROUP BY 1, 2) AS x WHERE x.day = daily.day AND x.key = daily.key;
        UPDATE daily_code SET extras = x.extras FROM (
            SELECT f.day AS day, row_key(f.day, s.test, s.site, f.outcome) AS key, extras_total(f.extras) AS extras
            FROM found f JOIN series s ON s.id = f.series GROUP BY 1, 2) AS x WHERE x.day = daily_code.day AND x.key = daily_code.key;
        UPDATE daily_model SET extras = x.extras FROM (
            SELECT day, row_key(day, provider, model, requested_model, outcome) AS key, extras_total(extras) AS extras
            FROM daily WHERE extras IS NOT NULL GROUP BY 1, 2) AS x WHERE x.day = daily_model.day AND x.key = daily_model.key;
        UPDATE monthly SET extras = x.extras FROM (
            SELECT {SqliteUpgrade.FirstOfMonth} AS first, row_key({SqliteUpgrade.FirstOfMonth}, agent, customer, billing_tier, provider, model, requested_model, operation, outcome) AS key, extras_total(extras) AS extras
            FROM daily WHERE extras IS NOT NULL GROUP BY 1, 2) AS x WHERE x.first = monthly.day AND x.key = monthly.key;
        UPDATE monthly_code SET extras = x.extras FROM (
            SELECT {SqliteUpgrade.FirstOfMonth} AS first, row_key({SqliteUpgrade.FirstOfMonth}, test, site, outcome) AS key, extras_total(extras) AS extras
            FROM daily_code WHERE extras IS NOT NULL GROUP BY 1, 2) AS x WHERE x.first = monthly_code.day AND x.key = monthly_code.key;
        DROP TABLE temp.found;
        CREATE INDEX daily_extras ON daily (day) WHERE extras IS NOT NULL;
        CREATE INDEX monthly_extras ON monthly (day) WHERE extras IS NOT NULL;
        CREATE INDEX daily_model_extras ON daily_model (day) WHERE extras IS NOT NULL;
        CREATE INDEX daily_code_extras ON daily_code (day) WHERE extras IS NOT NULL;
        CREATE INDEX monthly_code_extras ON monthly_code (day) WHERE extras IS NOT NULL;
        """;

    /// <summary>Makes the functions that add them up: of two, and of all rows.</summary>
    public static void AddFunctions(SqliteConnection connection)
    {
        connection.CreateFunction("extras_sum", static (string? left, string? right) => ExtrasText.Of(UsageExtras.Sum(ExtrasText.Parse(left), ExtrasText.Parse(right))), isDeterministic: true);
        connection.CreateAggregate<string?, UsageExtras?, string?>("extras_total", null, static (sum, extras) => UsageExtras.Sum(sum, ExtrasText.Parse(extras)), ExtrasText.Of, isDeterministic: true);
    }
}
