namespace Magsag.Pricing;

/// <summary>The prices of one model under one set of terms, in US dollars per million tokens; null where the catalogue states none.</summary>
public sealed record Rates
{
    /// <summary>Fresh input tokens.</summary>
    public decimal? Input { get; init; }

    /// <summary>Input tokens read from the cache. A cached token without a cached price costs the input price.</summary>
    public decimal? CachedInput { get; init; }

    /// <summary>Input tokens written to the cache (five minutes, or the provider's only kind).</summary>
    public decimal? CacheWrite { get; init; }

    /// <summary>Input tokens written to the cache for an hour.</summary>
    public decimal? CacheWriteOneHour { get; init; }

    /// <summary>Output tokens.</summary>
    public decimal? Output { get; init; }
}
