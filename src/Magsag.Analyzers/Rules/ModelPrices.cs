using System.Globalization;
using Magsag.Pricing;

namespace Magsag.Analyzers;

/// <summary>Prices as rules speak of them.</summary>
internal static class ModelPrices
{
    /// <summary>The catalogue's entry of a model; null when it has none.</summary>
    public static ModelPrice? Find(string? model) => model is null ? null : PriceCatalog.Embedded.Find(model);

    /// <summary>The prices in force; a compiler has no call to date, so today counts.</summary>
    public static Rates? RatesOf(ModelPrice model) => model.RatesFor(new PriceTerms(DateTimeOffset.UtcNow));

    /// <summary>Input and output price: <c>$2.50/$10.00</c>.</summary>
    public static string Describe(Rates rates) => $"{Dollars(rates.Input)}/{Dollars(rates.Output)}";

    /// <summary>An amount with at least two decimals: <c>$0.15</c>, <c>$0.075</c>.</summary>
    public static string Dollars(decimal? usd) => usd is { } amount ? "$" + amount.ToString("0.00######", CultureInfo.InvariantCulture) : "unknown";

    /// <summary>The cheaper model of the same provider: the team's choice, else the catalogue's best saving that is no toy.</summary>
    public static ModelPrice? EconomyOf(ModelPrice model, AnalyzerSettings settings)
    {
        if (settings.EconomyModelOf(model.Provider) is { } chosen)
        {
            return Find(chosen);
        }

        return PriceCatalog.Embedded.CheaperThan(model, DateTimeOffset.UtcNow).FirstOrDefault()?.Model;
    }
}
