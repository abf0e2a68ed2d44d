namespace Magsag.Pricing;

/// <summary>The place of one model in the catalogue; parsed when it is first asked for.</summary>
internal sealed class ModelSlot
{
    private readonly Lazy<ModelPrice> _price;
    private readonly CatalogSection? _section;

    public ModelSlot(CatalogSection section, ProviderEntry provider)
    {
        Id = section.Model!;
        OtherNames = section.Also?.Split(Separators, StringSplitOptions.RemoveEmptyEntries) ?? [];
        _section = section;
        _price = new Lazy<ModelPrice>(() => new ModelPrice(section.ParseModel(), provider));
    }

    public ModelSlot(ModelEntry entry, ProviderEntry provider)
    {
        Id = entry.Model;
        OtherNames = [.. entry.Also];
        _price = new Lazy<ModelPrice>(() => new ModelPrice(entry, provider));
    }

    public string Id { get; }

    public string[] OtherNames { get; }

    public ModelPrice Price => _price.Value;

    public PriceFormatException Fault(string problem) => _section?.Fault(problem) ?? new PriceFormatException(Id, 0, problem);

    private static readonly char[] Separators = [' '];
}
