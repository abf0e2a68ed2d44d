using Magsag.Pricing.Tokens;

namespace Magsag.Runtime.Wire;

/// <summary>What one response body says about its own billing.</summary>
/// <param name="Usage">The token counts, normalised.</param>
/// <param name="Model">The model that answered, or null when the body doesn't say.</param>
/// <param name="ServiceTier">The tier that was billed, as the body returns it, or null.</param>
/// <param name="Region">The region that the price depends on, or null for the global price.</param>
/// <param name="ReportedCostUsd">The cost that the provider itself states, or null; where it is there, it is the one that was billed.</param>
internal sealed record WireUsage(Usage Usage, string? Model, string? ServiceTier, string? Region, decimal? ReportedCostUsd)
{
    /// <summary>Why the counts, or the stated cost, can't be all that was billed; null when nothing contradicts them.</summary>
    public string? Issue { get; init; }

    /// <summary>Whether the body doesn't say what the input was.</summary>
    public bool LacksInput { get; init; }

    /// <summary>What other models used that the provider asked for the answer; in no other count.</summary>
    public IReadOnlyList<(string Model, Usage Usage)> OtherModels { get; init; } = [];
}
