namespace Magsag.Storage.Queries;

/// <summary>Asks for one page of records.</summary>
public sealed record RecordQuery
{
    /// <summary>The most records that a page may hold.</summary>
    public const int LargestPage = 100_000;

    /// <summary>Which records.</summary>
    public RecordFilter Filter { get; init; } = new();

    /// <summary>Their order.</summary>
    public RecordOrder Order { get; init; }

    /// <summary>How many, from 1 to <see cref="LargestPage"/>.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>The <see cref="RecordPage.Next"/> of the page before; null for the first page.</summary>
    public string? After { get; init; }
}
