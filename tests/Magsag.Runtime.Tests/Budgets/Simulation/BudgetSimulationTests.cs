using System.Globalization;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

/// <summary>Whatever SDKs, providers, clocks and readers do: what is billed stays within every limit, and no reservation is left.</summary>
/// <remarks>The variable <c>MAGSAG_BUDGET_SIMULATIONS</c> asks for more than 20 seeds, <c>MAGSAG_BUDGET_SEED</c> for others.</remarks>
public sealed class BudgetSimulationTests : RecordingTest
{
    private static readonly int Seeds = Setting("MAGSAG_BUDGET_SIMULATIONS", 20);
    private static readonly int FirstSeed = Setting("MAGSAG_BUDGET_SEED", 0);

    [Fact]
    public async Task What_is_billed_stays_within_every_limit()
    {
        for (int seed = FirstSeed; seed < FirstSeed + Seeds; seed++)
        {
            Assert.Null(await RunAsync(seed, static (client, guard) => client.AsBuilder().UseBudget(guard).Build()));
        }
    }

    // The guard that the project had: one reservation a call, and failures for nothing.
    [Fact]
    public async Task A_guard_that_takes_failures_for_free_fails_the_same_test()
    {
        var found = new List<string?>();
        for (int seed = 0; seed < 3; seed++)
        {
            found.Add(await RunAsync(seed, static (client, guard) => new NaiveBudgetClient(client, guard)));
        }

        Assert.Contains(found, static problem => problem is not null);
    }

    // What calls paused for while the clock jumped must not be billed in a window where nothing was reserved for it.
    [Theory]
    [InlineData(313)]
    public async Task A_seed_that_overspent_once_does_so_no_more(int seed) =>
        Assert.Null(await RunAsync(seed, static (client, guard) => client.AsBuilder().UseBudget(guard).Build()));

    private static int Setting(string variable, int usual) =>
        int.Parse(Environment.GetEnvironmentVariable(variable) ?? usual.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private Task<string?> RunAsync(int seed, Func<IChatClient, BudgetGuard, IChatClient> guard) =>
        new BudgetSimulation(seed, new ManualTime("2026-11-24T09:00:00Z"), new InMemoryBudgetStore(), Ledger, guard).RunAsync();
}
