using System.Globalization;
using Magsag.Pricing.Listings;

namespace Magsag.Pricing.Text;

/// <summary>Where one provider or one model stands in a catalogue text.</summary>
internal sealed class CatalogSection(string text, string file, int start, int line, string? model, string provider)
{
    private const string PriceMark = "    price ";

    /// <summary>The model's id, or null when the section is a provider's.</summary>
    public string? Model => model;

    public string Provider => provider;

    /// <summary>The model's other names, separated by spaces.</summary>
    public string? Also { get; set; }

    public int End { get; set; }

    public int Line => line;

    public ModelEntry ParseModel() => EntryParser.ParseModel(Lines(), provider);

    public ProviderEntry ParseProvider() => EntryParser.ParseProvider(Lines());

    /// <summary>The day on which the newest of the model's prices was read, found without parsing them; null when none says it.</summary>
    public DateTime? NewestReading()
    {
        DateTime? newest = null;
        for (int at = text.IndexOf(PriceMark, start, End - start, StringComparison.Ordinal); at >= 0; at = text.IndexOf(PriceMark, at + 1, End - at - 1, StringComparison.Ordinal))
        {
            int stop = text.IndexOf('\n', at, End - at);
            string price = text.Substring(at, (stop < 0 ? End : stop) - at).TrimEnd();
            string day = price.Substring(price.LastIndexOf(' ') + 1);
            if (DateTime.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime read) && !(read <= newest))
            {
                newest = read;
            }
        }

        return newest;
    }

    public PriceFormatException Fault(string problem) => new(file, line, problem);

    private CatalogLines Lines() => new(text, file, start, End, line);
}
