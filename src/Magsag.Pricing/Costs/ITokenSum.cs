using Magsag.Pricing.Listings;

namespace Magsag.Pricing.Costs;

/// <summary>Adds up tokens at the prices of their units. The compiler makes code of its own for every struct that implements it.</summary>
internal interface ITokenSum
{
    bool HasPrice(RateUnit unit);

    /// <summary>Adds tokens of a unit that has a price.</summary>
    void Add(long tokens, RateUnit unit);
}
