namespace Magsag.Pricing;

/// <summary>
/// Prices token counts by leaf decomposition: each priced unit pays for its own count without the counts of more specific units that have a
/// price too; a specific unit without a price stays with the broader one. Nothing is ever added on top of a price.
/// </summary>
internal static class LeafCost
{
    private const decimal PerMillion = 0.000001m;
    private const decimal PerThousand = 0.001m;

    /// <summary>The cost by parts; a part in which a unit was used that has no price is null.</summary>
    public static CostParts Of(in Usage usage, Rates rates, long calls = 1) => new(Input(usage, rates), Output(usage, rates), Fees(usage, rates, calls));

    private static decimal? Input(in Usage usage, Rates rates)
    {
        long rest = usage.InputTokens;
        decimal sum = 0m;
        long cached = usage.CachedInputTokens;
        if (rates.InputAudio is { } audioPrice && usage.InputAudioTokens > 0)
        {
            Modality(usage.InputAudioTokens, usage.CachedInputAudioTokens, audioPrice, rates.CachedInputAudio, ref sum, ref rest, ref cached);
        }

        if (rates.InputImage is { } imagePrice && usage.InputImageTokens > 0)
        {
            Modality(usage.InputImageTokens, usage.CachedInputImageTokens, imagePrice, rates.CachedInputImage, ref sum, ref rest, ref cached);
        }

        if (rates.InputVideo is { } videoPrice && usage.InputVideoTokens > 0)
        {
            Modality(usage.InputVideoTokens, 0, videoPrice, null, ref sum, ref rest, ref cached);
        }

        if (rates.CachedInput is { } cachedPrice && cached > 0)
        {
            // Cached tokens that only fit in if some of them are audio or image: they are already paid for at that price.
            cached = Math.Min(cached, rest);
            sum += cached * cachedPrice;
            rest -= cached;
        }

        long writes = Math.Min(usage.CacheWriteTokens, rest);
        if (writes > 0 && rates.CacheWrite is { } writePrice)
        {
            long oneHour = rates.CacheWriteOneHour is null ? 0 : Math.Min(usage.CacheWriteOneHourTokens, writes);
            sum += ((writes - oneHour) * writePrice) + (oneHour * rates.CacheWriteOneHour.GetValueOrDefault());
            rest -= writes;
        }
        else if (usage.CacheWriteOneHourTokens > 0 && rates.CacheWriteOneHour is { } oneHourPrice)
        {
            long oneHour = Math.Min(usage.CacheWriteOneHourTokens, rest);
            sum += oneHour * oneHourPrice;
            rest -= oneHour;
        }

        return Rest(sum, rest, rates.Input);
    }

    private static void Modality(long tokens, long cachedTokens, decimal price, decimal? cachedPrice, ref decimal sum, ref long rest, ref long cached)
    {
        long separate = cachedPrice is null ? 0 : cachedTokens;
        sum += ((tokens - separate) * price) + (separate * cachedPrice.GetValueOrDefault());
        rest -= tokens;
        cached -= cachedTokens;
    }

    private static decimal? Output(in Usage usage, Rates rates)
    {
        long rest = usage.OutputTokens;
        if (rest == 0)
        {
            return 0m;
        }

        decimal sum = 0m;
        Leaf(usage.ReasoningTokens, rates.Reasoning, ref sum, ref rest);
        Leaf(usage.CitationTokens, rates.Citation, ref sum, ref rest);
        Leaf(usage.OutputAudioTokens, rates.OutputAudio, ref sum, ref rest);
        Leaf(usage.OutputImageTokens, rates.OutputImage, ref sum, ref rest);
        Leaf(usage.OutputVideoTokens, rates.OutputVideo, ref sum, ref rest);
        return Rest(sum, rest, rates.Output);
    }

    private static void Leaf(long tokens, decimal? price, ref decimal sum, ref long rest)
    {
        if (tokens > 0 && price is { } own)
        {
            sum += tokens * own;
            rest -= tokens;
        }
    }

    private static decimal? Rest(decimal sum, long rest, decimal? price)
    {
        if (rest == 0)
        {
            return sum * PerMillion;
        }

        return price is { } own ? (sum + (rest * own)) * PerMillion : null;
    }

    private static decimal? Fees(in Usage usage, Rates rates, long calls)
    {
        decimal sum = 0m;
        if (rates.Request is { } request)
        {
            sum += calls * request * PerThousand;
        }

        if (usage.WebSearches > 0)
        {
            if (rates.WebSearch is not { } search)
            {
                return null;
            }

            sum += usage.WebSearches * search * PerThousand;
        }

        if (usage.AudioSeconds > 0)
        {
            if (rates.AudioHour is not { } hour)
            {
                return null;
            }

            sum += usage.AudioSeconds * hour / 3600m;
        }

        return sum;
    }
}
