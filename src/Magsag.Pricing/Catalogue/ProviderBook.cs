using System.Collections.Concurrent;
using Magsag.Pricing.Ids;
using Magsag.Pricing.Listings;
using Magsag.Pricing.Text;

namespace Magsag.Pricing.Catalogue;

/// <summary>All models of one provider, findable by every name that the catalogue knows for them.</summary>
internal sealed class ProviderBook
{
    public const string Bedrock = "aws.bedrock";

    private readonly Lazy<ModelNames> _names;
    private readonly CatalogSection? _section;
    private readonly ProviderBook? _below;
    private readonly ConcurrentDictionary<string, ModelPrice> _variants = new(StringComparer.Ordinal);

    /// <summary>A provider without models yet.</summary>
    public ProviderBook(ProviderEntry entry)
    {
        Entry = entry;
        _names = new Lazy<ModelNames>(() => new ModelNames(entry.Name));
    }

    /// <summary>A provider as a catalogue text has it; its models are looked for when one is asked for.</summary>
    public ProviderBook(CatalogSection section)
    {
        ProviderEntry entry = section.ParseProvider();
        Entry = entry;
        _section = section;
        _names = new Lazy<ModelNames>(() => new ModelNames(entry.Name, section.Models().Select(model => new ListedModel(model, entry)), replace: false));
    }

    /// <summary>The same models, to which others can be added.</summary>
    public ProviderBook(ProviderBook below)
    {
        Entry = below.Entry;
        _below = below;
        _names = new Lazy<ModelNames>(() => new ModelNames(below.Entry.Name, below.Models, replace: true));
    }

    public ProviderEntry Entry { get; }

    public IEnumerable<ListedModel> Models => _names.Value.Models;

    /// <summary>The day on which the newest of its prices was read.</summary>
    public DateTime? NewestReading => _names.IsValueCreated || (_section is null && _below is null)
        ? Models.Select(static model => model.NewestReading).Max()
        : _section is not null ? _section.NewestReading() : _below!.NewestReading;

    public void Add(ListedModel model, bool replace = false) => _names.Value.Add(model, replace);

    /// <summary>Finds a model by a name exactly as the catalogue lists it.</summary>
    public ModelPrice? FindName(string name) => _names.Value.FindName(name);

    /// <summary>Finds a model by an id without a path: as listed, without a version, without a snapshot's date.</summary>
    public ModelPrice? Find(string id)
    {
        ModelNames names = _names.Value;
        if (ModelId.FineTuned(id) is { } tuned)
        {
            // A fine-tuned model never costs what its base costs, so the base's price would be wrong.
            return names.Find(tuned);
        }

        if (Entry.Name != Bedrock || names.Find(id) is { } listed)
        {
            return names.Find(id);
        }

        string bare = ModelId.WithoutGeography(id);
        return names.Find(bare)
            ?? (bare.StartsWith("claude", StringComparison.Ordinal) ? names.Find("anthropic." + bare) : null)
            ?? (bare.StartsWith("global.", StringComparison.Ordinal) ? names.Find(bare.Substring("global.".Length)) : null);
    }

    /// <summary>The same model at this provider, with this provider's rules.</summary>
    public ModelPrice Resell(ModelPrice price) => _variants.GetOrAdd(price.Provider + "/" + price.Model, _ => new ModelPrice(price.Entry, Entry));

    /// <summary>The same model in a zone that the id names, or null where the catalogue doesn't say what the zone costs.</summary>
    public ModelPrice? InZone(ModelPrice price, string zone)
    {
        if (price.UpliftOf(zone) is not { } factor)
        {
            return null;
        }

        return _variants.GetOrAdd($"{zone}/{price.Model}", id => new ModelPrice(
            price.Entry with { Model = id, Also = [], Uplifts = [], Periods = [.. price.Entry.Periods.Select(period => period with { Lines = [.. period.Lines.Select(line => line with { Rates = line.Rates.Times(factor) })] })] },
            Entry with { Uplifts = [] }) { IsVariant = true });
    }
}
