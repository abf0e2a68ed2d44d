namespace Magsag.Pricing.Costs;

/// <summary>What decides which of a model's prices a call is billed at, beside its token counts.</summary>
/// <param name="At">When the call was made; the price in force then applies.</param>
/// <param name="ServiceTier">The tier that the response names (<c>default</c>, <c>flex</c>, <c>priority</c> …), or null for the standard one.</param>
/// <param name="Batch">True when the call went through the provider's batch interface.</param>
/// <param name="Region">The region that the price depends on (<c>us</c>, <c>eu</c> …), or null for the global price.</param>
public readonly record struct PriceTerms(DateTimeOffset At, string? ServiceTier = null, bool Batch = false, string? Region = null)
{
    /// <summary>True for the price as it is listed on that day, whatever the hour: for comparisons, whose result must be the same whenever they are made.</summary>
    internal bool IsListed { get; init; }
}
