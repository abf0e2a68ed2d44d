using Magsag.Pricing.Listings;
using Magsag.Pricing.Text;

namespace Magsag.Pricing.Catalogue;

/// <summary>The place of one model in the catalogue; parsed when it is first asked for.</summary>
internal sealed class ListedModel
{
    private static readonly char[] Separators = [' '];

    private readonly ProviderEntry _provider;
    private readonly CatalogSection? _section;
    private readonly ModelEntry? _entry;
    private ModelPrice? _price;

    public ListedModel(CatalogSection section, ProviderEntry provider)
    {
        Id = section.Model!;
        OtherNames = section.Also?.Split(Separators, StringSplitOptions.RemoveEmptyEntries) ?? [];
        _section = section;
        _provider = provider;
    }

    public ListedModel(ModelEntry entry, ProviderEntry provider)
    {
        Id = entry.Model;
        OtherNames = [.. entry.Also];
        _entry = entry;
        _provider = provider;
    }

    public string Id { get; }

    public string[] OtherNames { get; }

    // Two threads may parse it at once; both get the one that was stored first.
    public ModelPrice Price => Volatile.Read(ref _price) ?? Interlocked.CompareExchange(ref _price, Parse(), null) ?? _price!;

    /// <summary>The day on which the newest of its prices was read.</summary>
    public DateTime? NewestReading => _section is null ? _entry!.Periods.Select(static period => (DateTime?)period.ReadOn).Max() : _section.NewestReading();

    public PriceFormatException Fault(string problem) => _section?.Fault(problem) ?? new PriceFormatException(Id, 0, problem);

    private ModelPrice Parse() => new(_entry ?? _section!.ParseModel(), _provider);
}
