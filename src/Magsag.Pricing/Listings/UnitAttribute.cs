namespace Magsag.Pricing.Listings;

/// <summary>What there is to know of a unit.</summary>
/// <param name="count">The name of its count in ledger lines, summaries and stores; null when it has none.</param>
/// <param name="word">Its word in the catalogue.</param>
/// <param name="key">Its key in a team's own prices.</param>
/// <param name="partOf">The count that includes it; itself for totals and fees.</param>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class UnitAttribute(string? count, string word, string key, RateUnit partOf) : Attribute
{
    public string? Count => count;

    public string Word => word;

    public string Key => key;

    public RateUnit PartOf => partOf;

    /// <summary>Whether it counts what was read from or written to the provider's cache.</summary>
    public bool IsCaching { get; set; }
}
