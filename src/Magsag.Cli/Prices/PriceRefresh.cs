namespace Magsag.Cli.Prices;

/// <summary>Makes the next catalogue from the present one, public lists, and the reviewed decisions about them.</summary>
internal sealed class PriceRefresh(PriceCatalog catalog, IReadOnlyList<PriceDecision> decisions, PriceCatalog overrides)
{
    // OpenAI bills "more than 272K input tokens"; one list writes the threshold as the number below.
    private const long Below272K = 271_999;

    private readonly List<PriceChange> _changes = [];
    private readonly List<RefusedFigure> _refused = [];
    private readonly SortedDictionary<string, int> _left = new(StringComparer.Ordinal);
    private PriceCatalog _catalog = catalog;

    /// <summary>What changed, source by source.</summary>
    public IReadOnlyList<PriceChange> Changes => _changes;

    /// <summary>The figures of the lists that the catalogue can't hold.</summary>
    public IReadOnlyList<RefusedFigure> Refused => _refused;

    /// <summary>How many models were left out, by list and provider.</summary>
    public IReadOnlyDictionary<string, int> LeftOut => _left;

    /// <summary>Takes one list over; the oldest first.</summary>
    public void Read(PriceSource source)
    {
        IEnumerable<ImportedModel> models = PriceListFormat.Read(source.Format, source.Path, source.Day).Select(WithExactThresholds);
        PriceImportResult result = PriceImport.Apply(models, _catalog, source.Day, (imported, existing) => Choose(imported, existing, source));
        _catalog = result.Catalog;
        _changes.AddRange(result.Changes);
        _refused.AddRange(result.Refused);
    }

    /// <summary>Takes what a list knows beside prices about models that a newer list brought: a second refresh with the same lists then changes nothing.</summary>
    public void Fill(PriceSource source) => _catalog = PriceImport.Apply(
        PriceListFormat.Read(source.Format, source.Path, source.Day).Select(WithExactThresholds),
        _catalog,
        source.Day,
        (imported, existing) => IsListed(imported.Entry, existing) && DecisionOn(imported.Entry, source)?.Verb != PriceDecision.Skip ? ImportChoice.Fill : ImportChoice.Skip).Catalog;

    /// <summary>The catalogue in its canonical form, with what was decided by hand on top.</summary>
    /// <exception cref="PriceFormatException">The result says something that can't be.</exception>
    public string Print()
    {
        Dictionary<string, ProviderEntry> providers = _catalog.Providers.ToDictionary(static provider => provider.Name);
        foreach (ProviderEntry provider in overrides.Providers)
        {
            providers[provider.Name] = provider;
        }

        ModelEntry[] written = [.. overrides.Models.Select(static model => model.Entry)];
        HashSet<(string, string)> names = [.. written.SelectMany(static entry => entry.Also.Append(entry.Model).Select(name => (entry.Provider, name)))];
        IEnumerable<ModelEntry> kept = _catalog.Models
            .Select(static model => model.Entry)
            .Where(entry => !names.Contains((entry.Provider, entry.Model)) && !decisions.Any(decision => decision.Verb == PriceDecision.Drop && decision.Names("*", entry.Provider, entry.Model)))
            .Select(entry => entry with { Also = [.. entry.Also.Where(name => !names.Contains((entry.Provider, name)))] });
        return PriceCatalog.Parse(CatalogWriter.Print(providers.Values, kept.Concat(written)), "the refreshed catalogue").Print();
    }

    private ImportChoice Choose(ImportedModel imported, ModelPrice? existing, PriceSource source)
    {
        ModelEntry entry = imported.Entry;
        bool isListed = IsListed(entry, existing);
        bool isOlder = isListed && existing!.Entry.Periods[^1].ReadOn >= source.Day.UtcDateTime;
        ImportChoice choice = DecisionOn(entry, source)?.Verb switch
        {
            PriceDecision.Skip => ImportChoice.Skip,
            PriceDecision.Correct => ImportChoice.Correct,
            _ when isOlder => ImportChoice.Fill,
            _ when isListed => ImportChoice.Merge,
            PriceDecision.Take when !IsPlaceholder(entry) => ImportChoice.Merge,
            _ => ImportChoice.Skip,
        };
        if (choice == ImportChoice.Skip)
        {
            string group = $"{source.Format} {entry.Provider}";
            _left[group] = _left.GetValueOrDefault(group) + 1;
        }

        return choice;
    }

    private PriceDecision? DecisionOn(ModelEntry entry, PriceSource source) =>
        decisions.FirstOrDefault(decision => decision.Verb != PriceDecision.Drop && decision.Names(source.Format, entry.Provider, entry.Model));

    private static bool IsListed(ModelEntry entry, ModelPrice? existing) => existing is { IsVariant: false } && (existing.Model == entry.Model || existing.Entry.Also.Contains(entry.Model));

    // Lists write 0 for what they don't know; free offers say so in their name.
    private static bool IsPlaceholder(ModelEntry entry) =>
        entry.Mode == "chat" && !entry.Model.EndsWith(":free", StringComparison.Ordinal) && entry.Periods.Count > 0 && entry.Periods[^1].Lines[0].Rates is { Input: 0m, Output: 0m or null };

    private static ImportedModel WithExactThresholds(ImportedModel model) => model with
    {
        Entry = model.Entry with
        {
            Notes = model.Entry.RetiredOn is null ? [] : ["No successor: the list that names the day names none."],
            Periods = [.. model.Entry.Periods.Select(static period => period with { Lines = [.. period.Lines.Select(static line => line.Over == Below272K ? line with { Over = Below272K + 1 } : line)] })],
        },
    };
}
