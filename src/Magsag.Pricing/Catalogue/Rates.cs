namespace Magsag.Pricing;

/// <summary>
/// The prices of one model under one set of terms, in US dollars: tokens per million, searches and requests per thousand, audio per hour;
/// null where the catalogue states none.
/// </summary>
/// <remarks>A unit without a price of its own costs what the broader unit costs: cached input the input price, reasoning the output price.</remarks>
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

    /// <summary>Reasoning tokens, where they don't cost the output price.</summary>
    public decimal? Reasoning { get; init; }

    /// <summary>Citation tokens, where they don't cost the output price.</summary>
    public decimal? Citation { get; init; }

    /// <summary>Audio input tokens.</summary>
    public decimal? InputAudio { get; init; }

    /// <summary>Audio input tokens read from the cache.</summary>
    public decimal? CachedInputAudio { get; init; }

    /// <summary>Audio output tokens.</summary>
    public decimal? OutputAudio { get; init; }

    /// <summary>Image input tokens.</summary>
    public decimal? InputImage { get; init; }

    /// <summary>Image input tokens read from the cache.</summary>
    public decimal? CachedInputImage { get; init; }

    /// <summary>Image output tokens.</summary>
    public decimal? OutputImage { get; init; }

    /// <summary>Video input tokens.</summary>
    public decimal? InputVideo { get; init; }

    /// <summary>Video output tokens.</summary>
    public decimal? OutputVideo { get; init; }

    /// <summary>Web searches that the provider runs, per thousand.</summary>
    public decimal? WebSearch { get; init; }

    /// <summary>The fee for each request, per thousand.</summary>
    public decimal? Request { get; init; }

    /// <summary>Audio that is billed by its length, per hour.</summary>
    public decimal? AudioHour { get; init; }

    internal static Rates From(decimal?[] prices) => new()
    {
        Input = prices[(int)RateUnit.Input],
        CachedInput = prices[(int)RateUnit.CachedInput],
        CacheWrite = prices[(int)RateUnit.CacheWrite],
        CacheWriteOneHour = prices[(int)RateUnit.CacheWriteOneHour],
        Output = prices[(int)RateUnit.Output],
        Reasoning = prices[(int)RateUnit.Reasoning],
        Citation = prices[(int)RateUnit.Citation],
        InputAudio = prices[(int)RateUnit.InputAudio],
        CachedInputAudio = prices[(int)RateUnit.CachedInputAudio],
        OutputAudio = prices[(int)RateUnit.OutputAudio],
        InputImage = prices[(int)RateUnit.InputImage],
        CachedInputImage = prices[(int)RateUnit.CachedInputImage],
        OutputImage = prices[(int)RateUnit.OutputImage],
        InputVideo = prices[(int)RateUnit.InputVideo],
        OutputVideo = prices[(int)RateUnit.OutputVideo],
        WebSearch = prices[(int)RateUnit.WebSearch],
        Request = prices[(int)RateUnit.Request],
        AudioHour = prices[(int)RateUnit.AudioHour],
    };

    internal decimal? this[RateUnit unit] => unit switch
    {
        RateUnit.Input => Input,
        RateUnit.CachedInput => CachedInput,
        RateUnit.CacheWrite => CacheWrite,
        RateUnit.CacheWriteOneHour => CacheWriteOneHour,
        RateUnit.Output => Output,
        RateUnit.Reasoning => Reasoning,
        RateUnit.Citation => Citation,
        RateUnit.InputAudio => InputAudio,
        RateUnit.CachedInputAudio => CachedInputAudio,
        RateUnit.OutputAudio => OutputAudio,
        RateUnit.InputImage => InputImage,
        RateUnit.CachedInputImage => CachedInputImage,
        RateUnit.OutputImage => OutputImage,
        RateUnit.InputVideo => InputVideo,
        RateUnit.OutputVideo => OutputVideo,
        RateUnit.WebSearch => WebSearch,
        RateUnit.Request => Request,
        RateUnit.AudioHour => AudioHour,
        _ => null,
    };

    internal Rates Select(Func<RateUnit, decimal?, decimal?> price)
    {
        var prices = new decimal?[RateUnits.Count];
        for (int unit = 0; unit < prices.Length; unit++)
        {
            prices[unit] = price((RateUnit)unit, this[(RateUnit)unit]);
        }

        return From(prices);
    }
}
