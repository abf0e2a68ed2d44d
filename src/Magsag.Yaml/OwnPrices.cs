using Magsag.Ledger.Files;
using Magsag.Pricing.Catalogue;
using Magsag.Yaml.Prices;

namespace Magsag.Yaml;

/// <summary>A team's own prices (<c>magsag.prices.yaml</c>): contract discounts, private models, deployment names.</summary>
public static class OwnPrices
{
    /// <summary>The usual name of the file.</summary>
    public const string FileName = "magsag.prices.yaml";

    /// <summary>Reads a file of own prices and lays them over a catalogue; what the file doesn't mention stays as it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="catalog">The prices below it, usually <see cref="PriceCatalog.Embedded"/>.</param>
    /// <exception cref="UnreadableInputException">The file can't be opened, isn't YAML, or says something that can't be: names line and column.</exception>
    public static PriceCatalog Over(string path, PriceCatalog catalog) =>
        new OwnPricesReader(path ?? throw new ArgumentNullException(nameof(path)), catalog ?? throw new ArgumentNullException(nameof(catalog))).Read();
}
