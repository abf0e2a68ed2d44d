using Magsag.Pricing.Listings;

namespace Magsag.Pricing.Costs;

/// <summary>A sum in decimals, for any price and any number of tokens.</summary>
internal struct DecimalTokenSum(Rates rates) : ITokenSum
{
    private const decimal PerMillion = 0.000001m;

    private decimal _perMillion;

    public readonly decimal Usd => _perMillion * PerMillion;

    public readonly bool HasPrice(RateUnit unit) => rates[unit] is not null;

    public void Add(long tokens, RateUnit unit) => _perMillion += tokens * rates[unit].GetValueOrDefault();
}
