using System.Collections.Concurrent;

namespace Magsag.Pricing;

/// <summary>All models of one provider, findable by every name that the catalogue knows for them.</summary>
internal sealed class ProviderBook(ProviderEntry entry)
{
    private readonly Dictionary<string, ModelSlot> _names = new(StringComparer.Ordinal);
    private readonly List<ModelSlot> _slots = [];
    private readonly ConcurrentDictionary<string, ModelPrice> _resold = new(StringComparer.Ordinal);
    private Dictionary<string, ModelSlot?>? _looseNames;

    public ProviderEntry Entry => entry;

    public IEnumerable<ModelSlot> Slots => _slots;

    public IEnumerable<string> Names => _names.Keys;

    public void Add(ModelSlot slot, bool replace = false)
    {
        if (replace && _names.TryGetValue(slot.Id, out ModelSlot? old) && old.Id == slot.Id)
        {
            _slots.Remove(old);
        }

        _slots.Add(slot);
        AddName(slot.Id, slot, replace);
        foreach (string name in slot.OtherNames)
        {
            AddName(name, slot, replace);
        }
    }

    /// <summary>Finds a model by a name exactly as the catalogue lists it.</summary>
    public ModelPrice? FindName(string name) => _names.TryGetValue(name, out ModelSlot? slot) ? slot.Price : null;

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
        if (_names.TryGetValue(id, out ModelSlot? slot))
        {
            return slot.Price;
        }

        Dictionary<string, ModelSlot?> loose = _looseNames ??= LooseNames();
        string versionless = ModelId.WithoutVersion(id);
        return FindLoose(loose, versionless) ?? FindLoose(loose, ModelId.WithoutSnapshot(versionless));
    }

    private ModelPrice? FindLoose(Dictionary<string, ModelSlot?> loose, string id) =>
        _names.TryGetValue(id, out ModelSlot? slot) || loose.TryGetValue(id, out slot) ? slot?.Price : null;

    // Names without version and date; null where several models would share one, for then none of them is certainly meant.
    private Dictionary<string, ModelSlot?> LooseNames()
    {
        var loose = new Dictionary<string, ModelSlot?>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, ModelSlot> name in _names)
        {
            string versionless = ModelId.WithoutVersion(name.Key);
            AddLoose(loose, versionless, name.Value);
            AddLoose(loose, ModelId.WithoutSnapshot(versionless), name.Value);
        }

        return loose;
    }

    private static void AddLoose(Dictionary<string, ModelSlot?> loose, string name, ModelSlot slot)
    {
        if (!loose.TryGetValue(name, out ModelSlot? other))
        {
            loose.Add(name, slot);
        }
        else if (other is not null && other != slot)
        {
            loose[name] = null;
        }
    }

    private void AddName(string name, ModelSlot slot, bool replace)
    {
        if (replace)
        {
            _names[name] = slot;
            return;
        }

        if (_names.TryGetValue(name, out ModelSlot? other))
        {
            throw slot.Fault($"'{name}' already names the model '{other.Id}' of {entry.Name}; a name stands for one model.");
        }

        _names.Add(name, slot);
    }
}
