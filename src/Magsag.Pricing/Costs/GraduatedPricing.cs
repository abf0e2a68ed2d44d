using Magsag.Pricing.Listings;
using Magsag.Pricing.Tokens;

namespace Magsag.Pricing.Costs;

/// <summary>Splits a call between graduated tiers: of each kind of token, those within a band pay that band's price.</summary>
internal static class GraduatedPricing
{
    public static CostParts Price(in Usage usage, RateBand[] bands, long calls)
    {
        var sum = new CostParts(0m, 0m, 0m);
        for (int at = 0; at < bands.Length; at++)
        {
            long from = bands[at].Over;
            long to = at + 1 < bands.Length ? bands[at + 1].Over : long.MaxValue;
            sum += TokenPricing.Price(Slice(usage, from, to, isFirst: at == 0), bands[at].Rates, at == 0 ? calls : 0);
        }

        return sum;
    }

    // Every leaf is graduated by its own count, as the providers that do this bill it.
    private static Usage Slice(in Usage usage, long from, long to, bool isFirst)
    {
        long cached = Within(usage.CachedInputTokens, from, to);
        long shortWrites = usage.CacheWriteTokens;
        long writes = 0;
        var slice = new Usage
        {
            CachedInputTokens = cached,
            OutputTokens = Within(usage.OutputTokens - usage.ReasoningTokens, from, to) + Within(usage.ReasoningTokens, from, to),
            ReasoningTokens = Within(usage.ReasoningTokens, from, to),
            WebSearches = isFirst ? usage.WebSearches : 0,
            AudioSeconds = isFirst ? usage.AudioSeconds : 0,
        };
        foreach (RateUnit unit in RateUnits.LongCacheWrites)
        {
            long within = Within(usage.CountOf(unit), from, to);
            slice.Set(unit, within);
            shortWrites -= usage.CountOf(unit);
            writes += within;
        }

        writes += Within(shortWrites, from, to);
        long fresh = Within(usage.InputTokens - usage.CachedInputTokens - usage.CacheWriteTokens, from, to);
        return slice with { InputTokens = fresh + cached + writes, CacheWriteTokens = writes };
    }

    private static long Within(long count, long from, long to) => Math.Max(0, Math.Min(count, to) - from);
}
