using Magsag.Pricing.Costs;
using Magsag.Pricing.Listings;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Budgets.Demands;

/// <summary>What tools that run at the provider can cost: their fees, and the input that their results are read as.</summary>
internal static class HostedTools
{
    /// <summary>Adds the tools of a call to its demand.</summary>
    /// <param name="demand">The demand without them.</param>
    /// <param name="tools">The tools of the call.</param>
    /// <param name="unnamed">How many more there are, of which only that is known.</param>
    /// <param name="countsDollars">Whether dollars are limited.</param>
    /// <param name="budget">States what the call can't: how often a tool can run, and what that costs.</param>
    /// <exception cref="BudgetExceededException">Their worst case isn't known.</exception>
    public static CallDemand AddTo(CallDemand demand, IEnumerable<AITool> tools, int unnamed, bool countsDollars, BudgetOptions budget)
    {
        AITool[] hosted = [.. tools.Where(static tool => tool is not AIFunctionDeclaration)];
        if (hosted.Length + unnamed == 0)
        {
            return demand;
        }

        int runs = budget.MaxHostedToolRuns
            ?? throw new BudgetExceededException($"The call to '{demand.Model}' has a tool that runs at the provider ({hosted.FirstOrDefault()?.Name ?? "unnamed"}), and nobody here knows how often it can, so the call's worst case isn't known. Set MaxHostedToolRuns, and HostedToolFeeUsd where the catalogue has no price for the tool.");
        bool searches = Array.Exists(hosted, static tool => tool is HostedWebSearchTool);
        bool isSearchPriced = demand.Price?.RatesFor(new PriceTerms(budget.Time.GetUtcNow()))?[RateUnit.WebSearch] is not null;
        int withoutPrice = unnamed + hosted.Count(tool => tool is not (HostedMcpServerTool or HostedWebSearchTool)) + (searches && !isSearchPriced ? 1 : 0);
        if (withoutPrice > 0 && countsDollars && budget.HostedToolFeeUsd is null)
        {
            throw new BudgetExceededException($"The call to '{demand.Model}' has a tool that runs at the provider, for which the catalogue has no price, so its worst case isn't known. Set HostedToolFeeUsd to the most that one run costs.");
        }

        // The model reads the results of each run, with all that came before.
        return demand with
        {
            InputTokens = PromptDemand.Window(demand.Price, demand.Model, "has tools that run at the provider") * (runs + 1L),
            WebSearches = searches && isSearchPriced ? runs : 0,
            ToolFeesUsd = withoutPrice > 0 ? runs * (budget.HostedToolFeeUsd ?? 0m) : 0m,
        };
    }
}
