namespace Magsag.Pricing.Costs;

/// <summary>The exact cost of a call in US dollars, by what it was for; a part is null when a price for it is unknown.</summary>
/// <param name="Input">All input tokens.</param>
/// <param name="Output">All output tokens.</param>
/// <param name="Fees">What isn't billed per token: requests, web searches, the length of audio.</param>
internal readonly record struct CostParts(decimal? Input, decimal? Output, decimal? Fees)
{
    /// <summary>The sum of the parts, or null when one of them is unknown.</summary>
    public decimal? Total => Input + Output + Fees;

    /// <summary>The sum of the parts that are known: the call costs at least this.</summary>
    public decimal Known => Input.GetValueOrDefault() + Output.GetValueOrDefault() + Fees.GetValueOrDefault();

    public static CostParts operator +(CostParts left, CostParts right) =>
        new(left.Input + right.Input, left.Output + right.Output, left.Fees + right.Fees);
}
