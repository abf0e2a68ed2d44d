using Magsag.Pricing.Tokens;

namespace Magsag.Runtime.Recording;

/// <summary>What a client's answer says about its billing.</summary>
/// <param name="Model">The model that answered; null when the answer doesn't name it.</param>
/// <param name="Used">What the answer used.</param>
/// <param name="IsReplay">Whether it came from a cache inside the pipeline.</param>
internal readonly record struct CallAnswer(string? Model, MeasuredUsage Used, bool IsReplay = false)
{
    public string? ServiceTier { get; init; }

    /// <summary>The region that the price depends on; null for the global price.</summary>
    public string? Region { get; init; }

    /// <summary>The cost that the provider states; null where it states none.</summary>
    public decimal? KnownCostUsd { get; init; }

    /// <summary>What other models used for the answer.</summary>
    public IReadOnlyList<(string Model, Usage Usage)>? OtherModels { get; init; }

    /// <summary>The answer's id, where the provider goes on working at it or it was asked for again.</summary>
    public string? Id { get; init; }

    /// <summary>Whether the provider goes on working at it.</summary>
    public bool IsUnfinished { get; init; }

    /// <summary>Whether it was asked for again.</summary>
    public bool IsPoll { get; init; }
}
