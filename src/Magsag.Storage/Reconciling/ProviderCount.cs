namespace Magsag.Storage.Reconciling;

/// <summary>What a provider's bill or usage report says about one day and model. What it doesn't state is null.</summary>
/// <param name="Day">The day in UTC.</param>
/// <param name="Model">The model as billed.</param>
/// <param name="Calls">How many calls the provider counts.</param>
/// <param name="CostUsd">What it bills for them in US dollars.</param>
internal sealed record ProviderCount(DateOnly Day, string Model, long? Calls = null, decimal? CostUsd = null)
{
    /// <summary>All input tokens, cached and written ones included.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Input tokens read from the provider's cache.</summary>
    public long? CachedInputTokens { get; init; }

    /// <summary>Input tokens written to the provider's cache.</summary>
    public long? CacheWriteTokens { get; init; }

    /// <summary>All output tokens.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>By how much the cost may be off because the report rounds it, in US dollars.</summary>
    public decimal RoundingUsd { get; init; }

    /// <summary>The service tiers and regions that it names, other than the standard one.</summary>
    public IReadOnlyList<string> Tiers { get; init; } = [];

    /// <summary>Adds another part of the same day and model: another key, tier or kind of token, or its cost from another report.</summary>
    public ProviderCount With(ProviderCount other) => this with
    {
        Calls = Sum(Calls, other.Calls),
        CostUsd = CostUsd is null ? other.CostUsd : CostUsd + (other.CostUsd ?? 0m),
        InputTokens = Sum(InputTokens, other.InputTokens),
        CachedInputTokens = Sum(CachedInputTokens, other.CachedInputTokens),
        CacheWriteTokens = Sum(CacheWriteTokens, other.CacheWriteTokens),
        OutputTokens = Sum(OutputTokens, other.OutputTokens),
        RoundingUsd = RoundingUsd + other.RoundingUsd,
        Tiers = [.. Tiers.Union(other.Tiers, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
    };

    private static long? Sum(long? one, long? other) => one is null ? other : checked(one + (other ?? 0));
}
