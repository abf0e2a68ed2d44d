namespace Magsag.Runtime.Tests;

public sealed class BudgetGuardTests
{
    private static readonly CallAttribution Call = new() { RunId = "r1", Agent = "triage", Model = "gpt-4o-mini", Customer = "acme" };

    private readonly ManualTime _time = new("2026-11-24T12:00:00Z");

    private BudgetGuard Guard(params PolicyLimit[] limits) => Guard(TimeZoneInfo.Utc, limits);

    private BudgetGuard Guard(TimeZoneInfo zone, params PolicyLimit[] limits) =>
        new(new CostPolicy { Limits = limits, TimeZone = zone }, new BudgetOptions { Time = _time });

    private static PolicyLimit Total(LimitPeriod period, decimal max, LimitMeasure measure = LimitMeasure.UsDollars, TimeSpan window = default) =>
        new("total_budget_limits.max", LimitSubject.Everything, null, period, max) { Measure = measure, Window = window };

    private static BudgetAmount Usd(decimal usd) => new(usd, 1, 100);

    private static async Task SpendAsync(BudgetGuard guard, decimal usd, CallAttribution? call = null) =>
        await (await guard.ReserveAsync(call ?? Call, Usd(usd))).SettleAsync(Usd(usd));

    private static async Task<BudgetExceededException> RefusedAsync(BudgetGuard guard, decimal usd, CallAttribution? call = null) =>
        await Assert.ThrowsAsync<BudgetExceededException>(async () => await guard.ReserveAsync(call ?? Call, Usd(usd)));

    [Fact]
    public async Task A_refusal_says_limit_spent_reserved_asked_and_reset()
    {
        BudgetGuard guard = Guard(new PolicyLimit("agent_budget_limits.max_cost_per_day_usd", LimitSubject.Agent, "triage", LimitPeriod.Day, 1m));
        await SpendAsync(guard, 0.3m);
        await using BudgetReservation reserved = await guard.ReserveAsync(Call, Usd(0.5m));

        BudgetExceededException refused = await RefusedAsync(guard, 0.21m);

        Assert.Equal(("agent_budget_limits.max_cost_per_day_usd", 1m, 0.3m, 0.5m, 0.21m), (refused.Rule, refused.Limit, refused.Spent, refused.Reserved, refused.Asked));
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero), refused.ResetsAt);
        Assert.Equal("agent_budget_limits.max_cost_per_day_usd: agent 'triage' may take $1.00; $0.30 are spent and $0.50 reserved, and this call asks for up to $0.21. It resets at 2026-11-25 00:00:00 UTC.", refused.Message);
    }

    [Fact]
    public async Task What_a_call_did_not_take_is_free_again()
    {
        BudgetGuard guard = Guard(Total(LimitPeriod.Run, 1m));
        BudgetReservation reservation = await guard.ReserveAsync(Call, Usd(1m));
        await RefusedAsync(guard, 0.01m);

        await reservation.SettleAsync(Usd(0.4m));

        await SpendAsync(guard, 0.6m);
        await RefusedAsync(guard, 0.01m);
    }

    [Fact]
    public async Task A_released_call_leaves_nothing_behind_however_often_it_is_ended()
    {
        BudgetGuard guard = Guard(Total(LimitPeriod.Run, 1m));
        BudgetReservation reservation = await guard.ReserveAsync(Call, Usd(1m));

        await reservation.ReleaseAsync();
        await reservation.SettleAsync(Usd(1m));
        await reservation.DisposeAsync();

        await SpendAsync(guard, 1m);
    }

    [Fact]
    public async Task A_refused_call_reserves_nothing_on_any_account()
    {
        BudgetGuard guard = Guard(Total(LimitPeriod.Run, 10m), new PolicyLimit("r", LimitSubject.Agent, "triage", LimitPeriod.Run, 1m));
        await RefusedAsync(guard, 2m);

        await SpendAsync(guard, 10m, Call with { Agent = "other" });
    }

    [Theory]
    [InlineData(LimitSubject.Everything, null)]
    [InlineData(LimitSubject.Agent, "triage")]
    [InlineData(LimitSubject.Model, "gpt-4o-mini")]
    [InlineData(LimitSubject.Customer, "acme")]
    [InlineData(LimitSubject.BillingTier, "default")]
    [InlineData(LimitSubject.Team, "*")]
    [InlineData(LimitSubject.Tag, "feature=*")]
    public async Task No_scope_is_passed_over(LimitSubject subject, string? name)
    {
        BudgetGuard guard = Guard(new PolicyLimit("r", subject, name, LimitPeriod.Month, 1m));

        await SpendAsync(guard, 1m);

        await RefusedAsync(guard, 0.000001m);
    }

    [Fact]
    public async Task Runs_have_budgets_of_their_own()
    {
        BudgetGuard guard = Guard(Total(LimitPeriod.Run, 1m));
        await SpendAsync(guard, 1m);

        await SpendAsync(guard, 1m, Call with { RunId = "r2" });

        Assert.Null((await RefusedAsync(guard, 1m)).ResetsAt);
    }

    [Theory]
    [InlineData("2026-03-29T21:59:59Z", "2026-03-29T22:00:00Z")]
    [InlineData("2026-10-25T22:59:59Z", "2026-10-25T23:00:00Z")]
    [InlineData("2028-02-29T22:59:59Z", "2028-02-29T23:00:00Z")]
    [InlineData("2026-12-31T22:59:59Z", "2026-12-31T23:00:00Z")]
    public async Task A_day_of_Berlin_ends_at_its_midnight_whatever_the_clocks_did_on_it(string before, string midnight)
    {
        BudgetGuard guard = Guard(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), Total(LimitPeriod.Day, 1m));
        _time.Set(before);
        await SpendAsync(guard, 1m);
        BudgetExceededException refused = await RefusedAsync(guard, 0.1m);

        _time.Set(midnight);

        Assert.Equal(_time.Now, refused.ResetsAt);
        await SpendAsync(guard, 1m);
    }

    [Fact]
    public async Task A_month_begins_with_the_first_of_its_days()
    {
        BudgetGuard guard = Guard(Total(LimitPeriod.Month, 1m));
        _time.Set("2028-02-29T23:59:59Z");
        await SpendAsync(guard, 1m);
        await RefusedAsync(guard, 0.1m);

        _time.Set("2028-03-01T00:00:00Z");

        await SpendAsync(guard, 1m);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_brings_back_the_days_spend_and_not_its_budget()
    {
        BudgetGuard guard = Guard(Total(LimitPeriod.Day, 1m));
        _time.Set("2026-11-24T23:59:00Z");
        await SpendAsync(guard, 1m);
        _time.Set("2026-11-25T00:00:30Z");
        await SpendAsync(guard, 1m);

        _time.Set("2026-11-24T23:59:30Z");
        await RefusedAsync(guard, 0.01m);
        _time.Set("2026-11-25T00:01:00Z");
        await RefusedAsync(guard, 0.01m);
    }

    [Fact]
    public async Task A_rolling_window_gives_back_what_has_left_it_whole()
    {
        BudgetGuard guard = Guard(Total(LimitPeriod.Rolling, 1m, window: TimeSpan.FromHours(1)));
        await SpendAsync(guard, 1m);
        _time.Set("2026-11-24T13:00:00Z");
        await RefusedAsync(guard, 0.01m);

        _time.Set("2026-11-24T13:01:00Z");

        await SpendAsync(guard, 1m);
    }

    [Fact]
    public async Task A_call_that_nobody_ends_is_spent_at_its_worst_case_when_its_lease_is_over()
    {
        var store = new InMemoryBudgetStore();
        var guard = new BudgetGuard(new CostPolicy { Limits = [Total(LimitPeriod.Day, 1m)] }, new BudgetOptions { Time = _time, Store = store, Lease = TimeSpan.FromMinutes(1) });
        BudgetReservation late = await guard.ReserveAsync(Call, Usd(0.8m));
        _time.Set("2026-11-24T12:01:00Z");
        BudgetExceededException refused = await RefusedAsync(guard, 0.5m);
        Assert.Equal((0.8m, 0m), (refused.Spent, refused.Reserved));

        await late.SettleAsync(Usd(0.1m));

        Assert.Equal(0.1m, (await RefusedAsync(guard, 1m)).Spent);
    }

    [Fact]
    public async Task What_the_ledger_has_counts_once_and_in_its_own_time()
    {
        BudgetGuard guard = Guard(Total(LimitPeriod.Day, 1m));
        LedgerRecord today = new() { Id = Guid.NewGuid(), Timestamp = _time.Now.AddHours(-2), CostUsd = 0.7m };
        LedgerRecord yesterday = today with { Id = Guid.NewGuid(), Timestamp = _time.Now.AddDays(-1) };

        await guard.RecordAsync(today);
        await guard.RecordAsync(today);
        await guard.RecordAsync(yesterday);

        Assert.Equal(0.7m, (await RefusedAsync(guard, 0.31m)).Spent);
    }

    [Fact]
    public async Task Calls_and_tokens_run_out_too()
    {
        BudgetGuard guard = Guard(Total(LimitPeriod.Run, 2m, LimitMeasure.Calls));
        await SpendAsync(guard, 5m);
        await SpendAsync(guard, 5m);

        BudgetExceededException refused = await RefusedAsync(guard, 5m);

        Assert.Equal((LimitMeasure.Calls, 2m, 1m), (refused.Measure, refused.Spent, refused.Asked));
    }
}
