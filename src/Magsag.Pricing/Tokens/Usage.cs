namespace Magsag.Pricing.Tokens;

/// <summary>
/// Token counts of one call in one normalised shape: totals that include their subsets, whatever the provider's own convention is.
/// </summary>
/// <remarks>Every count is zero or more; a subset is never larger than its total (<see cref="Problem"/> says where that doesn't hold).</remarks>
public readonly record struct Usage
{
    // All ones in binary; no sum of such counts overflows, and no report of real tokens comes near it.
    private const long MostTokens = (1L << 53) - 1;

    /// <summary>All input tokens: fresh, cached, written to the cache, audio, image and video.</summary>
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

    /// <summary>Image input tokens read from the cache; a subset of both <see cref="InputImageTokens"/> and <see cref="CachedInputTokens"/>.</summary>
    public long CachedInputImageTokens { get; init; }

    /// <summary>Video input tokens; a subset of <see cref="InputTokens"/>.</summary>
    public long InputVideoTokens { get; init; }

    /// <summary>All output tokens: visible text, reasoning, citations, audio, image and video.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Reasoning tokens; a subset of <see cref="OutputTokens"/>.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>Citation tokens; a subset of <see cref="OutputTokens"/>.</summary>
    public long CitationTokens { get; init; }

    /// <summary>Audio output tokens; a subset of <see cref="OutputTokens"/>.</summary>
    public long OutputAudioTokens { get; init; }

    /// <summary>Image output tokens; a subset of <see cref="OutputTokens"/>.</summary>
    public long OutputImageTokens { get; init; }

    /// <summary>Video output tokens; a subset of <see cref="OutputTokens"/>.</summary>
    public long OutputVideoTokens { get; init; }

    /// <summary>Web searches that the provider ran and bills per request.</summary>
    public long WebSearches { get; init; }

    /// <summary>Seconds of audio, where the provider bills its length instead of tokens.</summary>
    public decimal AudioSeconds
    {
        get;
        init
        {
            field = value;
            HasAudioLength = value != 0m;
        }
    }

    /// <summary>Whether <see cref="AudioSeconds"/> isn't 0, asked without comparing decimals.</summary>
    internal bool HasAudioLength { get; private init; }

    /// <summary>What is wrong with these counts, or null when they can be priced.</summary>
    public string? Problem
    {
        get
        {
            if (HasOutOfRange())
            {
                return $"A count is negative or above {MostTokens}.";
            }

            if (CachedInputTokens + CacheWriteTokens > InputTokens)
            {
                return $"{CachedInputTokens} cached and {CacheWriteTokens} cache-write tokens are more than the {InputTokens} input tokens that should include them.";
            }

            if (CacheWriteOneHourTokens > CacheWriteTokens)
            {
                return $"{CacheWriteOneHourTokens} one-hour cache writes are more than the {CacheWriteTokens} cache writes that should include them.";
            }

            if (InputAudioTokens + InputImageTokens + InputVideoTokens > InputTokens)
            {
                return $"{InputAudioTokens} audio, {InputImageTokens} image and {InputVideoTokens} video tokens are more than the {InputTokens} input tokens that should include them.";
            }

            if (CachedInputAudioTokens > InputAudioTokens || CachedInputImageTokens > InputImageTokens || CachedInputAudioTokens + CachedInputImageTokens > CachedInputTokens)
            {
                return "The cached audio or image tokens are more than the audio, image or cached tokens that should include them.";
            }

            return ReasoningTokens + CitationTokens + OutputAudioTokens + OutputImageTokens + OutputVideoTokens > OutputTokens
                ? $"The parts of the output (reasoning {ReasoningTokens}, citations {CitationTokens}, audio {OutputAudioTokens}, images {OutputImageTokens}, video {OutputVideoTokens}) are more than the {OutputTokens} output tokens that should include them."
                : null;
        }
    }

    internal bool IsTextOnly =>
        (InputAudioTokens | CachedInputAudioTokens | InputImageTokens | CachedInputImageTokens | InputVideoTokens | CitationTokens
            | OutputAudioTokens | OutputImageTokens | OutputVideoTokens | WebSearches) == 0
        && !HasAudioLength;

    // The bits of all counts at once: one above the limit is set as soon as one count is negative or too large to add up.
    private bool HasOutOfRange() =>
        ((InputTokens | CachedInputTokens | CacheWriteTokens | CacheWriteOneHourTokens | InputAudioTokens | CachedInputAudioTokens
            | InputImageTokens | CachedInputImageTokens | InputVideoTokens | OutputTokens | ReasoningTokens | CitationTokens
            | OutputAudioTokens | OutputImageTokens | OutputVideoTokens | WebSearches) & ~MostTokens) != 0
        || (HasAudioLength && AudioSeconds is < 0 or > MostTokens);
}
