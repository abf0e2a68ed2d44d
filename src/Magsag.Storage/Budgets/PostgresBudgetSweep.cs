using Magsag.Runtime;
using Magsag.Storage.Budgets.Slices;
using Npgsql;

namespace Magsag.Storage.Budgets;

/// <summary>Lets the observed time of the budgets in PostgreSQL go on, and forgets what no window reaches any more.</summary>
internal static class PostgresBudgetSweep
{
    private const int MostAccounts = 100;

    // The server's clock, whose jumps count as a minute: callers' clocks delete nothing.
    private const string Sql = """
        INSERT INTO magsag_budget_time AS t VALUES (1, 0, (extract(epoch FROM clock_timestamp()) * 10000000)::bigint)
            ON CONFLICT (one) DO UPDATE SET passed = t.passed + least(greatest(excluded.clock - t.clock, 0), 600000000), clock = excluded.clock;
        DELETE FROM magsag_budget_leases WHERE is_charged AND forget_at < (SELECT passed FROM magsag_budget_time);
        WITH gone AS (DELETE FROM magsag_budget_slots
                      WHERE forget_at < (SELECT passed FROM magsag_budget_time) AND reserved_usd = 0 AND reserved_calls = 0 AND reserved_tokens = 0
                      RETURNING account, start)
            DELETE FROM magsag_budget_records r USING gone WHERE r.account = gone.account AND r.start = gone.start;
        SELECT passed FROM magsag_budget_time;
        """;

    /// <summary>Sweeps, and gives the observed time.</summary>
    public static async Task<long> RunAsync(NpgsqlDataSource source, DateTimeOffset callersTime, CancellationToken cancellationToken)
    {
        await ExpireAsync(source, callersTime, cancellationToken).ConfigureAwait(false);
        await using NpgsqlCommand command = source.CreateCommand(Sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    // Leases of processes that nobody hears of; those of a living one are restated with its next round.
    private static async Task ExpireAsync(NpgsqlDataSource source, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Dictionary<string, long> reach = new(StringComparer.Ordinal);
        await using (NpgsqlCommand find = source.CreateCommand($"SELECT account, min(start) FROM (SELECT account, start FROM magsag_budget_leases WHERE NOT is_charged AND expires <= $1 LIMIT {MostAccounts}) AS l GROUP BY account"))
        {
            find.Parameters.AddWithValue(now.UtcTicks);
            await using NpgsqlDataReader row = await find.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                reach[row.GetString(0)] = row.GetInt64(1);
            }
        }

        if (reach.Count == 0)
        {
            return;
        }

        await using PostgresBudgetRows rows = await PostgresBudgetRows.LockAsync(source, reach, cancellationToken).ConfigureAwait(false);
        rows.Expire(now);
        await rows.SaveAsync(isDurable: false, cancellationToken).ConfigureAwait(false);
    }
}
