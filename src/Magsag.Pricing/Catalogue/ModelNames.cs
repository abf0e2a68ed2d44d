using Magsag.Pricing.Ids;

namespace Magsag.Pricing.Catalogue;

/// <summary>The models of one provider by every name under which the catalogue lists them.</summary>
internal sealed class ModelNames(string provider)
{
    private readonly Dictionary<string, ListedModel> _names = new(StringComparer.Ordinal);
    private readonly List<ListedModel> _models = [];
    private Dictionary<string, ListedModel?>? _looseNames;

    public ModelNames(string provider, IEnumerable<ListedModel> models, bool replace)
        : this(provider)
    {
        foreach (ListedModel model in models)
        {
            Add(model, replace);
        }
    }

    public IReadOnlyList<ListedModel> Models => _models;

    public void Add(ListedModel model, bool replace)
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

    public ModelPrice? FindName(string name) => _names.TryGetValue(name, out ListedModel? model) ? model.Price : null;

    /// <summary>Finds a model as listed, without a version, without a snapshot's date.</summary>
    public ModelPrice? Find(string id)
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
            throw model.Fault($"'{name}' already names the model '{other.Id}' of {provider}; a name stands for one model.");
        }

        _names.Add(name, model);
    }
}
