using Magsag.Pricing.Listings;
using Magsag.Pricing.Tokens;

namespace Magsag.Pricing.Costs;

/// <summary>
/// Prices token counts by leaf decomposition: each priced unit pays for its own count without the counts of more specific units that have a
/// price too; a specific unit without a price stays with the broader one. Nothing is ever added on top of a price.
/// </summary>
internal static class TokenPricing
{
    private const decimal PerThousand = 0.001m;

    /// <summary>The cost of calls in integers; false where it has to be summed in decimals.</summary>
    /// <param name="usage">Counts that don't contradict each other.</param>
    /// <param name="band">The prices.</param>
    /// <param name="calls">How many calls they are.</param>
    /// <param name="usd">The cost.</param>
    public static bool TryPrice(in Usage usage, RateBand band, long calls, out decimal usd)
    {
        usd = 0m;
        if (band.Whole is not { } whole || !WholeRates.CanPrice(usage, calls))
        {
            return false;
        }

        var sum = new WholeTokenSum(whole);
        if (!TryAddInput(usage, ref sum) || !TryAddOutput(usage, ref sum))
        {
            return false;
        }

        sum.AddRequests(calls);
        usd = sum.Usd;
        return true;
    }

    /// <summary>The cost of calls by parts; a part in which a unit was used that has no price is null.</summary>
    /// <param name="usage">Counts that don't contradict each other.</param>
    /// <param name="rates">The prices.</param>
    /// <param name="calls">How many calls they are.</param>
    public static CostParts Price(in Usage usage, Rates rates, long calls)
    {
        var input = new DecimalTokenSum(rates);
        var output = new DecimalTokenSum(rates);
        return new CostParts(
            TryAddInput(usage, ref input) ? input.Usd : null,
            TryAddOutput(usage, ref output) ? output.Usd : null,
            Fees(usage, rates, calls));
    }

    private static bool TryAddInput<TSum>(in Usage usage, ref TSum sum)
        where TSum : struct, ITokenSum
    {
        long rest = usage.InputTokens;
        long cached = usage.CachedInputTokens;
        if (!usage.IsTextOnly)
        {
            foreach ((RateUnit unit, RateUnit? cachedUnit) in RateUnits.InputMedia)
            {
                AddMedium(usage, unit, cachedUnit, ref sum, ref rest, ref cached);
            }
        }

        // Cached tokens that only fit in if some of them are audio or image: they are already paid for at that price.
        AddLeaf(Math.Min(cached, rest), RateUnit.CachedInput, ref sum, ref rest);

        long writes = Math.Min(usage.CacheWriteTokens, rest);
        foreach (RateUnit unit in RateUnits.LongCacheWrites)
        {
            long longWrites = sum.HasPrice(unit) ? Math.Min(usage.CountOf(unit), writes) : 0;
            AddLeaf(longWrites, unit, ref sum, ref rest);
            writes -= longWrites;
        }

        AddLeaf(writes, RateUnit.CacheWrite, ref sum, ref rest);
        return TryAddRest(rest, RateUnit.Input, ref sum);
    }

    private static bool TryAddOutput<TSum>(in Usage usage, ref TSum sum)
        where TSum : struct, ITokenSum
    {
        long rest = usage.OutputTokens;
        foreach (RateUnit unit in RateUnits.OutputParts)
        {
            AddLeaf(usage.CountOf(unit), unit, ref sum, ref rest);
        }

        return TryAddRest(rest, RateUnit.Output, ref sum);
    }

    private static void AddMedium<TSum>(in Usage usage, RateUnit unit, RateUnit? cachedUnit, ref TSum sum, ref long rest, ref long cached)
        where TSum : struct, ITokenSum
    {
        long tokens = usage.CountOf(unit);
        if (tokens <= 0 || !sum.HasPrice(unit))
        {
            return;
        }

        long cachedTokens = cachedUnit is { } counted ? usage.CountOf(counted) : 0;
        long separate = cachedUnit is { } priced && sum.HasPrice(priced) ? cachedTokens : 0;
        sum.Add(tokens - separate, unit);
        AddLeaf(separate, cachedUnit.GetValueOrDefault(), ref sum, ref rest);
        rest -= tokens - separate;
        cached -= cachedTokens;
    }

    private static void AddLeaf<TSum>(long tokens, RateUnit unit, ref TSum sum, ref long rest)
        where TSum : struct, ITokenSum
    {
        if (tokens > 0 && sum.HasPrice(unit))
        {
            sum.Add(tokens, unit);
            rest -= tokens;
        }
    }

    private static bool TryAddRest<TSum>(long rest, RateUnit unit, ref TSum sum)
        where TSum : struct, ITokenSum
    {
        AddLeaf(rest, unit, ref sum, ref rest);
        return rest == 0;
    }

    private static decimal? Fees(in Usage usage, Rates rates, long calls)
    {
        decimal sum = 0m;
        if (rates[RateUnit.Request] is { } request)
        {
            sum += calls * request * PerThousand;
        }

        if (usage.WebSearches > 0)
        {
            if (rates[RateUnit.WebSearch] is not { } search)
            {
                return null;
            }

            sum += usage.WebSearches * search * PerThousand;
        }

        if (usage.AudioSeconds > 0)
        {
            if (rates[RateUnit.AudioHour] is not { } hour)
            {
                return null;
            }

            sum += usage.AudioSeconds * hour / 3600m;
        }

        return sum;
    }
}
