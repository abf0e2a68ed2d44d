using Magsag.Runtime;
using Magsag.Storage.BudgetCaller;
using Npgsql;

namespace Magsag.Storage.Tests;

public sealed class BudgetStoreTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static BudgetClaim Claim(decimal usd, params BudgetLine[] lines) => new(Guid.NewGuid(), Now, Now.AddMinutes(1), Usd(usd), lines);

    private static BudgetAmount Usd(decimal usd) => new(usd, 1, 10);

    private static BudgetLine Line(string account = "a", decimal max = 1m) => BudgetTest.Line(max, account);

    private static async Task WithStoreAsync(StoreKind kind, Func<IBudgetStore, Task> test)
    {
        using var runs = new RunsDirectory();
        if (kind == StoreKind.Postgres)
        {
            await using NpgsqlDataSource source = NpgsqlDataSource.Create(BudgetDatabase.Create());
            await test(await PostgresBudgetStore.OpenAsync(source));
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(runs.Database)!);
        using var store = new SqliteBudgetStore(runs.Database);
        await test(store);
    }

    [Theory]
    [EveryStore]
    public Task A_refused_claim_is_entered_on_no_account_and_says_what_stands_there(StoreKind kind) => WithStoreAsync(kind, async store =>
    {
        Assert.True((await store.TryReserveAsync(Claim(0.7m, Line("a")))).IsGranted);

        BudgetDecision refused = await store.TryReserveAsync(Claim(0.4m, Line("b"), Line("a")));

        Assert.Equal(("a", 0m, 0.7m), (refused.Refusing?.Account, refused.Spent.Usd, refused.Reserved.Usd));
        Assert.Equal((default, default), await store.ReadAsync(Line("b"), Now));
    });

    [Theory]
    [EveryStore]
    public Task Settling_twice_or_after_a_release_changes_nothing(StoreKind kind) => WithStoreAsync(kind, async store =>
    {
        BudgetClaim settled = Claim(0.5m, Line());
        BudgetClaim released = Claim(0.5m, Line());
        await store.TryReserveAsync(settled);
        await store.TryReserveAsync(released);

        await store.SettleAsync(settled.Id, Usd(0.1234567890123m));
        await store.SettleAsync(settled.Id, Usd(0.9m));
        await store.ReleaseAsync(released.Id);
        await store.SettleAsync(released.Id, Usd(0.9m));

        Assert.Equal((Usd(0.1234567890123m), default), await store.ReadAsync(Line(), Now));
    });

    [Theory]
    [EveryStore]
    public Task An_expired_claim_is_spent_at_its_worst_case_until_its_late_answer(StoreKind kind) => WithStoreAsync(kind, async store =>
    {
        BudgetClaim claim = Claim(0.5m, Line());
        await store.TryReserveAsync(claim);
        Assert.Equal((default, Usd(0.5m)), await store.ReadAsync(Line(), Now.AddSeconds(59)));

        Assert.Equal((Usd(0.5m), default), await store.ReadAsync(Line(), Now.AddMinutes(1)));
        await store.SettleAsync(claim.Id, Usd(0.2m));

        Assert.Equal((Usd(0.2m), default), await store.ReadAsync(Line(), Now.AddMinutes(1)));
    });

    [Theory]
    [EveryStore]
    public Task What_is_recorded_counts_once_and_a_correction_takes_it_back(StoreKind kind) => WithStoreAsync(kind, async store =>
    {
        BudgetClaim record = Claim(5m, Line());
        await store.RecordAsync(record);
        await store.RecordAsync(record);
        Assert.False((await store.TryReserveAsync(Claim(0.1m, Line()))).IsGranted);

        await store.RecordAsync(new BudgetClaim(Guid.NewGuid(), Now, Now, new BudgetAmount(-4.5m, 0, 0), [Line()]));

        Assert.True((await store.TryReserveAsync(Claim(0.5m, Line()))).IsGranted);
    });
}
