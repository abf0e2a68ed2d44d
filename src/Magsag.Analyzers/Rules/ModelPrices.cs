using System.Globalization;
using Magsag.Analyzers.Settings;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Listings;

namespace Magsag.Analyzers.Rules;

/// <summary>Prices for messages, by the catalogue's own date: what a compiler reports must not depend on the day on which it runs.</summary>
internal static class ModelPrices
{
    private static readonly PriceTerms Terms = PriceCatalog.Embedded.Listed();

    /// <summary>The catalogue's entry of a model; null when it has none.</summary>
    public static ModelPrice? Find(string? model) => model is null ? null : PriceCatalog.Embedded.Find(model);

    /// <summary>The prices that are listed for a model.</summary>
    public static Rates? GetRates(ModelPrice model) => model.RatesFor(Terms);

    /// <summary>The prices that are listed for the model by that name; null when the catalogue has none.</summary>
    public static Rates? GetRates(string? model) => Find(model) is { } price ? GetRates(price) : null;

    /// <summary>True when the model's provider had stopped serving it when the catalogue was made.</summary>
    public static bool IsRetired(ModelPrice model) => model.RetiredOn <= PriceCatalog.Embedded.AsOf;

    /// <summary>A cheaper model of the same provider: the team's choice, else the catalogue's best saving that is no toy.</summary>
    public static ModelPrice? FindEconomyModel(ModelPrice model, AnalyzerSettings settings) => settings.GetEconomyModel(model.Provider) is { } chosen
        ? Find(chosen)
        : PriceCatalog.Embedded.CheaperThan(model).FirstOrDefault()?.Model;

    /// <summary>Input and output price: <c>$2.50/$10.00</c>.</summary>
    public static string Format(Rates rates) => $"{FormatDollars(rates.Input)}/{FormatDollars(rates.Output)}";

    /// <summary>The cost of a number of tokens, rounded to some decimals.</summary>
    public static string FormatCost(long tokens, decimal perMillion, int decimals) => FormatDollars(Math.Round(tokens * perMillion / 1_000_000m, decimals));

    /// <summary>A number of tokens: <c>16,384</c>.</summary>
    public static string FormatTokens(long tokens) => tokens.ToString("#,##0", CultureInfo.InvariantCulture);

    // At least two decimals: $0.15, $0.075.
    private static string FormatDollars(decimal? usd) => usd is { } amount ? "$" + amount.ToString("0.00######", CultureInfo.InvariantCulture) : "unknown";
}
