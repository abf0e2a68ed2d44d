using Magsag.Cli.Repository;
using Magsag.Yaml;

namespace Magsag.Cli.Prices;

/// <summary>The option that names a file of own prices; without it the nearest <c>magsag.prices.yaml</c> above the working directory counts.</summary>
internal sealed class PriceFile : Option<string?>
{
    public PriceFile()
        : base("--prices")
    {
        Description = $"Your own prices; {OwnPrices.FileName} in the repository when left out.";
        HelpName = "file";
    }

    /// <exception cref="UnreadableInputException">The file can't be read.</exception>
    public PriceCatalog ReadCatalog(ParseResult parsed, Terminal terminal) =>
        ResolvePath(parsed, terminal) is { } path ? OwnPrices.Over(path, PriceCatalog.Embedded) : PriceCatalog.Embedded;

    /// <summary>The prices of the repository around the working directory.</summary>
    /// <exception cref="UnreadableInputException">Its own prices can't be read.</exception>
    public static PriceCatalog CatalogInUse(Terminal terminal) =>
        SourceTree.FindUp(terminal, OwnPrices.FileName) is { } path ? OwnPrices.Over(path, PriceCatalog.Embedded) : PriceCatalog.Embedded;

    public string? ResolvePath(ParseResult parsed, Terminal terminal) =>
        parsed.GetValue(this) is { } named ? InputFile.Existing(named, "a file of own prices", terminal) : SourceTree.FindUp(terminal, OwnPrices.FileName);
}
