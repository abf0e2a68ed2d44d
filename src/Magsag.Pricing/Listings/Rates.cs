namespace Magsag.Pricing.Listings;

/// <summary>
/// The prices of one model under one set of terms, in US dollars: tokens per million, searches and requests per thousand, audio per hour;
/// null where the catalogue states none.
/// </summary>
/// <remarks>A unit without a price of its own costs what the broader unit costs: cached input the input price, reasoning the output price.</remarks>
internal sealed class Rates
{
    public static readonly Rates None = new(new decimal?[RateUnits.Count]);

    private readonly decimal?[] _prices;

    /// <summary>Takes over prices in the order of <see cref="RateUnit"/>.</summary>
    public Rates(decimal?[] prices) => _prices = prices;

    public decimal? Input => this[RateUnit.Input];

    public decimal? Output => this[RateUnit.Output];

    public decimal? this[RateUnit unit] => _prices[(int)unit];

    public Rates With(RateUnit unit, decimal? price) => Select((other, listed) => other == unit ? price : listed);

    /// <summary>Each token price times a factor; fees stay.</summary>
    public Rates Times(decimal factor) => Select((unit, price) => RateUnits.IsPerToken(unit) ? price * factor : price);

    public Rates Select(Func<RateUnit, decimal?, decimal?> price)
    {
        var prices = new decimal?[_prices.Length];
        for (int unit = 0; unit < prices.Length; unit++)
        {
            prices[unit] = price((RateUnit)unit, _prices[unit]);
        }

        return new Rates(prices);
    }
}
