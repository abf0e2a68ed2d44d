using Magsag.Gating;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage;

/// <summary>Adds a batch to the daily roll-ups.</summary>
internal sealed class SqliteRollUps : IDisposable
{
    private readonly SqliteStatement _daily;
    private readonly SqliteStatement _code;
    private readonly SqliteStatement _runs;

    public SqliteRollUps(SqliteConnection connection, SqlDialect dialect)
    {
        string[] sums = [.. SumColumns.Counts, .. dialect.CostColumns, .. dialect.AvoidedColumns];
        _daily = new SqliteStatement(connection, Upsert("daily", ["agent", "customer", "billing_tier", "provider", "model", "requested_model", "operation", "outcome"], sums));
        _code = new SqliteStatement(connection, Upsert("daily_code", ["test", "site", "outcome"], sums));
        _runs = new SqliteStatement(connection, Upsert("daily_run", ["agent", "customer"], ["runs", "successful"]));
    }

    public void Add(BatchTotals totals, RunDayChanges runs)
    {
        foreach ((DailyKey key, CallSums sums) in totals.ByDay())
        {
            _daily.Bind(key.Day).Bind(key.Key).Bind(key.Agent).Bind(key.Customer).Bind(key.BillingTier).Bind(key.Provider).Bind(key.Model).Bind(key.RequestedModel).Bind(key.Operation).Bind((long)key.Outcome);
            Add(_daily, sums);
        }

        foreach ((CodeKey key, CallSums sums) in totals.ByCode())
        {
            _code.Bind(key.Day).Bind(key.Key).Bind(key.Test).Bind(key.Site).Bind((long)key.Outcome);
            Add(_code, sums);
        }

        foreach ((RunDay key, (long count, long successful)) in runs.All)
        {
            _runs.Bind(key.Day).Bind(key.Key).Bind(key.Agent).Bind(key.Customer).Bind(count).Bind(successful).Run();
        }
    }

    public void Dispose()
    {
        _daily.Dispose();
        _code.Dispose();
        _runs.Dispose();
    }

    private static void Add(SqliteStatement statement, CallSums sums)
    {
        TokenTotals totals = sums.Totals;
        StoredMoney cost = StoredMoney.Of(totals.CostUsd), avoided = StoredMoney.Of(sums.AvoidedUsd);
        statement.Bind(sums.Records).Bind(totals.UnmeteredCalls).Bind(totals.UnpricedCalls).Bind(totals.UnpricedTokens).Bind(totals.EstimatedCalls)
            .Bind(totals.InputTokens).Bind(totals.CachedInputTokens).Bind(totals.CacheWriteTokens).Bind(totals.CacheWriteOneHourTokens)
            .Bind(totals.OutputTokens).Bind(totals.ReasoningTokens)
            .Bind(cost.Nano).Bind(cost.Atto).Bind(cost.Rest).Bind(avoided.Nano).Bind(avoided.Atto).Bind(avoided.Rest)
            .Run();
    }

    private static string Upsert(string table, string[] labels, string[] sums)
    {
        string[] columns = ["day", "key", .. labels, .. sums];
        return $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(static _ => "?"))}) "
            + $"ON CONFLICT (day, key) DO UPDATE SET {string.Join(", ", sums.Select(static sum => $"{sum} = {sum} + excluded.{sum}"))}";
    }
}
