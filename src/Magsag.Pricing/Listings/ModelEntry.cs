namespace Magsag.Pricing.Listings;

/// <summary>A model as the catalogue lists it.</summary>
internal sealed record ModelEntry
{
    public string Provider { get; init; } = "";

    public string Model { get; init; } = "";

    public IReadOnlyList<string> Also { get; init; } = [];

    public string Mode { get; init; } = "chat";

    public int? ContextWindow { get; init; }

    public int? MaxOutputTokens { get; init; }

    public DateTime? RetiredOn { get; init; }

    public string? Successor { get; init; }

    public IReadOnlyList<Uplift> Uplifts { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<PricePeriod> Periods { get; init; } = [];
}
