using System.Globalization;
using Magsag.Runtime;
using Magsag.Storage.BudgetCaller;
using Magsag.Storage.Budgets;
using Npgsql;

namespace Magsag.Storage.Tests;

/// <summary>Eight processes of sixty-four callers against one limit, with random costs, failures, lost answers, impatience, wrong clocks, kills and restarts.</summary>
/// <remarks>The variable <c>MAGSAG_BUDGET_RUNS</c> asks for more than two runs for each database (50 before a release), <c>MAGSAG_BUDGET_SEED</c> for others.</remarks>
public sealed class BudgetStressTests
{
    private const decimal Limit = 20m;
    private const int Deaths = 2;

    private static readonly int Runs = Setting("MAGSAG_BUDGET_RUNS", 2);
    private static readonly int FirstSeed = Setting("MAGSAG_BUDGET_SEED", 0);

    [Theory]
    [EveryStore]
    public async Task Eight_processes_that_are_killed_and_restarted_never_spend_more_than_the_limit(StoreKind kind)
    {
        using var runs = new RunsDirectory();
        string address = AddressOf(kind, runs);
        using BudgetCallers callers = CallersOf(kind, address, runs);
        int killed = 0;
        for (int seed = FirstSeed; seed < FirstSeed + Runs; seed++)
        {
            string account = $"run-{seed}";

            (decimal billed, int died) = await callers.SpendAsync(account, seed * 10_000, Deaths);

            (BudgetAmount spent, BudgetAmount reserved) = await ReadAfterTheLeaseAsync(kind, address, account);
            Assert.True(billed <= spent.Usd, $"{billed} were billed in run {seed}, but only {spent.Usd} are entered.");
            Assert.True(spent.Usd <= Limit, $"{spent.Usd} were spent of {Limit} in run {seed}.");
            Assert.True(billed > Limit / 4, $"Only {billed} were billed in run {seed}.");
            Assert.Equal(default, reserved);
            killed += died;
        }

        Assert.True(killed > 0, "No process was killed.");
    }

    [Theory]
    [EveryStore]
    public async Task When_no_process_dies_exactly_what_was_billed_is_spent(StoreKind kind)
    {
        using var runs = new RunsDirectory();
        string address = AddressOf(kind, runs);
        using BudgetCallers callers = CallersOf(kind, address, runs);

        (decimal billed, int _) = await callers.SpendAsync("calm", FirstSeed, deaths: 0);

        (BudgetAmount spent, BudgetAmount reserved) = await ReadAfterTheLeaseAsync(kind, address, "calm");
        Assert.Equal((billed, 0m), (spent.Usd, reserved.Usd));
        Assert.InRange(billed, Limit / 2, Limit);
    }

    [Fact]
    public async Task Checking_first_and_adding_afterwards_fails_the_same_test()
    {
        using var runs = new RunsDirectory();
        using var callers = new BudgetCallers("naive", AddressOf(StoreKind.Sqlite, runs), Limit, runs.Path);

        (decimal billed, int _) = await callers.SpendAsync("naive", seed: 1, deaths: 0);

        Assert.True(billed > Limit, $"Only {billed} were billed.");
    }

    private static int Setting(string variable, int usual) =>
        int.Parse(Environment.GetEnvironmentVariable(variable) ?? usual.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static BudgetCallers CallersOf(StoreKind kind, string address, RunsDirectory runs) => new(kind.ToString().ToLowerInvariant(), address, Limit, runs.Path);

    private static string AddressOf(StoreKind kind, RunsDirectory runs) => kind == StoreKind.Sqlite ? Path.Combine(runs.Path, "budgets.db") : BudgetDatabase.Create();

    private static async Task<(BudgetAmount Spent, BudgetAmount Reserved)> ReadAfterTheLeaseAsync(StoreKind kind, string address, string account)
    {
        // One of the clocks is years ahead.
        DateTimeOffset afterTheLease = DateTimeOffset.UtcNow.AddYears(4);
        BudgetLine line = BudgetTest.Line(Limit, account);
        if (kind == StoreKind.Sqlite)
        {
            using var store = new SqliteBudgetStore(address);
            return await store.ReadAsync(line, afterTheLease);
        }

        await using NpgsqlDataSource source = NpgsqlDataSource.Create(address);
        await using PostgresBudgetStore server = await PostgresBudgetStore.OpenAsync(source);
        return await server.ReadAsync(line, afterTheLease);
    }
}
