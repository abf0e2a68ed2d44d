namespace Magsag.Pricing;

/// <summary>Where one provider or one model stands in a catalogue text.</summary>
internal sealed class CatalogSection(string text, string file, int start, int line, string? model, string provider)
{
    /// <summary>The model's id, or null when the section is a provider's.</summary>
    public string? Model => model;

    public string Provider => provider;

    /// <summary>The model's other names, separated by spaces.</summary>
    public string? Also { get; set; }

    public int End { get; set; }

    public int Line => line;

    public ModelEntry ParseModel() => EntryParser.ParseModel(Lines(), provider);

    public ProviderEntry ParseProvider() => EntryParser.ParseProvider(Lines());

    public PriceFormatException Fault(string problem) => new(file, line, problem);

    private CatalogLines Lines() => new(text, file, start, End, line);
}
