namespace Magsag.Testing.Matching;

/// <summary>By how many input tokens a prompt has changed since it was recorded.</summary>
/// <param name="Before">The recorded input.</param>
/// <param name="After">The input now: the recorded one and the difference of our counts with a public encoding, in proportion to our counts with another.</param>
/// <param name="IsExact">Whether the model's encoding is public.</param>
/// <param name="CachedAfter">What of the recorded cache reads can still be read: up to the first difference, in blocks of 128.</param>
internal readonly record struct TokenDrift(long Before, long After, bool IsExact, long CachedAfter)
{
    private const int CacheBlock = 128;

    /// <summary>The drift; null when it can't be counted.</summary>
    public static TokenDrift? Between(CassetteEntry recorded, CanonicalRequest request, long input)
    {
        var counter = TokenCounter.For(recorded.Model);
        CanonicalRequest? before = recorded.ToRequest();
        long? old = before is not null ? CanonicalTokens.Count(before, counter) : Pieces.Count(recorded.Request, "tokens") is > 0 and var kept ? kept : null;
        if (old is not { } was || CanonicalTokens.Count(request, counter) is not { } now)
        {
            return null;
        }

        bool isExact = UsageCheck.IsPublic(recorded);
        long after = isExact ? input + now - was : was == 0 ? now : (long)Math.Round((double)input * now / was);
        return new TokenDrift(input, Math.Max(0, after), isExact, StillCached(recorded, before, request, counter));
    }

    private static long StillCached(CassetteEntry recorded, CanonicalRequest? before, CanonicalRequest request, TokenCounter counter)
    {
        if (recorded.Cache.Read == 0 || before is null)
        {
            return 0;
        }

        long prefix = 0;
        for (int index = 0; index < Math.Min(before.Messages.Count, request.Messages.Count); index++)
        {
            (CanonicalMessage old, CanonicalMessage now) = (before.Messages[index], request.Messages[index]);
            if (JsonNode.DeepEquals(old.ToJson(), now.ToJson()))
            {
                prefix += CanonicalTokens.Count(now, counter);
                continue;
            }

            prefix += counter.Count(now.Text.AsSpan(0, old.Text.AsSpan().CommonPrefixLength(now.Text)));
            break;
        }

        return Math.Min(recorded.Cache.Read, prefix / CacheBlock * CacheBlock);
    }
}
