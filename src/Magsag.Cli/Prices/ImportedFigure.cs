namespace Magsag.Cli.Prices;

/// <summary>One price of another list: where it stands, and what became of it.</summary>
/// <param name="Name">The members that lead to it, such as <c>output_mtok.tiers.0</c>.</param>
/// <param name="Price">The price in the catalogue's unit where it has one, else as listed.</param>
/// <param name="Refusal">Why the catalogue can't hold it; null when it does.</param>
internal sealed record ImportedFigure(string Name, decimal Price, string? Refusal = null);
