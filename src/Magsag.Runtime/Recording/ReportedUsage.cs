using Magsag.Pricing;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>Turns the usage that Microsoft.Extensions.AI reports into the normalised one.</summary>
/// <remarks>Every adapter reports an input total that includes cached tokens. Cache writes have no member: adapters put them among the additional counts.</remarks>
internal static class ReportedUsage
{
    private static readonly string[] CacheWriteNames = ["CacheCreationInputTokens", "InputTokenDetails.CacheWriteTokenCount", "cache_creation_input_tokens"];

    /// <summary>The normalised usage; null when there is none, or none of its counts is known.</summary>
    public static Usage? From(UsageDetails? details)
    {
        if (details is null || (details.InputTokenCount is null && details.OutputTokenCount is null && details.TotalTokenCount is null))
        {
            return null;
        }

        long output = details.OutputTokenCount ?? 0;
        long input = details.InputTokenCount ?? Math.Max(0, (details.TotalTokenCount ?? output) - output);
        long cached = Math.Min(details.CachedInputTokenCount ?? 0, input);
        return new Usage
        {
            InputTokens = input,
            CachedInputTokens = cached,
            CacheWriteTokens = Math.Min(CacheWritesOf(details), input - cached),
            OutputTokens = output,
            ReasoningTokens = Math.Min(details.ReasoningTokenCount ?? 0, output),
        };
    }

    private static long CacheWritesOf(UsageDetails details)
    {
        if (details.AdditionalCounts is not { Count: > 0 } counts)
        {
            return 0;
        }

        foreach (string name in CacheWriteNames)
        {
            if (counts.TryGetValue(name, out long count))
            {
                return count;
            }
        }

        return 0;
    }
}
