namespace Magsag.Cli.Prices;

/// <summary>Reads price lists of others.</summary>
internal static class PriceListFormat
{
    private const string LiteLlm = "litellm";
    private const string GenAi = "genai-prices";

    public static IReadOnlyList<string> Names { get; } = [LiteLlm, GenAi];

    /// <summary>Imports a list over a catalogue.</summary>
    /// <param name="format">One of <see cref="Names"/>; null goes by what the file begins with.</param>
    /// <param name="path">The file.</param>
    /// <param name="catalog">The catalogue below it.</param>
    /// <param name="day">The day of the list.</param>
    /// <exception cref="UnreadableInputException">The file can't be read or isn't such a list.</exception>
    public static PriceImportResult Import(string? format, string path, PriceCatalog catalog, DateTimeOffset day)
    {
        ImportedModel[] models = [.. Read(format ?? Guess(path), path, day)];
        return models.Any(static model => model.Figures.Count > 0 || model.Problem is not null)
            ? PriceImport.Apply(models, catalog, day)
            : throw new UnreadableInputException(path, 1, "The file holds no model with a price; expected LiteLLM's model_prices_and_context_window.json or the data.json of genai-prices.");
    }

    /// <summary>The models of a list.</summary>
    public static IEnumerable<ImportedModel> Read(string format, string path, DateTimeOffset day) => format == LiteLlm
        ? LiteLlmPrices.Read(PriceJson.Open(path), day.UtcDateTime.Date)
        : GenAiPrices.Read(PriceJson.Open(path), day.UtcDateTime.Date);

    // LiteLLM's list is an object of models, that of genai-prices an array of providers.
    private static string Guess(string path)
    {
        using var reader = new StreamReader(path);
        int letter = reader.Read();
        while (letter >= 0 && char.IsWhiteSpace((char)letter))
        {
            letter = reader.Read();
        }

        return letter == '[' ? GenAi : LiteLlm;
    }
}
