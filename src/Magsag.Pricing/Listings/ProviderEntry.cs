namespace Magsag.Pricing.Listings;

/// <summary>A provider as the catalogue lists it: other names, whose models it resells, and what holds for all its models.</summary>
internal sealed record ProviderEntry
{
    public string Name { get; init; } = "";

    /// <summary>Other names under which callers know it.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>Providers whose prices hold here for the models that this one doesn't list itself, in this order.</summary>
    public IReadOnlyList<string> Like { get; init; } = [];

    /// <summary>The factor on token prices of a batch where a model lists no batch price, or null when there is no such rule.</summary>
    public decimal? Batch { get; init; }

    public IReadOnlyList<Uplift> Uplifts { get; init; } = [];

    /// <summary>Serves models of others, so that it isn't meant when nobody names a provider.</summary>
    public bool Resells { get; init; }

    /// <summary>Serves open weights under names that others use too, so that a name alone never means it.</summary>
    public bool Hosts { get; init; }

    /// <summary>Every model costs nothing: it runs on the caller's own machines.</summary>
    public bool Free { get; init; }
}
