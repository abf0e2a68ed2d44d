namespace Magsag.Cli.Prices;

/// <summary>Reads price lists of others.</summary>
internal static class PriceListFormat
{
    public static IReadOnlyList<string> Names { get; } = ["litellm", "genai-prices"];

    /// <summary>Imports a list over a catalogue.</summary>
    /// <param name="format">One of <see cref="Names"/>; null goes by what the file begins with.</param>
    /// <param name="path">The file.</param>
    /// <param name="catalog">The catalogue below it.</param>
    /// <param name="day">The day of the list.</param>
    /// <exception cref="UnreadableInputException">The file can't be read or isn't such a list.</exception>
    public static PriceImportResult Import(string? format, string path, PriceCatalog catalog, DateTimeOffset day) => (format ?? Guess(path)) == "litellm"
        ? PriceImport.FromLiteLlm(path, catalog, day)
        : PriceImport.FromGenAiPrices(path, catalog, day);

    // LiteLLM's list is an object of models, that of genai-prices an array of providers.
    private static string Guess(string path)
    {
        using var reader = new StreamReader(path);
        int letter = reader.Read();
        while (letter >= 0 && char.IsWhiteSpace((char)letter))
        {
            letter = reader.Read();
        }

        return letter == '[' ? "genai-prices" : "litellm";
    }
}
