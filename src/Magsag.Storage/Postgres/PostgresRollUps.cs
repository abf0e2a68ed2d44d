using Magsag.Ledger.Summaries;
using Npgsql;
using NpgsqlTypes;

namespace Magsag.Storage;

/// <summary>Adds a batch to the daily and monthly roll-ups.</summary>
internal sealed class PostgresRollUps(NpgsqlConnection connection)
{
    private const NpgsqlDbType Text = NpgsqlDbType.Text;

    private static readonly (string, NpgsqlDbType)[] Keys = [("day", NpgsqlDbType.Integer), ("key", NpgsqlDbType.Uuid)];

    private static readonly (string, NpgsqlDbType)[] Sums =
        [.. SumColumns.Counts.Select(static column => (column, NpgsqlDbType.Bigint)), ("cost_usd", NpgsqlDbType.Numeric), ("avoided_usd", NpgsqlDbType.Numeric), (SumColumns.Extras, Text)];

    private static readonly string[] SumNames = [.. Sums.Select(static sum => sum.Item1)];

    public async Task AddAsync(BatchTotals totals, RunDayChanges runs, CancellationToken cancellationToken)
    {
        Dictionary<DailyKey, CallSums> byDay = totals.ByDay();
        Dictionary<CodeKey, CallSums> code = totals.ByCode();
        var days = new PostgresRows([.. Keys, ("agent", Text), ("customer", Text), ("runs", NpgsqlDbType.Bigint), ("successful", NpgsqlDbType.Bigint)]);
        foreach ((RunDay key, (long count, long successful)) in runs.All)
        {
            days.Add(key.Day, key.Key, key.Agent, key.Customer, count, successful);
        }

        await UpsertAsync("daily", RowsOf(byDay), SumNames, cancellationToken).ConfigureAwait(false);
        await UpsertAsync("monthly", RowsOf(BatchTotals.ByMonth(byDay)), SumNames, cancellationToken).ConfigureAwait(false);
        await UpsertAsync("daily_model", RowsOf(BatchTotals.ByModel(byDay)), SumNames, cancellationToken).ConfigureAwait(false);
        await UpsertAsync("daily_code", RowsOf(code), SumNames, cancellationToken).ConfigureAwait(false);
        await UpsertAsync("monthly_code", RowsOf(BatchTotals.ByMonth(code)), SumNames, cancellationToken).ConfigureAwait(false);
        await UpsertAsync("daily_run", days, ["runs", "successful"], cancellationToken).ConfigureAwait(false);
        await ExtendNumbersAsync(totals, cancellationToken).ConfigureAwait(false);
    }

    private async Task ExtendNumbersAsync(BatchTotals totals, CancellationToken cancellationToken)
    {
        var rows = new PostgresRows(("day", NpgsqlDbType.Integer), ("field", Text), ("lowest", NpgsqlDbType.Double), ("highest", NpgsqlDbType.Double));
        foreach ((int day, NumberRanges numbers) in totals.Numbers)
        {
            foreach ((string field, double lowest, double highest) in numbers.Known())
            {
                rows.Add(day, field, lowest, highest);
            }
        }

        await using NpgsqlCommand command = rows.Command(connection,
            $"INSERT INTO daily_number ({rows.Columns}) SELECT {rows.Columns} FROM {rows.From} ON CONFLICT (day, field) DO UPDATE SET lowest = least(daily_number.lowest, excluded.lowest), highest = greatest(daily_number.highest, excluded.highest)");
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static PostgresRows RowsOf(Dictionary<DailyKey, CallSums> all)
    {
        var rows = new PostgresRows([.. Keys, ("agent", Text), ("customer", Text), ("billing_tier", Text), ("provider", Text), ("model", Text), ("requested_model", Text), ("operation", Text), ("outcome", NpgsqlDbType.Integer), .. Sums]);
        foreach ((DailyKey key, CallSums sums) in all)
        {
            rows.Add([key.Day, key.Key, key.Agent, key.Customer, key.BillingTier, key.Provider, key.Model, key.RequestedModel, key.Operation, (int)key.Outcome, .. Values(sums)]);
        }

        return rows;
    }

    private static PostgresRows RowsOf(Dictionary<ModelKey, CallSums> all)
    {
        var rows = new PostgresRows([.. Keys, ("provider", Text), ("model", Text), ("requested_model", Text), ("outcome", NpgsqlDbType.Integer), .. Sums]);
        foreach ((ModelKey key, CallSums sums) in all)
        {
            rows.Add([key.Day, key.Key, key.Provider, key.Model, key.RequestedModel, (int)key.Outcome, .. Values(sums)]);
        }

        return rows;
    }

    private static PostgresRows RowsOf(Dictionary<CodeKey, CallSums> all)
    {
        var rows = new PostgresRows([.. Keys, ("test", Text), ("site", Text), ("outcome", NpgsqlDbType.Integer), .. Sums]);
        foreach ((CodeKey key, CallSums sums) in all)
        {
            rows.Add([key.Day, key.Key, key.Test, key.Site, (int)key.Outcome, .. Values(sums)]);
        }

        return rows;
    }

    private static object?[] Values(CallSums sums)
    {
        TokenTotals totals = sums.Totals;
        return
        [
            sums.Records, totals.UnmeteredCalls, totals.UnpricedCalls, totals.UnpricedTokens, totals.EstimatedCalls, totals.InputTokens, totals.CachedInputTokens, totals.CacheWriteTokens, totals.CacheWriteOneHourTokens,
            totals.OutputTokens, totals.ReasoningTokens, totals.CostUsd, sums.AvoidedUsd, ExtrasText.Of(totals.Extras),
        ];
    }

    private async Task UpsertAsync(string table, PostgresRows rows, string[] sums, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using NpgsqlCommand command = rows.Command(connection,
            $"INSERT INTO {table} ({rows.Columns}) SELECT {rows.Columns} FROM {rows.From} ON CONFLICT (day, key) DO UPDATE SET {string.Join(", ", sums.Select(sum => SumColumns.Grown(table, sum)))}");
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
