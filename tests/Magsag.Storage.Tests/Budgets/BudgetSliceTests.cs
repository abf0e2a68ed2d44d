using Magsag.Runtime;
using Magsag.Storage.Budgets;
using Magsag.Storage.Budgets.Slices;
using Npgsql;

namespace Magsag.Storage.Tests;

/// <summary>Slices of limits that processes lease from PostgreSQL; each store here stands for a process.</summary>
public sealed class BudgetSliceTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly JumpingClock _time = new(Now);
    private readonly List<PostgresBudgetStore> _processes = [];
    private NpgsqlDataSource? _source;

    public Task InitializeAsync()
    {
        if (PostgresInstallation.Directory is not null || PostgresInstallation.IsRequired)
        {
            _source = NpgsqlDataSource.Create(BudgetDatabase.Create());
        }

        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (PostgresBudgetStore process in _processes)
        {
            await process.DisposeAsync();
        }

        if (_source is not null)
        {
            await _source.DisposeAsync();
        }
    }

    private async Task<PostgresBudgetStore> StartAsync(BudgetSliceOptions? options = null)
    {
        PostgresBudgetStore process = await PostgresBudgetStore.OpenAsync(_source!, options ?? new BudgetSliceOptions(), _time, CancellationToken.None);
        _processes.Add(process);
        return process;
    }

    private static BudgetLine Line(decimal max, string account = "all|Day") =>
        new(account, Now.Date, Now.Date, Now.Date.AddDays(1), Now.Date.AddDays(2)) { MaxUsd = max };

    private BudgetClaim Claim(decimal usd, params BudgetLine[] lines) => new(Guid.NewGuid(), _time.Now, _time.Now.AddMinutes(10), new BudgetAmount(usd, 1, 100), lines);

    private async Task<bool> SpendAsync(BudgetStore store, decimal usd, params BudgetLine[] lines)
    {
        BudgetClaim claim = Claim(usd, lines);
        if (!(await store.TryReserveAsync(claim)).IsGranted)
        {
            return false;
        }

        await store.SettleAsync(claim.Id, claim.Amount);
        return true;
    }

    private async Task<int> SpendAllAsync(BudgetStore store, decimal usd, params BudgetLine[] lines)
    {
        int calls = 0;
        while (await SpendAsync(store, usd, lines))
        {
            calls++;
        }

        return calls;
    }

    [PostgresFact]
    public async Task Until_nine_tenths_of_a_limit_are_used_the_database_is_asked_at_most_once_in_a_hundred_calls()
    {
        PostgresBudgetStore process = await StartAsync();

        for (int call = 0; call < 9_000; call++)
        {
            Assert.True(await SpendAsync(process, 0.001m, Line(10m)));
        }

        Assert.InRange(process.Rounds, 1, 90);
    }

    [PostgresFact]
    public async Task Sixteen_callers_of_one_account_ask_no_more_often()
    {
        PostgresBudgetStore process = await StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            for (int call = 0; call < 2_000; call++)
            {
                Assert.True(await SpendAsync(process, 0.001m, Line(36m), Line(100m, "all|Month")));
            }
        })));

        Assert.InRange(process.Rounds, 1, 320);
    }

    [PostgresFact]
    public async Task One_process_can_spend_a_limit_to_its_last_cent()
    {
        PostgresBudgetStore process = await StartAsync();

        Assert.Equal(1_000, await SpendAllAsync(process, 0.01m, Line(10m)));
    }

    [PostgresTheory]
    [InlineData(0.1)]
    [InlineData(0.02)]
    [InlineData(0)]
    public async Task A_call_that_fits_is_refused_only_within_the_stated_part_of_a_limit(double part)
    {
        var options = new BudgetSliceOptions { RefusablePart = (decimal)part };
        PostgresBudgetStore[] processes = [await StartAsync(options), await StartAsync(options), await StartAsync(options), await StartAsync(options)];

        // Three others hold slices as large as they get and do nothing more.
        decimal spent = 0m;
        foreach (PostgresBudgetStore other in processes[1..])
        {
            for (int call = 0; call < 50; call++)
            {
                Assert.True(await SpendAsync(other, 0.001m, Line(2m)));
                spent += 0.001m;
            }
        }

        spent += 0.001m * await SpendAllAsync(processes[0], 0.001m, Line(2m));

        Assert.InRange(spent, 2m * (1m - (decimal)part), 2m);
    }

    [PostgresFact]
    public async Task What_a_process_gives_back_another_can_spend_to_the_last_cent()
    {
        PostgresBudgetStore first = await StartAsync();
        PostgresBudgetStore second = await StartAsync();
        Assert.True(await SpendAsync(first, 0.01m, Line(10m)));

        await first.ReturnAsync();

        Assert.Equal(999, await SpendAllAsync(second, 0.01m, Line(10m)));
    }

    [PostgresFact]
    public async Task A_process_that_ends_in_order_gives_back_its_slices()
    {
        PostgresBudgetStore first = await StartAsync();
        PostgresBudgetStore second = await StartAsync();
        Assert.True(await SpendAsync(first, 0.01m, Line(10m)));

        await first.DisposeAsync();

        Assert.Equal((new BudgetAmount(0.01m, 1, 100), default), await second.ReadAsync(Line(10m), Now));
    }

    [PostgresFact]
    public async Task What_a_crashed_process_had_leased_is_reserved_until_its_lease_ends_and_spent_from_then_on()
    {
        PostgresBudgetStore crashed = await StartAsync();
        PostgresBudgetStore reader = await StartAsync();
        await crashed.TryReserveAsync(Claim(0.01m, Line(10m)));

        (BudgetAmount spent, BudgetAmount leased) = await reader.ReadAsync(Line(10m), Now);
        Assert.Equal(0m, spent.Usd);
        Assert.InRange(leased.Usd, 0.01m, 1m);

        Assert.Equal((leased, default), await reader.ReadAsync(Line(10m), Now.AddMinutes(11)));
    }

    [PostgresFact]
    public async Task A_process_that_was_paused_beyond_its_lease_goes_on_with_what_it_had_leased()
    {
        PostgresBudgetStore paused = await StartAsync();
        PostgresBudgetStore other = await StartAsync();
        BudgetClaim claim = Claim(0.01m, Line(10m));
        await paused.TryReserveAsync(claim);
        await other.ReadAsync(Line(10m), Now.AddHours(1));

        await paused.SettleAsync(claim.Id, new BudgetAmount(0.004m, 1, 50));
        Assert.True(await SpendAsync(paused, 0.01m, Line(10m)));
        await paused.ReturnAsync();

        Assert.Equal((new BudgetAmount(0.014m, 2, 150), default), await other.ReadAsync(Line(10m), Now));
    }

    [PostgresFact]
    public async Task A_lease_that_the_database_has_forgotten_counts_as_spent_and_the_process_goes_on()
    {
        PostgresBudgetStore paused = await StartAsync();
        PostgresBudgetStore other = await StartAsync();
        Assert.True(await SpendAsync(paused, 0.01m, Line(10m)));
        decimal leased = (await other.ReadAsync(Line(10m), Now.AddHours(1))).Spent.Usd;
        await using (NpgsqlCommand forget = _source!.CreateCommand("DELETE FROM magsag_budget_leases"))
        {
            await forget.ExecuteNonQueryAsync();
        }

        decimal spent = 0.01m + (0.01m * await SpendAllAsync(paused, 0.01m, Line(10m)));

        // What was leased could still be spent, so nothing is lost but what one call more would have taken.
        Assert.InRange(spent, 10m - 0.01m, 10m);
        Assert.True(leased > 0.01m);
    }

    [PostgresFact]
    public async Task A_stricter_limit_on_the_same_account_is_not_passed_by_a_slice_of_the_looser_one()
    {
        PostgresBudgetStore process = await StartAsync();
        for (int call = 0; call < 90; call++)
        {
            Assert.True(await SpendAsync(process, 0.01m, Line(100m)));
        }

        Assert.Equal(10, await SpendAllAsync(process, 0.01m, Line(1m)));
        Assert.True(await SpendAsync(process, 0.01m, Line(100m)));
        Assert.False(await SpendAsync(process, 0.01m, Line(1m)));
    }

    [PostgresFact]
    public async Task What_is_limited_elsewhere_is_leased_here_too()
    {
        PostgresBudgetStore dollars = await StartAsync();
        PostgresBudgetStore tokens = await StartAsync();
        BudgetLine limit = Line(10m) with { MaxUsd = null, MaxTokens = 1_000 };
        long spent = 0;
        for (int call = 0; call < 9; call++)
        {
            Assert.True(await SpendAsync(dollars, 0.01m, Line(10m)));
            spent += 100;
        }

        spent += 100 * await SpendAllAsync(tokens, 0.01m, limit);

        Assert.InRange(spent, 900, 1_000);
    }

    [PostgresFact]
    public async Task A_rolling_window_counts_the_slices_of_all_its_slots()
    {
        PostgresBudgetStore process = await StartAsync();
        Assert.Equal(50, await SpendManyAsync(50, 0));

        Assert.Equal(50, await SpendAllAsync(process, 0.01m, At(30)));
        Assert.Equal(0, await SpendAllAsync(process, 0.01m, At(60)));
        Assert.Equal(50, await SpendAllAsync(process, 0.01m, At(61)));

        async Task<int> SpendManyAsync(int most, int minute)
        {
            int calls = 0;
            while (calls < most && await SpendAsync(process, 0.01m, At(minute)))
            {
                calls++;
            }

            return calls;
        }
    }

    [PostgresFact]
    public async Task A_claim_on_several_accounts_is_granted_only_when_each_has_room()
    {
        PostgresBudgetStore process = await StartAsync();
        PostgresBudgetStore other = await StartAsync();
        Assert.True(await SpendAsync(other, 0.5m, Line(100m), Line(1m, "run")));
        await other.ReturnAsync();

        Assert.Equal(50, await SpendAllAsync(process, 0.01m, Line(100m), Line(1m, "run")));

        Assert.Equal(1m, (await process.ReadAsync(Line(100m), Now)).Spent.Usd);
    }

    [PostgresFact]
    public async Task A_call_beyond_its_reservation_is_known_to_all_before_its_caller_goes_on()
    {
        PostgresBudgetStore process = await StartAsync();
        PostgresBudgetStore other = await StartAsync();
        BudgetClaim claim = Claim(0.01m, Line(10m));
        await process.TryReserveAsync(claim);

        await process.SettleAsync(claim.Id, new BudgetAmount(9.995m, 1, 100));

        Assert.False(await SpendAsync(other, 0.01m, Line(10m)));
        Assert.False(await SpendAsync(process, 0.01m, Line(10m)));
    }

    [PostgresFact]
    public async Task A_correction_makes_room_for_processes_with_slices()
    {
        PostgresBudgetStore process = await StartAsync();
        Assert.Equal(100, await SpendAllAsync(process, 0.1m, Line(10m)));

        await process.RecordAsync(Claim(0m, Line(10m)) with { Amount = new BudgetAmount(-5m, 0, 0) });

        Assert.Equal(50, await SpendAllAsync(process, 0.1m, Line(10m)));
    }

    [PostgresFact]
    public async Task A_caller_that_gives_up_waiting_leaves_nothing_reserved()
    {
        PostgresBudgetStore process = await StartAsync();
        using var cancelled = new CancellationTokenSource();
        ValueTask<BudgetDecision> waiting = process.TryReserveAsync(Claim(1m, Line(10m)), cancelled.Token);
        await cancelled.CancelAsync();
        Task<BudgetDecision> answer = waiting.AsTask();
        await Task.WhenAny(answer);

        // Whether it was granted before it was cancelled or not, it is settled once and for all when it isn't granted.
        bool isGranted = answer.IsCompletedSuccessfully;

        Assert.Equal(isGranted ? 1m : 0m, (await process.ReadAsync(Line(10m), Now)).Reserved.Usd);
    }

    [PostgresFact]
    public async Task A_slice_of_a_process_whose_clock_is_behind_counts_in_the_rolling_windows_of_the_others()
    {
        PostgresBudgetStore behind = await StartAsync();
        PostgresBudgetStore ahead = await StartAsync();
        Assert.True(await SpendAsync(behind, 0.01m, At(0)));

        decimal spent = 0.01m * await SpendAllAsync(ahead, 0.01m, At(90));
        spent += 0.01m * await SpendAllAsync(behind, 0.01m, At(0));

        Assert.InRange(spent, 0.9m, 1m);
    }

    private static BudgetLine At(int minute) =>
        new("all|Rolling60", Now.AddMinutes(minute), Now.AddMinutes(minute - 60), DateTimeOffset.MaxValue, Now.AddDays(2)) { MaxUsd = 1m };
}
