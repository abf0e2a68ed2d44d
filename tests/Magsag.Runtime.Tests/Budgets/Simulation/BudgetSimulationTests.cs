using System.Globalization;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

/// <summary>Whatever SDKs, providers, clocks and readers do: what is billed stays within every limit, and no reservation is left.</summary>
public sealed class BudgetSimulationTests : RecordingTest
{
    private const int UsualSeeds = 20;

    private static int Seeds => int.TryParse(Environment.GetEnvironmentVariable("MAGSAG_BUDGET_SEEDS"), CultureInfo.InvariantCulture, out int seeds) ? seeds : UsualSeeds;

    [Fact]
    public async Task What_is_billed_stays_within_every_limit()
    {
        for (int seed = 0; seed < Seeds; seed++)
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

    private Task<string?> RunAsync(int seed, Func<IChatClient, BudgetGuard, IChatClient> guard) =>
        new BudgetSimulation(seed, new InMemoryBudgetStore(), Ledger, guard).RunAsync();
}
