using Magsag.Ledger.Figures;
using Magsag.Pricing.Tokens;

namespace Magsag.Runtime.Metering;

/// <summary>What an answer used, as far as it is known.</summary>
/// <param name="Usage">The counts; null when nothing was reported and nothing could be counted.</param>
/// <param name="IsCounted">Whether a part of it was counted instead of reported; then it is the least that was billed.</param>
/// <param name="Issue">Why the reported counts can't all be right; null when nothing contradicts them.</param>
internal readonly record struct MeasuredUsage(Usage? Usage, bool IsCounted = false, string? Issue = null)
{
    /// <summary>Adds two responses of one answer; what is known of one is the least that both used.</summary>
    public static MeasuredUsage operator +(in MeasuredUsage left, in MeasuredUsage right) =>
        new(Sum(left.Usage, right.Usage), left.IsCounted || right.IsCounted || left.Usage is null != right.Usage is null, UsageIssue.IsLowerBound(left.Issue) ? left.Issue : right.Issue ?? left.Issue);

    private static Usage? Sum(Usage? left, Usage? right) => left is { } one && right is { } other ? Pricing.Tokens.Usage.Sum(one, other, CountBounds.Sum) : left ?? right;
}
