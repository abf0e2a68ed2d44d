using Magsag.Runtime;
using Magsag.Storage.Budgets;
using Npgsql;

namespace Magsag.Storage.Tests;

/// <summary>A server that ends without writing what nobody waited for: what was given back, and how much of a slice was spent.</summary>
public sealed class BudgetServerCrashTests
{
    private const decimal Limit = 10m;
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    // So long the server may leave an unsynchronised commit in its memory.
    private const string ForgetsMuch = "-c wal_writer_delay=10s";

    private static BudgetLine Line() => new("all|Day", Now.Date, Now.Date, Now.Date.AddDays(1), Now.Date.AddDays(2)) { MaxUsd = Limit };

    private static BudgetClaim Claim(decimal usd) => new(Guid.NewGuid(), Now, Now.AddMinutes(10), new BudgetAmount(usd, 1, 100), [Line()]);

    private static async Task<decimal> SpendAsync(PostgresBudgetStore store, int calls)
    {
        decimal billed = 0m;
        for (int call = 0; call < calls; call++)
        {
            BudgetClaim claim = Claim(0.02m);
            if ((await store.TryReserveAsync(claim)).IsGranted)
            {
                await store.SettleAsync(claim.Id, new BudgetAmount(0.01m, 1, 50));
                billed += 0.01m;
            }
        }

        return billed;
    }

    private static async Task<decimal> CountedAsync(NpgsqlDataSource source)
    {
        await using NpgsqlCommand command = source.CreateCommand("SELECT sum(spent_usd + reserved_usd) FROM magsag_budget_slots");
        return (decimal)(await command.ExecuteScalarAsync())!;
    }

    [PostgresFact]
    public async Task A_crash_of_the_server_right_after_settlements_leaves_nothing_counted_for_less_than_it_was_billed()
    {
        PostgresCluster server = PostgresCluster.StartAlone(ForgetsMuch);
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(BudgetDatabase.CreateOn(server));
        await using PostgresBudgetStore store = await PostgresBudgetStore.OpenAsync(source);
        int lost = 0;

        // A call that stays open keeps the lease alive, so that what is given back needn't last.
        await store.TryReserveAsync(Claim(0.02m));
        decimal billed = 0.02m;
        for (int round = 0; round < 3; round++)
        {
            billed += await SpendAsync(store, 100);
            await store.ReturnAsync();
            Assert.Equal(billed, await CountedAsync(source));

            server.Crash();
            source.Clear();

            decimal counted = await CountedAsync(source);
            Assert.True(counted >= billed, $"{billed} were billed, but {counted} are counted after the crash.");
            lost += counted > billed ? 1 : 0;
        }

        // Otherwise nothing was shown: the crash has to take back what the server hadn't written.
        Assert.True(lost > 0);

        // The process that lived on knows what it spent, and says so again.
        billed += await SpendAsync(store, 1);
        await store.ReturnAsync();
        Assert.Equal(billed, await CountedAsync(source));
    }

    [PostgresFact]
    public async Task Crashes_of_the_server_let_no_process_spend_more_than_the_limit()
    {
        PostgresCluster server = PostgresCluster.StartAlone(ForgetsMuch);
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(BudgetDatabase.CreateOn(server));
        await using PostgresBudgetStore first = await PostgresBudgetStore.OpenAsync(source);
        await using PostgresBudgetStore second = await PostgresBudgetStore.OpenAsync(source);
        decimal billed = 0m;
        for (int round = 0; round < 4; round++)
        {
            billed += await SpendAsync(first, 200);
            billed += await SpendAsync(second, 200);
            await first.ReturnAsync();
            server.Crash();
            source.Clear();
        }

        Assert.InRange(billed, Limit * 0.8m, Limit);
    }
}
