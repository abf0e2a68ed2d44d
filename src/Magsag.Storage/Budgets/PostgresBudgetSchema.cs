namespace Magsag.Storage;

/// <summary>The tables and functions of the budgets in PostgreSQL. Each step is one function, so that it takes one round trip.</summary>
internal static class PostgresBudgetSchema
{
    // Accounts are locked by name before anything is read, in one order for all, so that an account that doesn't exist yet is locked too.
    public const string Sql = """
        CREATE TABLE IF NOT EXISTS magsag_budget_slots (
            account text NOT NULL, start bigint NOT NULL, keep_until bigint NOT NULL,
            spent_usd numeric NOT NULL DEFAULT 0, spent_calls bigint NOT NULL DEFAULT 0, spent_tokens bigint NOT NULL DEFAULT 0,
            reserved_usd numeric NOT NULL DEFAULT 0, reserved_calls bigint NOT NULL DEFAULT 0, reserved_tokens bigint NOT NULL DEFAULT 0,
            PRIMARY KEY (account, start)) WITH (fillfactor = 50);
        CREATE TABLE IF NOT EXISTS magsag_budget_claims (
            id uuid PRIMARY KEY, is_charged boolean NOT NULL DEFAULT false, expires bigint NOT NULL,
            usd numeric NOT NULL, calls bigint NOT NULL, tokens bigint NOT NULL, accounts text[] NOT NULL, starts bigint[] NOT NULL);
        CREATE TABLE IF NOT EXISTS magsag_budget_records (id uuid PRIMARY KEY, keep_until bigint NOT NULL);

        CREATE OR REPLACE FUNCTION magsag_budget_lock(p_accounts text[]) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE a text;
        BEGIN
            FOR a IN SELECT DISTINCT x FROM unnest(p_accounts) AS x ORDER BY x LOOP
                PERFORM pg_advisory_xact_lock(hashtextextended(a, 7177));
            END LOOP;
        END $$;

        CREATE OR REPLACE FUNCTION magsag_budget_add(p_account text, p_start bigint, p_keep bigint,
            p_usd numeric, p_calls bigint, p_tokens bigint, r_usd numeric, r_calls bigint, r_tokens bigint) RETURNS void LANGUAGE sql AS $$
            INSERT INTO magsag_budget_slots AS s VALUES (p_account, p_start, p_keep, p_usd, p_calls, p_tokens, r_usd, r_calls, r_tokens)
            ON CONFLICT (account, start) DO UPDATE SET
                keep_until = greatest(s.keep_until, excluded.keep_until),
                spent_usd = s.spent_usd + excluded.spent_usd, spent_calls = s.spent_calls + excluded.spent_calls, spent_tokens = s.spent_tokens + excluded.spent_tokens,
                reserved_usd = s.reserved_usd + excluded.reserved_usd, reserved_calls = s.reserved_calls + excluded.reserved_calls, reserved_tokens = s.reserved_tokens + excluded.reserved_tokens;
        $$;

        CREATE OR REPLACE FUNCTION magsag_budget_reserve(p_id uuid, p_expires bigint, p_usd numeric, p_calls bigint, p_tokens bigint,
            p_accounts text[], p_starts bigint[], p_froms bigint[], p_tos bigint[], p_keeps bigint[],
            p_max_usd numeric[], p_max_calls bigint[], p_max_tokens bigint[],
            OUT refusing int, OUT s_usd numeric, OUT s_calls bigint, OUT s_tokens bigint, OUT r_usd numeric, OUT r_calls bigint, OUT r_tokens bigint) LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM magsag_budget_lock(p_accounts);
            FOR i IN 1 .. coalesce(array_length(p_accounts, 1), 0) LOOP
                SELECT coalesce(sum(spent_usd), 0), coalesce(sum(spent_calls), 0), coalesce(sum(spent_tokens), 0),
                       coalesce(sum(reserved_usd), 0), coalesce(sum(reserved_calls), 0), coalesce(sum(reserved_tokens), 0)
                INTO s_usd, s_calls, s_tokens, r_usd, r_calls, r_tokens
                FROM magsag_budget_slots WHERE account = p_accounts[i] AND start >= p_froms[i] AND start < p_tos[i];
                IF s_usd + r_usd + p_usd > p_max_usd[i] OR s_calls + r_calls + p_calls > p_max_calls[i] OR s_tokens + r_tokens + p_tokens > p_max_tokens[i] THEN
                    refusing := i;
                    RETURN;
                END IF;
            END LOOP;
            FOR i IN 1 .. coalesce(array_length(p_accounts, 1), 0) LOOP
                PERFORM magsag_budget_add(p_accounts[i], p_starts[i], p_keeps[i], 0, 0, 0, p_usd, p_calls, p_tokens);
            END LOOP;
            INSERT INTO magsag_budget_claims VALUES (p_id, false, p_expires, p_usd, p_calls, p_tokens, p_accounts, p_starts);
        END $$;

        CREATE OR REPLACE FUNCTION magsag_budget_settle(p_id uuid, p_usd numeric, p_calls bigint, p_tokens bigint) RETURNS boolean LANGUAGE plpgsql AS $$
        DECLARE c magsag_budget_claims;
        BEGIN
            SELECT * INTO c FROM magsag_budget_claims WHERE id = p_id;
            IF NOT FOUND THEN RETURN false; END IF;
            PERFORM magsag_budget_lock(c.accounts);
            DELETE FROM magsag_budget_claims WHERE id = p_id RETURNING * INTO c;
            IF NOT FOUND THEN RETURN false; END IF;
            -- Nobody waits for the disk to hear of less than was reserved: what a crash takes of it counts as the whole reservation, and
            -- whoever is granted what became free is written behind it.
            IF p_usd <= c.usd AND p_calls <= c.calls AND p_tokens <= c.tokens THEN
                PERFORM set_config('synchronous_commit', 'off', true);
            END IF;
            FOR i IN 1 .. coalesce(array_length(c.accounts, 1), 0) LOOP
                IF c.is_charged THEN
                    PERFORM magsag_budget_add(c.accounts[i], c.starts[i], 0, p_usd - c.usd, p_calls - c.calls, p_tokens - c.tokens, 0, 0, 0);
                ELSE
                    PERFORM magsag_budget_add(c.accounts[i], c.starts[i], 0, p_usd, p_calls, p_tokens, -c.usd, -c.calls, -c.tokens);
                END IF;
            END LOOP;
            RETURN true;
        END $$;

        CREATE OR REPLACE FUNCTION magsag_budget_record(p_id uuid, p_usd numeric, p_calls bigint, p_tokens bigint, p_accounts text[], p_starts bigint[], p_keeps bigint[]) RETURNS boolean LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO magsag_budget_records VALUES (p_id, coalesce((SELECT max(k) FROM unnest(p_keeps) AS k), 0)) ON CONFLICT DO NOTHING;
            IF NOT FOUND THEN RETURN false; END IF;
            PERFORM magsag_budget_lock(p_accounts);
            FOR i IN 1 .. coalesce(array_length(p_accounts, 1), 0) LOOP
                PERFORM magsag_budget_add(p_accounts[i], p_starts[i], p_keeps[i], p_usd, p_calls, p_tokens, 0, 0, 0);
            END LOOP;
            RETURN true;
        END $$;

        CREATE OR REPLACE FUNCTION magsag_budget_expire(p_id uuid, p_now bigint) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE c magsag_budget_claims;
        BEGIN
            SELECT * INTO c FROM magsag_budget_claims WHERE id = p_id;
            IF NOT FOUND THEN RETURN; END IF;
            PERFORM magsag_budget_lock(c.accounts);
            UPDATE magsag_budget_claims SET is_charged = true WHERE id = p_id AND NOT is_charged AND expires <= p_now RETURNING * INTO c;
            IF NOT FOUND THEN RETURN; END IF;
            FOR i IN 1 .. coalesce(array_length(c.accounts, 1), 0) LOOP
                PERFORM magsag_budget_add(c.accounts[i], c.starts[i], 0, c.usd, c.calls, c.tokens, -c.usd, -c.calls, -c.tokens);
            END LOOP;
        END $$;
        """;
}
