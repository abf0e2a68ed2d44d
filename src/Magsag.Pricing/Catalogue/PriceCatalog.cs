using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Ids;
using Magsag.Pricing.Listings;
using Magsag.Pricing.Text;

namespace Magsag.Pricing.Catalogue;

/// <summary>The price catalogue: finds a model by any id it is called by, and prices a call exactly.</summary>
/// <remarks>Immutable and safe for use by many threads at once.</remarks>
public sealed class PriceCatalog
{
    private const string ResourceName = "Magsag.Pricing.prices.zip";
    private const string FileName = "prices.txt";

    // Ids come from outside: a caller that makes them up must not fill the memory.
    private const int MostRemembered = 4096;

    private static readonly Lazy<PriceCatalog> LazyEmbedded = new(ReadEmbedded);

    private readonly ProviderDirectory _providers;
    private readonly Dictionary<string, string> _deployments;
    private readonly ConcurrentDictionary<string, ModelPrice?> _found = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, ModelPrice?>> _foundAt = new(StringComparer.Ordinal);

    private readonly Lazy<DateTimeOffset> _asOf;

    private PriceCatalog(ProviderDirectory providers, Dictionary<string, string> deployments, Lazy<DateTimeOffset>? asOf = null)
    {
        _providers = providers;
        _deployments = deployments;
        _asOf = asOf ?? new Lazy<DateTimeOffset>(NewestReading);
    }

    /// <summary>The catalogue that ships inside this assembly.</summary>
    public static PriceCatalog Embedded => LazyEmbedded.Value;

    /// <summary>The catalogue's own date: the day on which the newest of its prices was read. Analyzers and gate price by it and not by today, so that the same code is judged the same tomorrow.</summary>
    /// <remarks>Prices of one's own don't move it.</remarks>
    public DateTimeOffset AsOf => _asOf.Value;

    /// <summary>From which input price on a model is premium unless a team decides otherwise, in US dollars per million tokens.</summary>
    internal const decimal PremiumInputPrice = 2.00m;

    /// <summary>Every model, by provider and then by id.</summary>
    public IEnumerable<ModelPrice> Models =>
        _providers.Books.OrderBy(book => book.Entry.Name, StringComparer.Ordinal).SelectMany(book => book.Models.OrderBy(model => model.Id, StringComparer.Ordinal)).Select(model => model.Price);

    internal IEnumerable<ProviderEntry> Providers => _providers.Books.Select(book => book.Entry);

    private IEnumerable<ListedModel> Entries => _providers.Books.SelectMany(book => book.Models);

    /// <summary>Reads a whole catalogue and checks every line of it.</summary>
    /// <param name="text">A catalogue in the format of the embedded one.</param>
    /// <param name="file">The name of the file, for errors.</param>
    /// <exception cref="PriceFormatException">The text isn't a catalogue, or says something that can't be.</exception>
    public static PriceCatalog Parse(string text, string file = "prices.txt")
    {
        PriceCatalog catalog = Load(text ?? throw new ArgumentNullException(nameof(text)), file);
        foreach (ListedModel model in catalog.Entries)
        {
            _ = model.Price;
        }

        return catalog;
    }

    /// <summary>Prints the catalogue in its canonical form, which <see cref="Parse"/> reads back to the same catalogue.</summary>
    public string Print() => CatalogWriter.Print(Providers, Entries.Select(model => model.Price.Entry));

    /// <summary>The same catalogue that also knows deployment names (Azure, a gateway), which say nothing about the model behind them.</summary>
    /// <param name="deployments">Deployment name → model id, such as <c>support-prod</c> → <c>gpt-4o-mini</c>.</param>
    public PriceCatalog WithDeployments(IEnumerable<KeyValuePair<string, string>> deployments)
    {
        var merged = new Dictionary<string, string>(_deployments, StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> deployment in deployments ?? throw new ArgumentNullException(nameof(deployments)))
        {
            merged[deployment.Key] = deployment.Value;
        }

        return new PriceCatalog(_providers.Copy(), merged, _asOf);
    }

    /// <summary>Finds the model that <paramref name="modelId"/> names in any of its forms (<c>openai/gpt-4o-2024-08-06</c>, a Bedrock ARN, upper case …), or null. No id of more than 512 letters names one.</summary>
    /// <param name="modelId">A model id as an SDK sends it or a provider returns it.</param>
    /// <param name="provider">The provider that was called, when known: its price counts, and no other's. One that the catalogue lacks sells nothing that has a price.</param>
    public ModelPrice? Find(string modelId, string? provider = null)
    {
        if (string.IsNullOrEmpty(modelId) || modelId.Length > ModelId.MostLetters)
        {
            return null;
        }

        ConcurrentDictionary<string, ModelPrice?> found = _found;
        if (provider is not null && !_foundAt.TryGetValue(provider, out found!))
        {
            if (!_providers.Knows(provider))
            {
                return Resolve(modelId, provider);
            }

            found = _foundAt.GetOrAdd(provider, _ => new ConcurrentDictionary<string, ModelPrice?>(StringComparer.Ordinal));
        }

        if (found.TryGetValue(modelId, out ModelPrice? known))
        {
            return known;
        }

        ModelPrice? price = Resolve(modelId, provider);
        if (found.Count < MostRemembered)
        {
            found.TryAdd(modelId, price);
        }

        return price;
    }

    /// <summary>Prices a call; where its cost can't be known, says what is known of it and why the rest isn't.</summary>
    /// <param name="call">The call, or several calls whose token counts were summed.</param>
    /// <returns>The exact cost in US dollars; unpriced, never zero, when the model or one of the prices needed is unknown.</returns>
    public Cost Price(in BilledCall call) =>
        Find(call.Model, call.Provider) is { } model ? model.Price(call) : UnknownModel(call);

    /// <summary>The model ids that are most like one that isn't known, the most similar first.</summary>
    /// <param name="modelId">An id that <see cref="Find"/> doesn't resolve.</param>
    /// <param name="count">How many to offer at most.</param>
    public IReadOnlyList<string> Nearest(string modelId, int count = 3)
    {
        if (modelId.Length > ModelId.MostLetters)
        {
            return [];
        }

        string bare = ModelId.WithoutPath(modelId);
        int slash = bare.IndexOf('/');
        string name = slash > 0 && _providers.Knows(bare.Substring(0, slash)) ? bare.Substring(slash + 1) : bare;
        IReadOnlyList<string> nearest = NearestIds(name, count);
        return nearest.Count > 0 || name.IndexOf('/') < 0 ? nearest : NearestIds(name.Substring(name.LastIndexOf('/') + 1), count);
    }

    // By any of a model's names, each model once.
    private IReadOnlyList<string> NearestIds(string name, int count)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ListedModel model in _providers.Books.OrderBy(static book => book.Entry.Resells).SelectMany(static book => book.Models))
        {
            foreach (string other in model.OtherNames.Prepend(model.Id).Where(other => !ids.ContainsKey(other)))
            {
                ids.Add(other, model.Id);
            }
        }

        // A router's name for the same model says nothing new.
        return [.. NearestNames.Of(name, ids.Keys, count * 4).Select(found => ids[found]).GroupBy(NearestNames.LettersOfModel, StringComparer.Ordinal).Select(static same => same.First()).Take(count)];
    }

    /// <summary>The provider's cheaper models that can do the same, those of the same family first, then the cheapest.</summary>
    /// <param name="model">The model to save on.</param>
    /// <param name="at">When: prices of that day, and no model that is retired by then.</param>
    public IReadOnlyList<CheaperModel> CheaperThan(ModelPrice model, DateTimeOffset at)
    {
        string provider = (model ?? throw new ArgumentNullException(nameof(model))).Entry.Provider;
        return Economy.CheaperThan(model, _providers.Find(provider)!.Models.Select(model => model.Price), new PriceTerms(at), served => served.RetiredOn is null || served.RetiredOn > at);
    }

    /// <summary>The same by the catalogue's own date, without models whose end is announced.</summary>
    internal IReadOnlyList<CheaperModel> CheaperThan(ModelPrice model) =>
        Economy.CheaperThan(model, _providers.Find(model.Entry.Provider)!.Models.Select(model => model.Price), Listed(), static served => served.RetiredOn is null);

    /// <summary>Whether a model is premium: its input price is at the threshold or above.</summary>
    /// <param name="model">The model.</param>
    /// <param name="threshold">US dollars per million input tokens.</param>
    /// <param name="at">When, or null for the price that is listed on the catalogue's own date.</param>
    public bool IsPremium(ModelPrice model, decimal threshold = PremiumInputPrice, DateTimeOffset? at = null) =>
        (model ?? throw new ArgumentNullException(nameof(model))).RatesFor(at is { } time ? new PriceTerms(time) : Listed())?.Input >= threshold;

    /// <summary>The terms of the prices that are listed on the catalogue's own date, whatever the hour.</summary>
    internal PriceTerms Listed(string? serviceTier = null, bool batch = false, string? region = null) => new(AsOf, serviceTier, batch, region) { IsListed = true };

    /// <summary>The name under which the catalogue lists a provider, or the name as given when it lists none.</summary>
    internal string CanonicalProvider(string name) => _providers.Find(name)?.Entry.Name ?? name.ToLowerInvariant();

    /// <summary>The same catalogue with models of one's own in front of it.</summary>
    internal PriceCatalog With(IEnumerable<ModelEntry> models, IEnumerable<KeyValuePair<string, string>> deployments)
    {
        PriceCatalog merged = WithDeployments(deployments);
        foreach (ModelEntry model in models)
        {
            ProviderBook book = merged._providers.FindOrAdd(model.Provider);
            book.Add(new ListedModel(model, book.Entry), replace: true);
        }

        return merged;
    }

    internal static PriceCatalog ReadEmbedded() => Load(ReadEmbeddedText(), FileName);

    internal static string ReadEmbeddedText()
    {
        using Stream stream = typeof(PriceCatalog).Assembly.GetManifestResourceStream(ResourceName)!;
        using var archive = new ZipArchive(stream);
        using var reader = new StreamReader(archive.GetEntry(FileName)!.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static PriceCatalog Load(string text, string file)
    {
        var providers = new ProviderDirectory();
        foreach (CatalogSection section in CatalogScan.Providers(text, file))
        {
            providers.Add(new ProviderBook(section), file, section);
        }

        return new PriceCatalog(providers, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
    }

    private Cost UnknownModel(in BilledCall call)
    {
        return call.Unpriced(MissingReason.UnknownModel, $"{WhyUnknown(call.Model, call.Provider)} Add it to magsag.prices.yaml.");
    }

    /// <summary>Why <see cref="Find"/> has no price: the provider or the model isn't known, or several sell it; with the nearest names.</summary>
    internal string WhyUnknown(string model, string? provider)
    {
        if (provider is not null && !_providers.Knows(provider))
        {
            return $"The catalogue doesn't know the provider '{provider}'{Hint(NearestNames.Of(provider, _providers.Names, 3))}";
        }

        string[] sellers = provider is null ? _providers.SellersOf(model) : [];
        return sellers.Length > 1
            ? $"'{model}' is sold by {string.Join(", ", sellers)}, at prices of their own; say which provider was called."
            : $"The catalogue doesn't know the model '{model}'{(provider is null ? "" : $" of {provider}")}{Hint(Nearest(model))}";
    }

    private static string Hint(IReadOnlyList<string> nearest) => nearest.Count > 0 ? $"; the nearest names are {string.Join(", ", nearest)}." : "; no name is near.";

    private DateTimeOffset NewestReading() => new(_providers.Books.Select(static book => book.NewestReading).Max() ?? default, TimeSpan.Zero);

    private ModelPrice? Resolve(string modelId, string? provider)
    {
        if (_deployments.TryGetValue(modelId.Trim(), out string? deployed))
        {
            // The settings name the model, so it is meant even where it isn't the called provider's own.
            return _providers.Resolve(deployed, provider) ?? _providers.Resolve(deployed, null);
        }

        return _providers.Resolve(modelId, provider);
    }
}
