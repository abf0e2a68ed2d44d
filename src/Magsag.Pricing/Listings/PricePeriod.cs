namespace Magsag.Pricing.Listings;

/// <summary>One price of a model: from a day on, perhaps only in some hours of the day, with all its rate lines.</summary>
internal sealed record PricePeriod
{
    /// <summary>The first day (UTC), or null for "ever since the model exists".</summary>
    public DateTime? From { get; init; }

    /// <summary>The hours of the day (UTC) in which it holds, or null for the whole day.</summary>
    public DailyWindow? Window { get; init; }

    /// <summary>Each token pays the price of the band it stands in, instead of the whole call paying the highest band's.</summary>
    public bool Graduated { get; init; }

    /// <summary>Where the figures were read.</summary>
    public string Source { get; init; } = "";

    /// <summary>When the figures were read.</summary>
    public DateTime ReadOn { get; init; }

    public IReadOnlyList<RateLine> Lines { get; init; } = [];
}
