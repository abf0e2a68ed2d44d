namespace Magsag.Storage.Queries;

/// <summary>Asks for calls added up.</summary>
public sealed record CostQuery
{
    /// <summary>Which calls.</summary>
    public RecordFilter Filter { get; init; } = new();

    /// <summary>What they are grouped by; one group of everything when empty.</summary>
    public IReadOnlyList<CostDimension> GroupBy { get; init; } = [];

    /// <summary>The tag that <see cref="CostDimension.Tag"/> groups by.</summary>
    public string? Tag { get; init; }
}
