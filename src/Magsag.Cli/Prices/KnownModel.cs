namespace Magsag.Cli.Prices;

/// <summary>Finds the model that the user named.</summary>
internal static class KnownModel
{
    /// <exception cref="CommandFailure">The catalogue doesn't have it; names the nearest.</exception>
    public static ModelPrice Find(PriceCatalog catalog, string model, string? provider = null)
    {
        if (catalog.Find(model, provider) is { } found)
        {
            return found;
        }

        IReadOnlyList<string> nearest = catalog.Nearest(model);
        string remedy = nearest.Count == 0 ? "`magsag prices list` lists the models." : $"Did you mean {string.Join(" or ", nearest)}?";
        throw CommandFailure.Usage($"The price catalogue has no model '{model}'{(provider is null ? "" : $" of {provider}")}. {remedy}");
    }
}
