using Magsag.Pricing.Tokens;

namespace Magsag.Runtime.Metering;

/// <summary>Counts as a provider or an adapter states them, read by its usual convention.</summary>
/// <remarks>
/// Whether a total includes its parts differs between hosts that speak the same format. Where the usual reading contradicts the figures, the
/// others are tried: each moves only counts that are stated. One that explains all of them is right; without it the cost is a lower bound.
/// </remarks>
/// <param name="Usual">The counts by the usual convention.</param>
/// <param name="Total">All tokens, where they are stated.</param>
/// <param name="IsCacheAdded">Whether the convention adds cached and written tokens to the stated input.</param>
/// <param name="IsReasoningAdded">Whether the convention adds reasoning and citations to the stated output.</param>
internal readonly record struct StatedUsage(Usage Usual, long? Total = null, bool IsCacheAdded = false, bool IsReasoningAdded = false)
{
    private const int Readings = 8;

    /// <summary>The counts that explain all figures, or the usual ones with what contradicts them.</summary>
    public (Usage Usage, string? Issue) Resolve()
    {
        if (Explains(Usual))
        {
            return (Usual, null);
        }

        Usage? found = null;
        for (int moves = 1; moves < Readings; moves++)
        {
            Usage other = Read(moves);
            if (other == Usual || other == found || !Explains(other))
            {
                continue;
            }

            if (found is not null)
            {
                return Bound();
            }

            found = other;
        }

        return found is { } only ? (only, null) : Bound();
    }

    private bool Explains(in Usage usage) => usage.Problem is null && (Total is not { } total || usage.InputTokens + usage.OutputTokens == total);

    private Usage Read(int moves)
    {
        long cached = (moves & 1) == 0 ? 0 : Usual.CachedInputTokens;
        long written = (moves & 2) == 0 ? 0 : Usual.CacheWriteTokens;
        long thought = (moves & 4) == 0 ? 0 : Usual.ReasoningTokens + Usual.CitationTokens;
        return Usual with
        {
            InputTokens = Usual.InputTokens + (IsCacheAdded ? -cached - written : cached + written),
            OutputTokens = Usual.OutputTokens + (IsReasoningAdded ? -thought : thought),
        };
    }

    // The totals are what was billed at least; of their parts no more than fits into them.
    private (Usage Usage, string? Issue) Bound()
    {
        string issue = Usual.CachedInputTokens > Usual.InputTokens ? UsageIssue.CachedAboveInput
            : Usual.CachedInputTokens + Usual.CacheWriteTokens > Usual.InputTokens ? UsageIssue.CacheWriteAboveInput
            : Usual.ReasoningTokens + Usual.CitationTokens + Usual.OutputAudioTokens > Usual.OutputTokens ? UsageIssue.ReasoningAboveOutput
            : UsageIssue.TotalMismatch;
        if (Usual.Problem is null)
        {
            return (Usual, issue);
        }

        long cached = Math.Min(Usual.CachedInputTokens, Usual.InputTokens);
        long written = Math.Min(Usual.CacheWriteTokens, Usual.InputTokens - cached);
        long reasoning = Math.Min(Usual.ReasoningTokens, Usual.OutputTokens);
        long citations = Math.Min(Usual.CitationTokens, Usual.OutputTokens - reasoning);
        return (Usual with
        {
            CachedInputTokens = cached,
            CacheWriteTokens = written,
            CacheWriteOneHourTokens = Math.Min(Usual.CacheWriteOneHourTokens, written),
            ReasoningTokens = reasoning,
            CitationTokens = citations,
            OutputAudioTokens = Math.Min(Usual.OutputAudioTokens, Usual.OutputTokens - reasoning - citations),
        }, issue);
    }
}
