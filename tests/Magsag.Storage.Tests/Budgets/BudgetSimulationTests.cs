using System.Globalization;

namespace Magsag.Storage.Tests;

/// <summary>Random calls, answers, records, crashes and clocks against an oracle that adds up by itself.</summary>
/// <remarks>The variable <c>MAGSAG_BUDGET_SIMULATIONS</c> asks for more than 20 seeds for each store (1,000 before a release), <c>MAGSAG_BUDGET_SEED</c> for others.</remarks>
public sealed class BudgetSimulationTests
{
    private static readonly int Seeds = Setting("MAGSAG_BUDGET_SIMULATIONS", 20);
    private static readonly int FirstSeed = Setting("MAGSAG_BUDGET_SEED", 0);

    [Theory]
    [EveryBudgetStore]
    public async Task No_limit_is_overshot_and_no_call_that_fits_is_refused_whatever_clocks_and_callers_do(BudgetStoreKind kind)
    {
        await using var budgets = new SimulatedBudgets(kind);
        int granted = 0;
        int refused = 0;
        for (int seed = FirstSeed; seed < FirstSeed + Seeds; seed++)
        {
            budgets.Begin();
            var simulation = new BudgetSimulation(budgets, seed);
            await simulation.RunAsync();
            await budgets.EndAsync();
            granted += simulation.Granted;
            refused += simulation.Refused;
        }

        Assert.True(granted > 10 * Seeds && refused > Seeds, $"{granted} calls were granted, {refused} refused.");
    }

    private static int Setting(string variable, int usual) =>
        int.Parse(Environment.GetEnvironmentVariable(variable) ?? usual.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
