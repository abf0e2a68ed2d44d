namespace Magsag.Pricing;

/// <summary>
/// The prices of text in whole trillionths of a dollar per token: the common call is priced in integers, to the same digit and several times
/// faster than in decimals.
/// </summary>
internal sealed class TextRates
{
    private const decimal PerMillionToTrillionths = 1_000_000m;
    private const decimal PerThousandToTrillionths = 1_000_000_000m;

    // 100 million tokens at the dearest price, ten kinds of them: still within 64 bits.
    private const long MostTokens = 100_000_000;
    private const decimal HighestPrice = 1_000m;

    private const long None = -1;

    private readonly long _input;
    private readonly long _cachedInput;
    private readonly long _cacheWrite;
    private readonly long _cacheWriteOneHour;
    private readonly long _output;
    private readonly long _reasoning;
    private readonly long _request;

    private TextRates(Rates rates)
    {
        _input = Whole(rates.Input, PerMillionToTrillionths);
        _cachedInput = Whole(rates.CachedInput, PerMillionToTrillionths);
        _cacheWrite = Whole(rates.CacheWrite, PerMillionToTrillionths);
        _cacheWriteOneHour = Whole(rates.CacheWriteOneHour, PerMillionToTrillionths);
        _output = Whole(rates.Output, PerMillionToTrillionths);
        _reasoning = Whole(rates.Reasoning, PerMillionToTrillionths);
        _request = Whole(rates.Request, PerThousandToTrillionths);
    }

    /// <summary>The rates as whole trillionths, or null when one of them isn't.</summary>
    public static TextRates? Of(Rates rates) =>
        Fits(rates.Input) && Fits(rates.CachedInput) && Fits(rates.CacheWrite) && Fits(rates.CacheWriteOneHour) && Fits(rates.Output) && Fits(rates.Reasoning) && Fits(rates.Request)
            ? new TextRates(rates)
            : null;

    /// <summary>Prices a call of text only whose counts fit together; false where the general way has to be taken.</summary>
    public bool TryCost(in Usage usage, out decimal cost)
    {
        cost = 0m;
        long cached = usage.CachedInputTokens;
        long writes = usage.CacheWriteTokens;
        long oneHour = usage.CacheWriteOneHourTokens;
        long reasoning = usage.ReasoningTokens;
        long fresh = usage.InputTokens - cached - writes;
        long visible = usage.OutputTokens - reasoning;

        // The parts are bounded too, for a difference of counts that can't be could wrap around into one that can.
        bool fits = (cached | writes | oneHour | (writes - oneHour) | reasoning | fresh | visible | usage.OutputTokens) >= 0
            && usage.InputTokens <= MostTokens && usage.OutputTokens <= MostTokens && cached <= MostTokens && writes <= MostTokens;
        if (!fits || !usage.IsTextOnly)
        {
            return false;
        }

        long input = _cachedInput >= 0 ? cached * _cachedInput : 0;
        fresh += _cachedInput >= 0 ? 0 : cached;
        if (writes > 0)
        {
            if (_cacheWrite >= 0)
            {
                input += ((writes - oneHour) * _cacheWrite) + (oneHour * (_cacheWriteOneHour >= 0 ? _cacheWriteOneHour : _cacheWrite));
            }
            else if (_cacheWriteOneHour >= 0 && oneHour > 0)
            {
                return false;
            }
            else
            {
                fresh += writes;
            }
        }

        long output = _reasoning >= 0 ? reasoning * _reasoning : 0;
        visible += _reasoning >= 0 ? 0 : reasoning;
        if ((fresh > 0 && _input < 0) || (visible > 0 && _output < 0))
        {
            return false;
        }

        long sum = input + (fresh * _input) + output + (visible * _output) + (_request > 0 ? _request : 0);
        cost = new decimal((int)sum, (int)(sum >> 32), 0, isNegative: false, scale: 12);
        return true;
    }

    private static bool Fits(decimal? price) =>
        price is not { } own || (own <= HighestPrice && own * PerMillionToTrillionths == decimal.Truncate(own * PerMillionToTrillionths));

    private static long Whole(decimal? price, decimal factor) => price is { } own ? (long)(own * factor) : None;
}
