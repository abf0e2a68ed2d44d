using Magsag.Pricing.Listings;

namespace Magsag.Pricing.Costs;

/// <summary>The prices in force above a number of input tokens, everything resolved that the catalogue leaves implicit.</summary>
internal sealed class RateBand(long over, Rates rates)
{
    public long Over => over;

    public Rates Rates => rates;

    /// <summary>The same prices in integers, or null where they aren't whole.</summary>
    public WholeRates? Whole { get; } = WholeRates.TryCreate(rates);

    public RateBand With(Rates other) => new(over, other);
}
