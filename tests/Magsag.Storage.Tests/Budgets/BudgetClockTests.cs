using Magsag.Ledger.Limits;
using Magsag.Ledger.Records;
using Magsag.Runtime;

namespace Magsag.Storage.Tests;

/// <summary>Clocks that differ, jump ahead and jump back: nothing that a window of anybody can still reach may be forgotten.</summary>
public sealed class BudgetClockTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly CallAttribution Call = new() { RunId = "r1", Agent = "triage", Model = "gpt-4o-mini" };

    private readonly JumpingClock _time = new(Now);

    private static PolicyLimit Limit(LimitPeriod period, double hours = 0) =>
        new("total_budget_limits.max", LimitSubject.Everything, null, period, 1m) { Window = TimeSpan.FromHours(hours) };

    private static BudgetGuard Guard(BudgetStore store, TimeProvider time, params PolicyLimit[] limits) =>
        new(new CostPolicy { Limits = limits }, new BudgetOptions { Store = store, Time = time });

    private static async Task<bool> SpendAsync(BudgetGuard guard, decimal usd, string run = "r1")
    {
        try
        {
            await (await guard.ReserveAsync(Call with { RunId = run }, new BudgetAmount(usd, 1, 1))).SettleAsync(new BudgetAmount(usd, 1, 1));
            return true;
        }
        catch (BudgetExceededException)
        {
            return false;
        }
    }

    // Memory looks for what can be forgotten after 8,192 claims, the databases after a second.
    private async Task SweepAsync(BudgetStoreKind kind, BudgetGuard guard)
    {
        _time.Pass(TimeSpan.FromSeconds(11));
        for (int call = 0; call < (kind == BudgetStoreKind.Memory ? 9_000 : 2); call++)
        {
            await SpendAsync(guard, 0.000001m, "another");
        }
    }

    [Theory]
    [EveryBudgetStore]
    public async Task A_run_that_goes_on_after_25_idle_hours_has_what_it_spent(BudgetStoreKind kind)
    {
        await using TestBudgetStore store = await TestBudgetStore.OpenAsync(kind, _time);
        BudgetGuard guard = Guard(store.Store, _time, Limit(LimitPeriod.Run));
        Assert.True(await SpendAsync(guard, 0.9m));

        _time.Pass(TimeSpan.FromHours(25));
        await SweepAsync(kind, guard);

        Assert.False(await SpendAsync(guard, 0.9m));
    }

    [Theory]
    [EveryBudgetStore]
    public async Task A_process_whose_clock_is_years_ahead_takes_nothing_from_todays_spend(BudgetStoreKind kind)
    {
        await using TestBudgetStore store = await TestBudgetStore.OpenAsync(kind, _time);
        PolicyLimit[] limits = [Limit(LimitPeriod.Day), Limit(LimitPeriod.Month), Limit(LimitPeriod.Rolling, 24)];
        BudgetGuard right = Guard(store.Store, _time, limits);
        BudgetGuard ahead = Guard(store.Store, new JumpingClock(Now.AddYears(3)), limits);
        Assert.True(await SpendAsync(right, 0.9m));

        await SweepAsync(kind, ahead);
        await SweepAsync(kind, Guard(store.Store, new JumpingClock(Now.AddYears(4)), Limit(LimitPeriod.Rolling, 0.02)));

        Assert.False(await SpendAsync(right, 0.2m));
    }

    [Theory]
    [EveryBudgetStore]
    public async Task A_machine_whose_clock_was_ahead_and_is_set_right_has_not_forgotten_the_day(BudgetStoreKind kind)
    {
        await using TestBudgetStore store = await TestBudgetStore.OpenAsync(kind, _time);
        BudgetGuard guard = Guard(store.Store, _time, Limit(LimitPeriod.Day), Limit(LimitPeriod.Rolling, 1));
        Assert.True(await SpendAsync(guard, 0.9m));

        _time.Now = Now.AddYears(10);
        await SweepAsync(kind, guard);
        await SweepAsync(kind, guard);
        _time.Now = Now.AddMinutes(5);
        await SweepAsync(kind, guard);

        Assert.False(await SpendAsync(guard, 0.2m));
    }

    [Theory]
    [EveryBudgetStore]
    public async Task A_call_of_a_process_whose_clock_is_right_is_settled_after_another_clock_expired_it(BudgetStoreKind kind)
    {
        await using TestBudgetStore store = await TestBudgetStore.OpenAsync(kind, _time);
        BudgetGuard right = Guard(store.Store, _time, Limit(LimitPeriod.Run));
        BudgetReservation reservation = await right.ReserveAsync(Call, new BudgetAmount(0.9m, 1, 1));

        await SweepAsync(kind, Guard(store.Store, new JumpingClock(Now.AddYears(3)), Limit(LimitPeriod.Run)));
        Assert.False(await SpendAsync(right, 0.2m));
        await reservation.SettleAsync(new BudgetAmount(0.1m, 1, 1));

        Assert.True(await SpendAsync(right, 0.9m));
        Assert.False(await SpendAsync(right, 0.1m));
    }

    [Theory]
    [EveryBudgetStore]
    public async Task A_clock_that_is_set_back_finds_what_was_spent_later(BudgetStoreKind kind)
    {
        await using TestBudgetStore store = await TestBudgetStore.OpenAsync(kind, _time);
        BudgetGuard guard = Guard(store.Store, _time, Limit(LimitPeriod.Rolling, 1));
        Assert.True(await SpendAsync(guard, 0.9m));

        _time.Now = Now.AddHours(-20);

        Assert.False(await SpendAsync(guard, 0.2m));
    }
}
