namespace Magsag.Storage.Budgets;

/// <summary>The tables of the budgets in SQLite. Amounts are exact decimals as text; times are ticks of UTC, those after which something is forgotten ticks of observed time.</summary>
internal static class SqliteBudgetSchema
{
    public const string Sql = """
        CREATE TABLE IF NOT EXISTS budget_slots (
            account TEXT NOT NULL, start INTEGER NOT NULL, forget_at INTEGER NOT NULL,
            spent_usd TEXT NOT NULL, spent_calls INTEGER NOT NULL, spent_tokens INTEGER NOT NULL,
            reserved_usd TEXT NOT NULL, reserved_calls INTEGER NOT NULL, reserved_tokens INTEGER NOT NULL,
            PRIMARY KEY (account, start)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS budget_claims (
            id TEXT NOT NULL PRIMARY KEY, is_charged INTEGER NOT NULL, expires INTEGER NOT NULL, forget_at INTEGER NOT NULL,
            usd TEXT NOT NULL, calls INTEGER NOT NULL, tokens INTEGER NOT NULL, slots TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS budget_records (
            account TEXT NOT NULL, start INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (account, start, id)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS budget_time (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), passed INTEGER NOT NULL, clock INTEGER NOT NULL);
        """;
}
