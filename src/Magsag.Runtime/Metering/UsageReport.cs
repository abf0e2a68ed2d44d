// The counts of audio tokens are experimental in Microsoft.Extensions.AI, but audio has prices of its own.
#pragma warning disable MEAI001
using Magsag.Ledger.Figures;
using Magsag.Pricing.Tokens;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Metering;

/// <summary>The counts of one report of usage; null where it has none.</summary>
/// <remarks>Adapters report an input total that includes cached tokens. Cache writes have no member: adapters put them among the additional counts.</remarks>
internal readonly record struct UsageReport
{
    private static readonly string[] CacheWriteNames = ["CacheCreationInputTokens", "InputTokenDetails.CacheWriteTokenCount", "cache_creation_input_tokens"];

    private long? Input { get; init; }

    private long? Cached { get; init; }

    private long? CacheWrites { get; init; }

    private long? InputAudio { get; init; }

    private long? Output { get; init; }

    private long? Reasoning { get; init; }

    private long? OutputAudio { get; init; }

    private long? Total { get; init; }

    // What was read off the wire is normalised already, and has counts that no adapter hands on.
    private Usage? Normalised { get; init; }

    /// <summary>The report of an adapter; null when it has none of the counts that matter.</summary>
    public static UsageReport? From(UsageDetails? details) => details is null or { InputTokenCount: null, OutputTokenCount: null, TotalTokenCount: null } ? null : new UsageReport
    {
        Input = details.InputTokenCount,
        Cached = details.CachedInputTokenCount,
        CacheWrites = CacheWritesOf(details),
        InputAudio = details.InputAudioTokenCount,
        Output = details.OutputTokenCount,
        Reasoning = details.ReasoningTokenCount,
        OutputAudio = details.OutputAudioTokenCount,
        Total = details.TotalTokenCount,
    };

    /// <summary>The normalised usage that an adapter reports of a whole answer; null when it has none of the counts that matter.</summary>
    public static Usage? UsageIn(UsageDetails? details) => From(details)?.ToUsage();

    /// <summary>A report that was read off the wire.</summary>
    public static UsageReport From(in Usage usage) => new() { Normalised = usage, Input = usage.InputTokens, Output = usage.OutputTokens };

    /// <summary>Whether this is the running total of the response that an earlier report was about: no count has fallen. A 0 after a count says nothing.</summary>
    public bool Continues(in UsageReport earlier) => Normalised is not null || (!HasFallen(earlier.Input, Input) && !HasFallen(earlier.Output, Output));

    /// <summary>This report, completed by the counts that only an earlier one has: some report the input first and the output last.</summary>
    public UsageReport Over(in UsageReport earlier) => Combine(earlier, Later) with
    {
        // The total of a report without input is that of the output.
        Total = Input > 0 || earlier.Input is null or 0 ? Total : null,
        Normalised = Normalised ?? earlier.Normalised,
    };

    /// <summary>Both reports together, when each is about a part of the response.</summary>
    public UsageReport Plus(in UsageReport earlier) => Combine(earlier, Sum);

    /// <summary>The report without what it says of the output.</summary>
    public UsageReport WithoutOutput() => this with { Output = null, Reasoning = null, OutputAudio = null, Total = Output is null ? Total : Input };

    /// <summary>The normalised usage.</summary>
    public Usage ToUsage()
    {
        if (Normalised is { } usage)
        {
            return usage;
        }

        long output = Output ?? 0;
        long input = Input ?? Math.Max(0, (Total ?? output) - output);
        long cached = Math.Min(Cached ?? 0, input);
        long reasoning = Math.Min(Reasoning ?? 0, output);
        return new Usage
        {
            InputTokens = input,
            CachedInputTokens = cached,
            CacheWriteTokens = Math.Min(CacheWrites ?? 0, input - cached),
            InputAudioTokens = Math.Min(InputAudio ?? 0, input),
            OutputTokens = output,
            ReasoningTokens = reasoning,
            OutputAudioTokens = Math.Min(OutputAudio ?? 0, output - reasoning),
        };
    }

    /// <summary>Why the counts can't all be right; null when nothing contradicts them.</summary>
    /// <param name="hasOutput">Whether the answer has text or calls of tools.</param>
    /// <param name="hasReasoning">Whether the answer has reasoning text.</param>
    public string? IssueFor(bool hasOutput, bool hasReasoning) => this switch
    {
        { Cached: { } cached, Input: { } input } when cached > input => "cached_above_input",
        { Reasoning: { } reasoning, Output: { } output } when reasoning > output => "reasoning_above_output",
        { Output: 0 } when hasOutput => "output_without_tokens",
        { Input: 0, Output: > 0 } => "input_without_tokens",

        // Some hosts report zeroes for what they don't pass on.
        { Reasoning: 0 } when hasReasoning => "reasoning_without_tokens",
        { Total: { } total, Input: { } input, Output: { } output } when total != input + output => "total_mismatch",
        _ => null,
    };

    private UsageReport Combine(in UsageReport earlier, Func<long?, long?, long?> combine) => new()
    {
        Input = combine(earlier.Input, Input),
        Cached = combine(earlier.Cached, Cached),
        CacheWrites = combine(earlier.CacheWrites, CacheWrites),
        InputAudio = combine(earlier.InputAudio, InputAudio),
        Output = combine(earlier.Output, Output),
        Reasoning = combine(earlier.Reasoning, Reasoning),
        OutputAudio = combine(earlier.OutputAudio, OutputAudio),
        Total = combine(earlier.Total, Total),
    };

    private static bool HasFallen(long? earlier, long? later) => later > 0 && later < earlier;

    private static long? Later(long? earlier, long? later) => later is null or 0 ? earlier ?? later : later;

    private static long? Sum(long? one, long? other) => one is { } left && other is { } right ? CountBounds.Sum(left, right) : one ?? other;

    private static long? CacheWritesOf(UsageDetails details)
    {
        if (details.AdditionalCounts is not { Count: > 0 } counts)
        {
            return null;
        }

        foreach (string name in CacheWriteNames)
        {
            if (counts.TryGetValue(name, out long count))
            {
                return count;
            }
        }

        return null;
    }
}
