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
    public static UsageExtras? Of(in Usage usage) => usage.IsTextOnly ? null : new UsageExtras(usage.Without(UsageCount.Columns.Select(static count => count.Unit)));

    /// <summary>Adds extras up; a sum that doesn't fit stays at the largest number.</summary>
    internal static UsageExtras? Sum(UsageExtras? left, UsageExtras? right) =>
        left is null || right is null ? left ?? right : new UsageExtras(Sum(left.Counts, right.Counts));

    /// <summary>Adds usages up; a sum that doesn't fit stays at the largest number.</summary>
    internal static Usage Sum(in Usage left, in Usage right)
    {
        Usage sum = Usage.Sum(left, right, TokenSum.Of);
        return sum.AudioSeconds > FigureBounds.MostCount ? sum with { AudioSeconds = FigureBounds.MostCount } : sum;
    }
}
