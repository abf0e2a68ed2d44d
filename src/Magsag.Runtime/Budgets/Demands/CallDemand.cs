using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;

namespace Magsag.Runtime.Budgets.Demands;

/// <summary>What decides the most that a call can be billed for.</summary>
internal sealed record CallDemand
{
    public string? Model { get; init; }

    public ModelPrice? Price { get; init; }

    /// <summary>The most input tokens.</summary>
    public long InputTokens { get; init; }

    /// <summary>The most output tokens, of all choices together.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Whether the input may hold sound, pictures or video, which have prices of their own.</summary>
    public bool HasMedia { get; init; }

    /// <summary>Whether the call may choose the service tier that it is billed at.</summary>
    public bool MayChooseTier { get; init; }

    /// <summary>The most web searches that the provider can run for it.</summary>
    public int WebSearches { get; init; }

    /// <summary>The longest recording, where the provider bills its length, in seconds.</summary>
    public decimal AudioSeconds { get; init; }

    /// <summary>What hosted tools can cost that the catalogue has no price for, in US dollars.</summary>
    public decimal ToolFeesUsd { get; init; }

    /// <summary>The most expensive terms that it can be billed at.</summary>
    public PriceTerms Terms { get; init; }

    /// <summary>Its worst case in US dollars; null when the model has no price.</summary>
    public decimal? CostUsd { get; init; }

    public BudgetAmount Amount => new(CostUsd ?? 0m, 1, InputTokens + OutputTokens);
}
