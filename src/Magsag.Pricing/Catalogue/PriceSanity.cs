using Magsag.Pricing.Listings;
using Magsag.Pricing.Text;

namespace Magsag.Pricing.Catalogue;

/// <summary>Stops a price that was entered in the wrong unit before it is used.</summary>
internal static class PriceSanity
{
    /// <summary>A price that moves by more than this factor is a mistake until somebody says otherwise.</summary>
    public const decimal LargestMove = 20m;

    // The cheapest and the dearest token price that any provider ever listed lie well inside.
    private const decimal Lowest = 0.0005m;
    private const decimal Highest = 1_000m;

    /// <summary>What is suspicious about a new price, or null when nothing is.</summary>
    /// <param name="unit">What it is for.</param>
    /// <param name="price">The new price, in US dollars per million tokens.</param>
    /// <param name="before">The price before, or null.</param>
    public static string? Problem(RateUnit unit, decimal price, decimal? before)
    {
        if (!RateUnits.IsPerToken(unit) || price == 0m)
        {
            return null;
        }

        string word = RateUnits.WordOf(unit);
        if (price < Lowest)
        {
            return $"The price '{word}' of {CatalogSyntax.Print(price)} looks like US dollars per token; expected US dollars per million tokens ({CatalogSyntax.Print(price * 1_000_000m)}?).";
        }

        if (price > Highest)
        {
            return $"The price '{word}' of {CatalogSyntax.Print(price)} is above anything that a provider charges per million tokens; check the unit.";
        }

        return before is { } old && old > 0m && (price > old * LargestMove || price * LargestMove < old)
            ? $"The price '{word}' moves from {CatalogSyntax.Print(old)} to {CatalogSyntax.Print(price)}, by more than a factor of {CatalogSyntax.Print(LargestMove)}; check the unit."
            : null;
    }
}
