using Magsag.Pricing.Listings;
using Magsag.Pricing.Tokens;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Metering;

/// <summary>The counts for which <see cref="UsageDetails"/> has no member, by the names under which adapters put them among the additional ones.</summary>
internal static class AdapterCounts
{
    // AWS's adapter and tghamm's Anthropic.SDK name what was read from the cache like this, and report an input that leaves it out.
    private const string BesideInput = "CacheReadInputTokens";

    // The first name of a unit that is there counts.
    private static readonly (string Name, RateUnit Unit)[] Names =
    [
        ("CacheCreationInputTokens", RateUnit.CacheWrite),
        ("CacheWriteInputTokens", RateUnit.CacheWrite),
        ("InputTokenDetails.CacheWriteTokenCount", RateUnit.CacheWrite),
        ("cache_creation_input_tokens", RateUnit.CacheWrite),
        (BesideInput, RateUnit.CachedInput),
        ("cache_read_input_tokens", RateUnit.CachedInput),
        ("InputTokenDetails.AudioTokenCount", RateUnit.InputAudio),
        ("OutputTokenDetails.AudioTokenCount", RateUnit.OutputAudio),
        ("WebSearchRequests", RateUnit.WebSearch),
    ];

    /// <summary>Whether the adapter reports an input that leaves cached tokens out.</summary>
    public static bool LeavesCacheOut(UsageDetails details) =>
        details is { CachedInputTokenCount: null, AdditionalCounts: { Count: > 0 } counts } && counts.ContainsKey(BesideInput);

    /// <summary>The additional counts; null where there are none that matter.</summary>
    public static Usage? Read(UsageDetails details)
    {
        if (details.AdditionalCounts is not { Count: > 0 } counts)
        {
            return null;
        }

        Usage? read = null;
        foreach ((string name, RateUnit unit) in Names)
        {
            if (counts.TryGetValue(name, out long count) && read.GetValueOrDefault().CountOf(unit) == 0)
            {
                read = read.GetValueOrDefault().With(unit, Magsag.Ledger.Figures.CountBounds.Clamp(count));
            }
        }

        return read;
    }
}
