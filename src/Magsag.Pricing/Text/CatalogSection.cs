using System.Globalization;
using Magsag.Pricing.Listings;

namespace Magsag.Pricing.Text;

/// <summary>Where one provider or one model stands in a catalogue text.</summary>
internal sealed class CatalogSection(string text, string file, int start, string? model, string provider)
{
    private const string PriceMark = "    price ";

    /// <summary>The model's id, or null when the section is a provider's.</summary>
    public string? Model => model;

    public string Provider => provider;

    /// <summary>The model's other names, separated by spaces.</summary>
    public string? Also { get; set; }

    public int Start => start;

    public int End { get; set; }

    // Counted when it is asked for: only errors and parsers need it.
    public int Line
    {
        get
        {
            int line = 1;
            for (int at = text.IndexOf('\n', 0, start); at >= 0; at = text.IndexOf('\n', at + 1, start - at - 1))
            {
                line++;
            }

            return line;
        }
    }

    public ModelEntry ParseModel() => EntryParser.ParseModel(Lines(End), provider);

    /// <summary>Parses the lines of a provider above its first model.</summary>
    public ProviderEntry ParseProvider()
    {
        int models = text.IndexOf("\n" + CatalogScan.ModelMark, start, End - start, StringComparison.Ordinal);
        return EntryParser.ParseProvider(Lines(models < 0 ? End : models));
    }

    /// <summary>The models of a provider, unparsed.</summary>
    public IReadOnlyList<CatalogSection> Models() => CatalogScan.Models(text, file, this);

    /// <summary>The day on which the newest of its prices was read, found without parsing them; null when none says it.</summary>
    public DateTime? NewestReading()
    {
        int newest = -1;
        for (int at = text.IndexOf(PriceMark, start, End - start, StringComparison.Ordinal); at >= 0; at = text.IndexOf(PriceMark, at + 1, End - at - 1, StringComparison.Ordinal))
        {
            int stop = text.IndexOf('\n', at, End - at);
            int day = (stop < 0 ? End : stop) - "2026-08-21".Length;
            if (newest < 0 || string.CompareOrdinal(text, day, text, newest, "2026-08-21".Length) > 0)
            {
                newest = day;
            }
        }

        return newest >= 0 && DateTime.TryParseExact(text.Substring(newest, "2026-08-21".Length), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime read) ? read : null;
    }

    public PriceFormatException Fault(string problem) => new(file, Line, problem);

    private CatalogLines Lines(int end) => new(text, file, start, end, Line);
}
