namespace Magsag.Storage;

/// <summary>Asks for the number of runs.</summary>
public sealed record RunQuery
{
    /// <summary>The first day, in UTC.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, in UTC; it counts as a whole.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The agent of the runs' first calls.</summary>
    public string? Agent { get; init; }

    /// <summary>The customer of the runs' first calls.</summary>
    public string? Customer { get; init; }
}
