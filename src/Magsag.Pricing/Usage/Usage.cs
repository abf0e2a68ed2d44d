namespace Magsag.Pricing;

/// <summary>
/// Token counts of one call in one normalised shape: totals that include their subsets, whatever the provider's own convention is.
/// </summary>
/// <remarks>Every count is zero or more; a subset is never larger than its total.</remarks>
public readonly record struct Usage
{
    /// <summary>All input tokens: fresh, cached, written to the cache, audio and image.</summary>
    public long InputTokens { get; init; }

    /// <summary>Input tokens read from the provider's prompt cache; a subset of <see cref="InputTokens"/>.</summary>
    public long CachedInputTokens { get; init; }

    /// <summary>Input tokens written to the provider's prompt cache, whatever their time to live; a subset of <see cref="InputTokens"/>.</summary>
    public long CacheWriteTokens { get; init; }

    /// <summary>Cache writes that live for an hour; a subset of <see cref="CacheWriteTokens"/>.</summary>
    public long CacheWriteOneHourTokens { get; init; }

    /// <summary>Audio input tokens; a subset of <see cref="InputTokens"/>.</summary>
    public long InputAudioTokens { get; init; }

    /// <summary>Audio input tokens read from the cache; a subset of both <see cref="InputAudioTokens"/> and <see cref="CachedInputTokens"/>.</summary>
    public long CachedInputAudioTokens { get; init; }

    /// <summary>Image input tokens; a subset of <see cref="InputTokens"/>.</summary>
    public long InputImageTokens { get; init; }

    /// <summary>All output tokens: visible text, reasoning, audio and image.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Reasoning tokens; a subset of <see cref="OutputTokens"/>.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>Audio output tokens; a subset of <see cref="OutputTokens"/>.</summary>
    public long OutputAudioTokens { get; init; }

    /// <summary>Image output tokens; a subset of <see cref="OutputTokens"/>.</summary>
    public long OutputImageTokens { get; init; }

    /// <summary>Web searches that the provider ran and bills per request.</summary>
    public long WebSearches { get; init; }
}
