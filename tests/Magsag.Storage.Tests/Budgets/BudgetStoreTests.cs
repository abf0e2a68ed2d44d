using Magsag.Runtime;
using Magsag.Storage.BudgetCaller;

namespace Magsag.Storage.Tests;

public sealed class BudgetStoreTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static BudgetClaim Claim(decimal usd, params BudgetLine[] lines) => new(Guid.NewGuid(), Now, Now.AddMinutes(1), Usd(usd), lines);

    private static BudgetAmount Usd(decimal usd) => new(usd, 1, 10);

    private static BudgetLine Line(string account = "a", decimal max = 1m) => BudgetTest.Line(max, account);

    private static async Task WithStoreAsync(BudgetStoreKind kind, Func<BudgetStore, Task> test)
    {
        await using TestBudgetStore store = await TestBudgetStore.OpenAsync(kind);
        await test(store.Store);
    }

    [Theory]
    [EveryBudgetStore]
    public Task A_refused_claim_is_entered_on_no_account_and_says_what_stands_there(BudgetStoreKind kind) => WithStoreAsync(kind, async store =>
    {
        Assert.True((await store.TryReserveAsync(Claim(0.7m, Line("a")))).IsGranted);

        BudgetDecision refused = await store.TryReserveAsync(Claim(0.4m, Line("b"), Line("a")));

        Assert.Equal(("a", 0m, 0.7m), (refused.Refusing?.Account, refused.Spent.Usd, refused.Reserved.Usd));
        Assert.Equal((default, default), await store.ReadAsync(Line("b"), Now));
    });

    [Theory]
    [EveryBudgetStore]
    public Task Settling_twice_or_after_a_release_changes_nothing(BudgetStoreKind kind) => WithStoreAsync(kind, async store =>
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
    [EveryBudgetStore]
    public Task An_expired_claim_is_spent_at_its_worst_case_until_its_late_answer(BudgetStoreKind kind) => WithStoreAsync(kind, async store =>
    {
        BudgetClaim claim = Claim(0.5m, Line());
        await store.TryReserveAsync(claim);
        Assert.Equal((default, Usd(0.5m)), await store.ReadAsync(Line(), Now.AddSeconds(59)));

        Assert.Equal((Usd(0.5m), default), await store.ReadAsync(Line(), Now.AddMinutes(1)));
        await store.SettleAsync(claim.Id, Usd(0.2m));

        Assert.Equal((Usd(0.2m), default), await store.ReadAsync(Line(), Now.AddMinutes(1)));
    });

    [Theory]
    [EveryBudgetStore]
    public Task What_is_recorded_counts_once_and_a_correction_takes_it_back(BudgetStoreKind kind) => WithStoreAsync(kind, async store =>
    {
        BudgetClaim record = Claim(5m, Line());
        await store.RecordAsync(record);
        await store.RecordAsync(record);
        Assert.False((await store.TryReserveAsync(Claim(0.1m, Line()))).IsGranted);

        await store.RecordAsync(new BudgetClaim(Guid.NewGuid(), Now, Now, new BudgetAmount(-4.5m, 0, 0), [Line()]));

        Assert.True((await store.TryReserveAsync(Claim(0.5m, Line()))).IsGranted);
    });

    [Theory]
    [EveryBudgetStore]
    public Task What_one_limit_has_recorded_is_still_entered_on_the_accounts_of_another(BudgetStoreKind kind) => WithStoreAsync(kind, async store =>
    {
        BudgetClaim hour = Claim(0.6m, Line("hour"));
        await store.RecordAsync(hour);

        await store.RecordAsync(hour with { Lines = [Line("hour"), Line("month")] });

        Assert.Equal(Usd(0.6m), (await store.ReadAsync(Line("hour"), Now)).Spent);
        Assert.Equal(Usd(0.6m), (await store.ReadAsync(Line("month"), Now)).Spent);
    });

    [Theory]
    [EveryBudgetStore]
    public Task A_claim_that_is_asked_for_again_is_reserved_once(BudgetStoreKind kind) => WithStoreAsync(kind, async store =>
    {
        BudgetClaim claim = Claim(0.6m, Line());

        Assert.True((await store.TryReserveAsync(claim)).IsGranted);
        Assert.True((await store.TryReserveAsync(claim)).IsGranted);

        Assert.Equal(Usd(0.6m), (await store.ReadAsync(Line(), Now)).Reserved);
    });

    [Theory]
    [EveryBudgetStore]
    public Task Amounts_beyond_all_numbers_are_refused_and_counted_without_beginning_again_below_zero(BudgetStoreKind kind) => WithStoreAsync(kind, async store =>
    {
        BudgetLine line = Line() with { MaxUsd = null, MaxTokens = 1_000 };
        BudgetClaim first = Claim(0.1m, line);
        Assert.True((await store.TryReserveAsync(first)).IsGranted);

        Assert.False((await store.TryReserveAsync(Claim(0.1m, line) with { Amount = new BudgetAmount(0.1m, 1, long.MaxValue) })).IsGranted);
        await store.SettleAsync(first.Id, new BudgetAmount(decimal.MaxValue, 1, long.MaxValue));

        Assert.False((await store.TryReserveAsync(Claim(0.1m, line))).IsGranted);
    });

    [Theory]
    [EveryBudgetStore]
    public Task An_answer_below_zero_counts_as_the_worst_case(BudgetStoreKind kind) => WithStoreAsync(kind, async store =>
    {
        BudgetClaim claim = Claim(0.6m, Line());
        await store.TryReserveAsync(claim);

        await store.SettleAsync(claim.Id, new BudgetAmount(-5m, 1, -1));

        Assert.Equal((Usd(0.6m), default), await store.ReadAsync(Line(), Now));
    });

    [Theory]
    [EveryBudgetStore]
    public Task A_claim_of_less_than_nothing_is_an_error(BudgetStoreKind kind) => WithStoreAsync(kind, async store =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.TryReserveAsync(Claim(-1m, Line()))));
}
