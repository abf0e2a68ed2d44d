using Magsag.Ledger.Summaries;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage;

/// <summary>Adds a batch to the daily and monthly roll-ups.</summary>
internal sealed class SqliteRollUps : IDisposable
{
    private readonly SqliteStatement _daily;
    private readonly SqliteStatement _monthly;
    private readonly SqliteStatement _model;
    private readonly SqliteStatement _code;
    private readonly SqliteStatement _monthlyCode;
    private readonly SqliteStatement _runs;
    private readonly SqliteStatement _numbers;

    public SqliteRollUps(SqliteConnection connection, SqlDialect dialect)
    {
        string[] sums = [.. SumColumns.Counts, .. dialect.CostColumns, .. dialect.AvoidedColumns, SumColumns.Extras];
        SqliteStatement Labels(string table) => new(connection, Upsert(table, ["agent", "customer", "billing_tier", "provider", "model", "requested_model", "operation", "outcome"], sums));
        SqliteStatement Code(string table) => new(connection, Upsert(table, ["test", "site", "outcome"], sums));
        _daily = Labels("daily");
        _monthly = Labels("monthly");
        _model = new SqliteStatement(connection, Upsert("daily_model", ["provider", "model", "requested_model", "outcome"], sums));
        _code = Code("daily_code");
        _monthlyCode = Code("monthly_code");
        _runs = new SqliteStatement(connection, Upsert("daily_run", ["agent", "customer"], ["runs", "successful"]));
        _numbers = new SqliteStatement(connection, """
            INSERT INTO daily_number (day, field, lowest, highest) VALUES (?, ?, ?, ?)
            ON CONFLICT (day, field) DO UPDATE SET lowest = min(lowest, excluded.lowest), highest = max(highest, excluded.highest)
            """);
    }

    public void Add(BatchTotals totals, RunDayChanges runs)
    {
        Dictionary<DailyKey, CallSums> days = totals.ByDay();
        Add(_daily, days);
        Add(_monthly, BatchTotals.ByMonth(days));
        Add(_model, BatchTotals.ByModel(days));
        Dictionary<CodeKey, CallSums> code = totals.ByCode();
        Add(_code, code);
        Add(_monthlyCode, BatchTotals.ByMonth(code));
        foreach ((RunDay key, (long count, long successful)) in runs.All)
        {
            _runs.Bind(key.Day).Bind(key.Key).Bind(key.Agent).Bind(key.Customer).Bind(count).Bind(successful).Run();
        }

        foreach ((int day, NumberRanges numbers) in totals.Numbers)
        {
            foreach ((string field, double lowest, double highest) in numbers.Known())
            {
                _numbers.Bind(day).Bind(field).Bind(lowest).Bind(highest).Run();
            }
        }
    }

    public void Dispose()
    {
        _daily.Dispose();
        _monthly.Dispose();
        _model.Dispose();
        _code.Dispose();
        _monthlyCode.Dispose();
        _runs.Dispose();
        _numbers.Dispose();
    }

    private static void Add(SqliteStatement statement, Dictionary<DailyKey, CallSums> all)
    {
        foreach ((DailyKey key, CallSums sums) in all)
        {
            statement.Bind(key.Day).Bind(key.Key).Bind(key.Agent).Bind(key.Customer).Bind(key.BillingTier).Bind(key.Provider).Bind(key.Model).Bind(key.RequestedModel).Bind(key.Operation).Bind((long)key.Outcome);
            Add(statement, sums);
        }
    }

    private static void Add(SqliteStatement statement, Dictionary<ModelKey, CallSums> all)
    {
        foreach ((ModelKey key, CallSums sums) in all)
        {
            statement.Bind(key.Day).Bind(key.Key).Bind(key.Provider).Bind(key.Model).Bind(key.RequestedModel).Bind((long)key.Outcome);
            Add(statement, sums);
        }
    }

    private static void Add(SqliteStatement statement, Dictionary<CodeKey, CallSums> all)
    {
        foreach ((CodeKey key, CallSums sums) in all)
        {
            statement.Bind(key.Day).Bind(key.Key).Bind(key.Test).Bind(key.Site).Bind((long)key.Outcome);
            Add(statement, sums);
        }
    }

    private static void Add(SqliteStatement statement, CallSums sums)
    {
        TokenTotals totals = sums.Totals;
        StoredMoney cost = StoredMoney.Of(totals.CostUsd), avoided = StoredMoney.Of(sums.AvoidedUsd);
        statement.Bind(sums.Records).Bind(totals.UnmeteredCalls).Bind(totals.UnpricedCalls).Bind(totals.UnpricedTokens).Bind(totals.EstimatedCalls)
            .Bind(totals.InputTokens).Bind(totals.CachedInputTokens).Bind(totals.CacheWriteTokens).Bind(totals.CacheWriteOneHourTokens)
            .Bind(totals.OutputTokens).Bind(totals.ReasoningTokens)
            .Bind(cost.Nano).Bind(cost.Atto).Bind(cost.Rest).Bind(avoided.Nano).Bind(avoided.Atto).Bind(avoided.Rest)
            .Bind(ExtrasText.Of(totals.Extras))
            .Run();
    }

    private static string Upsert(string table, string[] labels, string[] sums)
    {
        string[] columns = ["day", "key", .. labels, .. sums];
        return $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(static _ => "?"))}) "
            + $"ON CONFLICT (day, key) DO UPDATE SET {string.Join(", ", sums.Select(sum => SumColumns.Grown(table, sum)))}";
    }
}
