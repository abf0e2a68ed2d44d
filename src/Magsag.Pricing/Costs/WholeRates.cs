using Magsag.Pricing.Listings;
using Magsag.Pricing.Tokens;

namespace Magsag.Pricing.Costs;

/// <summary>Prices in whole trillionths of a dollar per token or request, where all of them are whole.</summary>
internal sealed class WholeRates
{
    // 200 million tokens at the highest price and a million requests at theirs still fit into 64 bits.
    private const decimal HighestPrice = 1_000m;
    private const long MostTokens = 100_000_000;
    private const long MostCalls = 1_000_000;

    private const long None = -1;

    private readonly long[] _trillionths;

    private WholeRates(Rates rates)
    {
        _trillionths = new long[RateUnits.Count];
        for (RateUnit unit = 0; (int)unit < RateUnits.Count; unit++)
        {
            _trillionths[(int)unit] = HasPart(unit) && rates[unit] is { } price ? (long)(price * FactorOf(unit)) : None;
        }
    }

    /// <summary>The price of a unit, or a negative number when it has none.</summary>
    public long this[RateUnit unit] => _trillionths[(int)unit];

    /// <summary>The rates as whole trillionths, or null when one of them isn't.</summary>
    public static WholeRates? TryCreate(Rates rates)
    {
        for (RateUnit unit = 0; (int)unit < RateUnits.Count; unit++)
        {
            if (HasPart(unit) && rates[unit] is { } price && (price > HighestPrice || price * FactorOf(unit) != decimal.Truncate(price * FactorOf(unit))))
            {
                return null;
            }
        }

        return new WholeRates(rates);
    }

    /// <summary>Whether a call can be summed without an overflow and without a fee that these prices leave out.</summary>
    public static bool CanPrice(in Usage usage, long calls) =>
        usage.InputTokens <= MostTokens && usage.OutputTokens <= MostTokens && calls <= MostCalls && usage.WebSearches == 0 && !usage.HasAudioLength;

    // Searches and the length of audio are left to decimals.
    private static bool HasPart(RateUnit unit) => RateUnits.IsPerToken(unit) || unit == RateUnit.Request;

    // From a price per million tokens, or per thousand requests.
    private static decimal FactorOf(RateUnit unit) => RateUnits.IsPerToken(unit) ? 1_000_000m : 1_000_000_000m;
}
