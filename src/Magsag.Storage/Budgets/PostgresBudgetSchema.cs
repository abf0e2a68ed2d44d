namespace Magsag.Storage.Budgets;

/// <summary>The tables of the budgets in PostgreSQL.</summary>
internal static class PostgresBudgetSchema
{
    // Accounts are locked by name before anything is read, in one order for all, so that an account that doesn't exist yet is locked too.
    public const string Sql = """
        CREATE TABLE IF NOT EXISTS magsag_budget_slots (
            account text NOT NULL, start bigint NOT NULL, forget_at bigint NOT NULL,
            spent_usd numeric NOT NULL, spent_calls bigint NOT NULL, spent_tokens bigint NOT NULL,
            reserved_usd numeric NOT NULL, reserved_calls bigint NOT NULL, reserved_tokens bigint NOT NULL,
            PRIMARY KEY (account, start)) WITH (fillfactor = 50);
        CREATE TABLE IF NOT EXISTS magsag_budget_leases (
            id uuid PRIMARY KEY, account text NOT NULL, start bigint NOT NULL, is_charged boolean NOT NULL, expires bigint NOT NULL, forget_at bigint NOT NULL,
            usd numeric NOT NULL, calls bigint NOT NULL, tokens bigint NOT NULL,
            settled_usd numeric NOT NULL, settled_calls bigint NOT NULL, settled_tokens bigint NOT NULL,
            allowed_usd numeric NOT NULL, allowed_calls bigint NOT NULL, allowed_tokens bigint NOT NULL, valid_until bigint NOT NULL, since bigint NOT NULL) WITH (fillfactor = 50);
        CREATE INDEX IF NOT EXISTS magsag_budget_leases_of ON magsag_budget_leases (account, start);
        CREATE INDEX IF NOT EXISTS magsag_budget_leases_open ON magsag_budget_leases (expires) WHERE NOT is_charged;
        CREATE TABLE IF NOT EXISTS magsag_budget_records (account text NOT NULL, start bigint NOT NULL, id uuid NOT NULL, PRIMARY KEY (account, start, id));
        CREATE TABLE IF NOT EXISTS magsag_budget_time (one integer PRIMARY KEY CHECK (one = 1), passed bigint NOT NULL, clock bigint NOT NULL);

        CREATE OR REPLACE FUNCTION magsag_budget_lock(p_accounts text[]) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE a bigint;
        BEGIN
            FOR a IN SELECT DISTINCT hashtextextended(x, 7177) AS h FROM unnest(p_accounts) AS x ORDER BY h LOOP
                PERFORM pg_advisory_xact_lock(a);
            END LOOP;
        END $$;
        """;
}
