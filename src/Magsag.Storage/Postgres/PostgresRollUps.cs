using Magsag.Gating;
using Npgsql;
using NpgsqlTypes;

namespace Magsag.Storage;

/// <summary>Adds a batch to the daily roll-ups.</summary>
internal sealed class PostgresRollUps(NpgsqlConnection connection)
{
    private const NpgsqlDbType Text = NpgsqlDbType.Text;

    private static readonly (string, NpgsqlDbType)[] Keys = [("day", NpgsqlDbType.Integer), ("key", NpgsqlDbType.Uuid)];

    private static readonly (string, NpgsqlDbType)[] Sums =
        [.. SumColumns.Counts.Select(static column => (column, NpgsqlDbType.Bigint)), ("cost_usd", NpgsqlDbType.Numeric), ("avoided_usd", NpgsqlDbType.Numeric)];

    public async Task AddAsync(BatchTotals totals, RunDayChanges runs, CancellationToken cancellationToken)
    {
        var daily = new PostgresRows([.. Keys, ("agent", Text), ("customer", Text), ("billing_tier", Text), ("provider", Text), ("model", Text), ("requested_model", Text), ("operation", Text), ("outcome", NpgsqlDbType.Integer), .. Sums]);
        foreach ((DailyKey key, CallSums sums) in totals.ByDay())
        {
            daily.Add([key.Day, key.Key, key.Agent, key.Customer, key.BillingTier, key.Provider, key.Model, key.RequestedModel, key.Operation, (int)key.Outcome, .. Values(sums)]);
        }

        var code = new PostgresRows([.. Keys, ("test", Text), ("site", Text), ("outcome", NpgsqlDbType.Integer), .. Sums]);
        foreach ((CodeKey key, CallSums sums) in totals.ByCode())
        {
            code.Add([key.Day, key.Key, key.Test, key.Site, (int)key.Outcome, .. Values(sums)]);
        }

        var days = new PostgresRows([.. Keys, ("agent", Text), ("customer", Text), ("runs", NpgsqlDbType.Bigint), ("successful", NpgsqlDbType.Bigint)]);
        foreach ((RunDay key, (long count, long successful)) in runs.All)
        {
            days.Add(key.Day, key.Key, key.Agent, key.Customer, count, successful);
        }

        string[] sumNames = [.. Sums.Select(static sum => sum.Item1)];
        await UpsertAsync("daily", daily, sumNames, cancellationToken).ConfigureAwait(false);
        await UpsertAsync("daily_code", code, sumNames, cancellationToken).ConfigureAwait(false);
        await UpsertAsync("daily_run", days, ["runs", "successful"], cancellationToken).ConfigureAwait(false);
    }

    private static object?[] Values(CallSums sums)
    {
        TokenTotals totals = sums.Totals;
        return
        [
            sums.Records, totals.UnmeteredCalls, totals.UnpricedCalls, totals.UnpricedTokens, totals.EstimatedCalls, totals.InputTokens, totals.CachedInputTokens, totals.CacheWriteTokens, totals.CacheWriteOneHourTokens,
            totals.OutputTokens, totals.ReasoningTokens, totals.CostUsd, sums.AvoidedUsd,
        ];
    }

    private async Task UpsertAsync(string table, PostgresRows rows, string[] sums, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using NpgsqlCommand command = rows.Command(connection,
            $"INSERT INTO {table} ({rows.Columns}) SELECT {rows.Columns} FROM {rows.From} ON CONFLICT (day, key) DO UPDATE SET {string.Join(", ", sums.Select(sum => $"{sum} = {table}.{sum} + excluded.{sum}"))}");
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
