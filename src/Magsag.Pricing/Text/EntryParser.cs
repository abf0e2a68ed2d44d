using Magsag.Pricing.Ids;
using Magsag.Pricing.Listings;

namespace Magsag.Pricing.Text;

/// <summary>Parses the entries of a catalogue text, strictly: whatever isn't understood or can't be is refused with its line.</summary>
internal static class EntryParser
{
    public static ProviderEntry ParseProvider(CatalogLines lines)
    {
        lines.Next();
        var entry = new ProviderEntry { Name = One(lines).ToLowerInvariant() };
        while (lines.Next())
        {
            entry = lines.Words[0] switch
            {
                "also" => entry with { Also = Names(lines) },
                "like" => entry with { Like = Names(lines) },
                "batch" => entry with { Batch = CatalogSyntax.Factor(lines, One(lines)) },
                "uplift" => entry with { Uplifts = AddUplift(lines, entry.Uplifts) },
                "resells" => entry with { Resells = true },
                "free" => entry with { Free = true },
                string word => throw Unknown(lines, word, ["also", "like", "batch", "uplift", "resells", "free", "model"]),
            };
        }

        return entry;
    }

    public static ModelEntry ParseModel(CatalogLines lines, string provider)
    {
        lines.Next();
        var entry = new ModelEntry { Provider = provider, Model = One(lines) };
        int modelLine = lines.Line;
        var notes = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var periods = new PeriodListParser();
        while (lines.Next())
        {
            if (periods.TryParse(lines))
            {
                continue;
            }

            if (lines.Words[0] is not ("note" or "uplift") && !seen.Add(lines.Words[0]))
            {
                throw lines.Fault($"'{lines.Words[0]}' stands twice in one model.");
            }

            entry = lines.Words[0] switch
            {
                "also" => entry with { Also = Names(lines) },
                "mode" => entry with { Mode = One(lines) },
                "context" => entry with { ContextWindow = CatalogSyntax.Count(lines, One(lines)) },
                "output" => entry with { MaxOutputTokens = CatalogSyntax.Count(lines, One(lines)) },
                "retired" => entry with { RetiredOn = CatalogSyntax.Date(lines, One(lines)) },
                "successor" => entry with { Successor = One(lines) },
                "uplift" => entry with { Uplifts = AddUplift(lines, entry.Uplifts) },
                "note" => AddNote(lines, entry, notes),
                string word => throw Unknown(lines, word, ModelWords),
            };
        }

        IReadOnlyList<PricePeriod> parsed = periods.Finish(lines);
        return parsed.Count > 0
            ? entry with { Periods = parsed }
            : throw new PriceFormatException(lines.File, modelLine, $"The model '{entry.Model}' has no price; expected a line that starts with 'price'.");
    }

    internal static PriceFormatException Unknown(CatalogLines lines, string word, IReadOnlyList<string> expected)
    {
        string? nearest = NearestNames.Of(word, expected, 1).FirstOrDefault();
        string hint = nearest is null ? $"expected one of {string.Join(", ", expected)}." : $"did you mean '{nearest}'?";
        return lines.Fault($"'{word}' isn't known here; {hint}");
    }

    private static readonly string[] ModelWords =
        ["also", "mode", "context", "output", "retired", "successor", "uplift", "note", "price", "standard", "batch", "flex", "priority", "fast"];

    private static string One(CatalogLines lines) =>
        lines.Words.Length == 2 ? lines.Words[1] : throw lines.Fault($"'{lines.Words[0]}' takes one word, found {lines.Words.Length - 1}.");

    private static List<string> Names(CatalogLines lines)
    {
        if (lines.Words.Length < 2)
        {
            throw lines.Fault($"'{lines.Words[0]}' takes at least one name.");
        }

        return [.. lines.Words.Skip(1)];
    }

    private static IReadOnlyList<Uplift> AddUplift(CatalogLines lines, IReadOnlyList<Uplift> uplifts)
    {
        if (lines.Words.Length != 3)
        {
            throw lines.Fault("'uplift' takes a region and a factor, such as 'uplift eu 1.1'.");
        }

        return uplifts.All(uplift => uplift.Region != lines.Words[1])
            ? [.. uplifts, new Uplift(lines.Words[1], CatalogSyntax.Factor(lines, lines.Words[2]))]
            : throw lines.Fault($"The region '{lines.Words[1]}' has two uplifts.");
    }

    private static ModelEntry AddNote(CatalogLines lines, ModelEntry entry, List<string> notes)
    {
        notes.Add(lines.Text.Substring("note".Length).TrimStart());
        return entry with { Notes = notes };
    }
}
