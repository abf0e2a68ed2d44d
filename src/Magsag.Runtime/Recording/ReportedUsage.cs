// The counts of audio tokens are experimental in Microsoft.Extensions.AI, but audio has prices of its own.
#pragma warning disable MEAI001
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
        long reasoning = Math.Min(details.ReasoningTokenCount ?? 0, output);
        return new Usage
        {
            InputTokens = input,
            CachedInputTokens = cached,
            CacheWriteTokens = Math.Min(CacheWritesOf(details), input - cached),
            InputAudioTokens = Math.Min(details.InputAudioTokenCount ?? 0, input),
            OutputTokens = output,
            ReasoningTokens = reasoning,
            OutputAudioTokens = Math.Min(details.OutputAudioTokenCount ?? 0, output - reasoning),
        };
    }

    /// <summary>Why reported counts can't all be right; null when nothing contradicts them.</summary>
    /// <param name="details">What was reported.</param>
    /// <param name="hasText">Whether the answer has text.</param>
    /// <param name="hasReasoning">Whether the answer has reasoning text.</param>
    public static string? IssueOf(UsageDetails? details, bool hasText, bool hasReasoning) => details switch
    {
        null => null,
        { CachedInputTokenCount: { } cached, InputTokenCount: { } input } when cached > input => "cached_above_input",
        { ReasoningTokenCount: { } reasoning, OutputTokenCount: { } output } when reasoning > output => "reasoning_above_output",
        { OutputTokenCount: 0 } when hasText => "output_without_tokens",
        { InputTokenCount: 0, OutputTokenCount: > 0 } => "input_without_tokens",

        // Some hosts report zeroes for what they don't pass on.
        { ReasoningTokenCount: 0 } when hasReasoning => "reasoning_without_tokens",
        { TotalTokenCount: { } total, InputTokenCount: { } input, OutputTokenCount: { } output } when total != input + output => "total_mismatch",
        _ => null,
    };

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
