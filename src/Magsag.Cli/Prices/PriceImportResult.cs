namespace Magsag.Cli.Prices;

/// <summary>The outcome of an import: the new catalogue, and what is different about it.</summary>
/// <param name="Catalog">The catalogue with the imported prices; prices before the import stay in force for calls before it.</param>
/// <param name="Changes">What changed, by provider and model.</param>
/// <param name="Refused">Each figure of the list that the catalogue doesn't hold.</param>
internal sealed record PriceImportResult(PriceCatalog Catalog, IReadOnlyList<PriceChange> Changes, IReadOnlyList<RefusedFigure> Refused)
{
    /// <summary>How many figures the list has: each is in the catalogue or among the refused.</summary>
    public int Figures { get; init; }
}
