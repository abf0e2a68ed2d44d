using Magsag.Ledger.Figures;
using Magsag.Pricing.Tokens;

namespace Magsag.Ledger.Records;

/// <summary>What few calls are billed for beside text: audio, images, video, citations, web searches.</summary>
public sealed record UsageExtras
{
    private UsageExtras(Usage counts) => Counts = counts;

    /// <summary>The counts; those of text are 0 here.</summary>
    public Usage Counts { get; }

    /// <summary>Takes the extras off a usage; null when it has none.</summary>
    public static UsageExtras? Of(in Usage usage) => usage.IsTextOnly
        ? null
        : new UsageExtras(usage with
        {
            InputTokens = 0,
            CachedInputTokens = 0,
            CacheWriteTokens = 0,
            CacheWriteOneHourTokens = 0,
            OutputTokens = 0,
            ReasoningTokens = 0,
        });

    /// <summary>Adds extras up; a sum that doesn't fit stays at the largest number.</summary>
    internal static UsageExtras? Sum(UsageExtras? left, UsageExtras? right)
    {
        if (left is null || right is null)
        {
            return left ?? right;
        }

        Usage sum = left.Counts;
        foreach (UsageExtra extra in UsageExtra.All)
        {
            sum = extra.With(sum, Math.Min(extra.Of(sum) + extra.Of(right.Counts), FigureBounds.MostCount));
        }

        return new UsageExtras(sum);
    }
}
