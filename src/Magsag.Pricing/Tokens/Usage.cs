using Magsag.Pricing.Listings;

namespace Magsag.Pricing.Tokens;

/// <summary>
/// Token counts of one call in one normalised shape: totals that include their subsets, whatever the provider's own convention is.
/// </summary>
/// <remarks>Every count is zero or more; a subset is never larger than its total (<see cref="Problem"/> says where that doesn't hold).</remarks>
public record struct Usage
{
    // All ones in binary; no sum of such counts overflows, and no report of real tokens comes near it.
    private const long MostTokens = (1L << 53) - 1;

    private UnitCounts _counts;

    /// <summary>All input tokens: fresh, cached, written to the cache, audio, image and video.</summary>
    public long InputTokens
    {
        readonly get => _counts[RateUnit.Input];
        init => _counts[RateUnit.Input] = value;
    }

    /// <summary>Input tokens read from the provider's prompt cache; a subset of <see cref="InputTokens"/>.</summary>
    public long CachedInputTokens
    {
        readonly get => _counts[RateUnit.CachedInput];
        init => _counts[RateUnit.CachedInput] = value;
    }

    /// <summary>Input tokens written to the provider's prompt cache, whatever their time to live; a subset of <see cref="InputTokens"/>.</summary>
    public long CacheWriteTokens
    {
        readonly get => _counts[RateUnit.CacheWrite];
        init => _counts[RateUnit.CacheWrite] = value;
    }

    /// <summary>Cache writes that live for an hour; a subset of <see cref="CacheWriteTokens"/>.</summary>
    public long CacheWriteOneHourTokens
    {
        readonly get => _counts[RateUnit.CacheWriteOneHour];
        init => _counts[RateUnit.CacheWriteOneHour] = value;
    }

    /// <summary>Audio input tokens; a subset of <see cref="InputTokens"/>.</summary>
    public long InputAudioTokens
    {
        readonly get => _counts[RateUnit.InputAudio];
        init => _counts[RateUnit.InputAudio] = value;
    }

    /// <summary>Audio input tokens read from the cache; a subset of both <see cref="InputAudioTokens"/> and <see cref="CachedInputTokens"/>.</summary>
    public long CachedInputAudioTokens
    {
        readonly get => _counts[RateUnit.CachedInputAudio];
        init => _counts[RateUnit.CachedInputAudio] = value;
    }

    /// <summary>Image input tokens; a subset of <see cref="InputTokens"/>.</summary>
    public long InputImageTokens
    {
        readonly get => _counts[RateUnit.InputImage];
        init => _counts[RateUnit.InputImage] = value;
    }

    /// <summary>Image input tokens read from the cache; a subset of both <see cref="InputImageTokens"/> and <see cref="CachedInputTokens"/>.</summary>
    public long CachedInputImageTokens
    {
        readonly get => _counts[RateUnit.CachedInputImage];
        init => _counts[RateUnit.CachedInputImage] = value;
    }

    /// <summary>Video input tokens; a subset of <see cref="InputTokens"/>.</summary>
    public long InputVideoTokens
    {
        readonly get => _counts[RateUnit.InputVideo];
        init => _counts[RateUnit.InputVideo] = value;
    }

    /// <summary>All output tokens: visible text, reasoning, citations, audio, image and video.</summary>
    public long OutputTokens
    {
        readonly get => _counts[RateUnit.Output];
        init => _counts[RateUnit.Output] = value;
    }

    /// <summary>Reasoning tokens; a subset of <see cref="OutputTokens"/>.</summary>
    public long ReasoningTokens
    {
        readonly get => _counts[RateUnit.Reasoning];
        init => _counts[RateUnit.Reasoning] = value;
    }

    /// <summary>Citation tokens; a subset of <see cref="OutputTokens"/>.</summary>
    public long CitationTokens
    {
        readonly get => _counts[RateUnit.Citation];
        init => _counts[RateUnit.Citation] = value;
    }

    /// <summary>Audio output tokens; a subset of <see cref="OutputTokens"/>.</summary>
    public long OutputAudioTokens
    {
        readonly get => _counts[RateUnit.OutputAudio];
        init => _counts[RateUnit.OutputAudio] = value;
    }

    /// <summary>Image output tokens; a subset of <see cref="OutputTokens"/>.</summary>
    public long OutputImageTokens
    {
        readonly get => _counts[RateUnit.OutputImage];
        init => _counts[RateUnit.OutputImage] = value;
    }

    /// <summary>Video output tokens; a subset of <see cref="OutputTokens"/>.</summary>
    public long OutputVideoTokens
    {
        readonly get => _counts[RateUnit.OutputVideo];
        init => _counts[RateUnit.OutputVideo] = value;
    }

    /// <summary>Web searches that the provider ran and bills per request.</summary>
    public long WebSearches
    {
        readonly get => _counts[RateUnit.WebSearch];
        init => _counts[RateUnit.WebSearch] = value;
    }

    /// <summary>Seconds of audio, where the provider bills its length instead of tokens.</summary>
    public decimal AudioSeconds
    {
        readonly get;
        init
        {
            field = value;
            _counts[RateUnit.AudioHour] = value == 0m ? 0 : 1;
        }
    }

    /// <summary>What is wrong with these counts, or null when they can be priced.</summary>
    public readonly string? Problem
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

            if (SumOf(RateUnits.LongCacheWrites) > CacheWriteTokens)
            {
                return $"{SumOf(RateUnits.LongCacheWrites)} one-hour cache writes are more than the {CacheWriteTokens} cache writes that should include them.";
            }

            return IsTextOnly ? ReasoningTokens > OutputTokens ? OutputProblem : null : MediaProblem;
        }
    }

    /// <summary>Whether <see cref="AudioSeconds"/> isn't 0, asked without comparing decimals.</summary>
    internal readonly bool HasAudioLength => _counts[RateUnit.AudioHour] != 0;

    internal readonly bool IsTextOnly => _counts.BitsFrom(RateUnits.Columns) == 0;

    // The length of audio is beside the counts, of which it has only whether it isn't 0.
    private readonly string? MediaProblem
    {
        get
        {
            long media = 0, cached = 0;
            bool isCachedAboveMedia = false;
            foreach ((RateUnit unit, RateUnit? cachedUnit) in RateUnits.InputMedia)
            {
                long cachedTokens = cachedUnit is { } known ? _counts[known] : 0;
                media += _counts[unit];
                cached += cachedTokens;
                isCachedAboveMedia |= cachedTokens > _counts[unit];
            }

            if (media > InputTokens)
            {
                return $"{InputAudioTokens} audio, {InputImageTokens} image and {InputVideoTokens} video tokens are more than the {InputTokens} input tokens that should include them.";
            }

            if (isCachedAboveMedia || cached > CachedInputTokens)
            {
                return "The cached audio or image tokens are more than the audio, image or cached tokens that should include them.";
            }

            return SumOf(RateUnits.OutputParts) > OutputTokens ? OutputProblem : null;
        }
    }

    private readonly string OutputProblem =>
        $"The parts of the output (reasoning {ReasoningTokens}, citations {CitationTokens}, audio {OutputAudioTokens}, images {OutputImageTokens}, video {OutputVideoTokens}) are more than the {OutputTokens} output tokens that should include them.";

    /// <summary>Adds two usages up, count by count.</summary>
    internal static Usage Sum(in Usage left, in Usage right, Func<long, long, long> sum)
    {
        Usage both = left with { AudioSeconds = Bounded(left.AudioSeconds) + Bounded(right.AudioSeconds) };
        for (RateUnit unit = 0; unit < RateUnit.AudioHour; unit++)
        {
            both._counts[unit] = sum(left._counts[unit], right._counts[unit]);
        }

        return both;
    }

    /// <summary>A count of whole tokens or searches.</summary>
    internal readonly long CountOf(RateUnit unit) => _counts[unit];

    /// <summary>A count, or the length of audio.</summary>
    internal readonly decimal AmountOf(RateUnit unit) => unit == RateUnit.AudioHour ? AudioSeconds : _counts[unit];

    /// <summary>The same with another count, or another length of audio.</summary>
    internal readonly Usage With(RateUnit unit, decimal amount)
    {
        Usage usage = this;
        if (unit == RateUnit.AudioHour)
        {
            return usage with { AudioSeconds = amount };
        }

        usage._counts[unit] = (long)amount;
        return usage;
    }

    /// <summary>The same without some counts.</summary>
    internal readonly Usage Without(IEnumerable<RateUnit> units) => units.Aggregate(this, static (usage, unit) => usage.With(unit, 0m));

    /// <summary>Sets a count in place: for sums that grow.</summary>
    internal void Set(RateUnit unit, long count) => _counts[unit] = count;

    private readonly long SumOf(RateUnit[] units)
    {
        long sum = 0;
        foreach (RateUnit unit in units)
        {
            sum += _counts[unit];
        }

        return sum;
    }

    // A length beyond all that can be right stays so in any sum.
    private static decimal Bounded(decimal seconds) => Math.Min(seconds, 2m * MostTokens);

    // The bits of all counts at once: one above the limit is set as soon as one count is negative or too large to add up.
    private readonly bool HasOutOfRange() => (_counts.BitsFrom(0) & ~MostTokens) != 0 || (HasAudioLength && AudioSeconds is < 0 or > MostTokens);
}
