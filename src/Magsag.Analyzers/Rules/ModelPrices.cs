using System.Globalization;
using Magsag.Pricing;

namespace Magsag.Analyzers;

/// <summary>Prices as rules speak of them.</summary>
/// <param name="now">When the compilation began: a compiler has no call to date.</param>
internal sealed class ModelPrices(DateTimeOffset now)
{
    private readonly PriceTerms _terms = new(now);

    /// <summary>When the compilation began.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The catalogue's entry of a model; null when it has none.</summary>
    public static ModelPrice? Find(string? model) => model is null ? null : PriceCatalog.Embedded.Find(model);

    /// <summary>The prices in force.</summary>
    public Rates? RatesOf(ModelPrice model) => model.RatesFor(_terms);

    /// <summary>The prices in force of the model by that name; null when the catalogue has none.</summary>
    public Rates? RatesOf(string? model) => Find(model) is { } price ? RatesOf(price) : null;

    /// <summary>The cheaper model of the same provider: the team's choice, else the catalogue's best saving that is no toy.</summary>
    public ModelPrice? EconomyOf(ModelPrice model, AnalyzerSettings settings) => settings.EconomyModelOf(model.Provider) is { } chosen
        ? Find(chosen)
        : PriceCatalog.Embedded.CheaperThan(model, now).FirstOrDefault()?.Model;

    /// <summary>Input and output price: <c>$2.50/$10.00</c>.</summary>
    public static string Describe(Rates rates) => $"{Dollars(rates.Input)}/{Dollars(rates.Output)}";

    /// <summary>An amount with at least two decimals: <c>$0.15</c>, <c>$0.075</c>.</summary>
    public static string Dollars(decimal? usd) => usd is { } amount ? "$" + amount.ToString("0.00######", CultureInfo.InvariantCulture) : "unknown";
}
