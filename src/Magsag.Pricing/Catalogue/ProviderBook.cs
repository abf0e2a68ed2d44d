using System.Collections.Concurrent;
using Magsag.Pricing.Ids;
using Magsag.Pricing.Listings;

namespace Magsag.Pricing.Catalogue;

/// <summary>All models of one provider, findable by every name that the catalogue knows for them.</summary>
internal sealed class ProviderBook(ProviderEntry entry)
{
    private readonly Dictionary<string, ListedModel> _names = new(StringComparer.Ordinal);
    private readonly List<ListedModel> _models = [];
    private readonly ConcurrentDictionary<string, ModelPrice> _resold = new(StringComparer.Ordinal);
    private Dictionary<string, ListedModel?>? _looseNames;

    public ProviderEntry Entry => entry;

    public IEnumerable<ListedModel> Models => _models;

    public IEnumerable<string> Names => _names.Keys;

    public void Add(ListedModel model, bool replace = false)
    {
        if (replace && _names.TryGetValue(model.Id, out ListedModel? old) && old.Id == model.Id)
        {
            _models.Remove(old);
        }

        _models.Add(model);
        AddName(model.Id, model, replace);
        foreach (string name in model.OtherNames)
        {
            AddName(name, model, replace);
        }
    }

    /// <summary>Finds a model by a name exactly as the catalogue lists it.</summary>
    public ModelPrice? FindName(string name) => _names.TryGetValue(name, out ListedModel? model) ? model.Price : null;

    /// <summary>Finds a model by an id without a path: as listed, without a version, without a snapshot's date.</summary>
    public ModelPrice? Find(string id)
    {
        if (ModelId.FineTuned(id) is { } tuned)
        {
            // A fine-tuned model never costs what its base costs, so the base's price would be wrong.
            return FindListed(tuned);
        }

        if (entry.Name != "aws.bedrock")
        {
            return FindListed(id);
        }

        string bare = ModelId.WithoutGeography(id);
        return FindListed(bare)
            ?? (bare.StartsWith("claude", StringComparison.Ordinal) ? FindListed("anthropic." + bare) : null)
            ?? (bare.StartsWith("global.", StringComparison.Ordinal) ? FindListed(bare.Substring("global.".Length)) : null);
    }

    /// <summary>The same model at this provider, with this provider's rules.</summary>
    public ModelPrice Resell(ModelPrice price) => _resold.GetOrAdd(price.Provider + "/" + price.Model, _ => new ModelPrice(price.Entry, entry));

    private ModelPrice? FindListed(string id)
    {
        if (_names.TryGetValue(id, out ListedModel? model))
        {
            return model.Price;
        }

        Dictionary<string, ListedModel?> loose = _looseNames ??= LooseNames();
        string versionless = ModelId.WithoutVersion(id);
        return FindLoose(loose, versionless) ?? FindLoose(loose, ModelId.WithoutSnapshot(versionless));
    }

    private ModelPrice? FindLoose(Dictionary<string, ListedModel?> loose, string id) =>
        _names.TryGetValue(id, out ListedModel? model) || loose.TryGetValue(id, out model) ? model?.Price : null;

    // Names without version and date; null where several models would share one, for then none of them is certainly meant.
    private Dictionary<string, ListedModel?> LooseNames()
    {
        var loose = new Dictionary<string, ListedModel?>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, ListedModel> name in _names)
        {
            string versionless = ModelId.WithoutVersion(name.Key);
            AddLoose(loose, versionless, name.Value);
            AddLoose(loose, ModelId.WithoutSnapshot(versionless), name.Value);
        }

        return loose;
    }

    private static void AddLoose(Dictionary<string, ListedModel?> loose, string name, ListedModel model)
    {
        if (!loose.TryGetValue(name, out ListedModel? other))
        {
            loose.Add(name, model);
        }
        else if (other is not null && other != model)
        {
            loose[name] = null;
        }
    }

    private void AddName(string name, ListedModel model, bool replace)
    {
        if (replace)
        {
            _names[name] = model;
            return;
        }

        if (_names.TryGetValue(name, out ListedModel? other))
        {
            throw model.Fault($"'{name}' already names the model '{other.Id}' of {entry.Name}; a name stands for one model.");
        }

        _names.Add(name, model);
    }
}
