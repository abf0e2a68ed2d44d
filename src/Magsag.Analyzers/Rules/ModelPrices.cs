using System.Globalization;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Listings;

namespace Magsag.Analyzers;

/// <summary>Prices as rules speak of them: by the catalogue's own date, because what a compiler says must not depend on the day on which it runs.</summary>
internal static class ModelPrices
{
    private static readonly PriceTerms Terms = PriceCatalog.Embedded.Listed();

    /// <summary>The catalogue's entry of a model; null when it has none.</summary>
    public static ModelPrice? Find(string? model) => model is null ? null : PriceCatalog.Embedded.Find(model);

    /// <summary>The prices that are listed for a model.</summary>
    public static Rates? RatesOf(ModelPrice model) => model.RatesFor(Terms);

    /// <summary>The prices that are listed for the model by that name; null when the catalogue has none.</summary>
    public static Rates? RatesOf(string? model) => Find(model) is { } price ? RatesOf(price) : null;

    /// <summary>True when the model's provider served it no longer when the catalogue was made.</summary>
    public static bool IsRetired(ModelPrice model) => model.RetiredOn <= PriceCatalog.Embedded.AsOf;

    /// <summary>The cheaper model of the same provider: the team's choice, else the catalogue's best saving that is no toy.</summary>
    public static ModelPrice? EconomyOf(ModelPrice model, AnalyzerSettings settings) => settings.EconomyModelOf(model.Provider) is { } chosen
        ? Find(chosen)
        : PriceCatalog.Embedded.CheaperThan(model).FirstOrDefault()?.Model;

    /// <summary>Input and output price: <c>$2.50/$10.00</c>.</summary>
    public static string Describe(Rates rates) => $"{Dollars(rates.Input)}/{Dollars(rates.Output)}";

    /// <summary>An amount with at least two decimals: <c>$0.15</c>, <c>$0.075</c>.</summary>
    public static string Dollars(decimal? usd) => usd is { } amount ? "$" + amount.ToString("0.00######", CultureInfo.InvariantCulture) : "unknown";
}
