using System.Globalization;
using Magsag.Runtime;
using Magsag.Runtime.Tests;
using Microsoft.Extensions.AI;

namespace Magsag.Storage.Tests;

/// <summary>The simulation of the guard with the real client and its retries, over each store that keeps budgets outside the process's memory.</summary>
/// <remarks>The variable <c>MAGSAG_BUDGET_SIMULATIONS</c> asks for more than 2 seeds for each store, <c>MAGSAG_BUDGET_SEED</c> for others.</remarks>
public sealed class GuardedSimulationTests
{
    private static readonly int Seeds = Setting("MAGSAG_BUDGET_SIMULATIONS", 2);
    private static readonly int FirstSeed = Setting("MAGSAG_BUDGET_SEED", 0);

    [Theory]
    [EveryBudgetStore]
    public async Task What_is_billed_stays_within_every_limit(BudgetStoreKind kind)
    {
        DirectoryInfo runs = Directory.CreateTempSubdirectory("magsag-runs-");
        await using (var ledger = new CostLedger(runs.FullName))
        {
            for (int seed = FirstSeed; seed < FirstSeed + Seeds; seed++)
            {
                await using var budgets = new SimulatedBudgets(kind);
                var time = new ManualTime("2026-11-24T09:00:00Z");
                var simulation = new Magsag.Runtime.Tests.BudgetSimulation(seed, time, await budgets.StartAsync(null, time), ledger, static (client, guard) => client.AsBuilder().UseBudget(guard).Build());
                Assert.Null(await simulation.RunAsync());
            }
        }

        runs.Delete(recursive: true);
    }

    private static int Setting(string variable, int usual) =>
        int.Parse(Environment.GetEnvironmentVariable(variable) ?? usual.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
