// The counts of audio tokens are experimental in Microsoft.Extensions.AI, but audio has prices of its own.
#pragma warning disable MEAI001
using Magsag.Ledger.Figures;
using Magsag.Pricing.Tokens;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Metering;

/// <summary>The counts of one report of usage; null where it has none.</summary>
/// <remarks>Adapters usually report an input total that includes cached tokens; what has no member stands among the additional counts (<see cref="AdapterCounts"/>).</remarks>
internal readonly record struct UsageReport
{
    private long? Input { get; init; }

    private long? Cached { get; init; }

    private long? CacheWrites { get; init; }

    private long? InputAudio { get; init; }

    private long? Output { get; init; }

    private long? Reasoning { get; init; }

    private long? OutputAudio { get; init; }

    private long? WebSearches { get; init; }

    private long? Total { get; init; }

    private bool LeavesCacheOut { get; init; }

    // What was read off the wire is normalised already, and has counts that no adapter hands on.
    private Usage? Normalised { get; init; }

    private string? KnownIssue { get; init; }

    /// <summary>Whether the report doesn't say what the input was, though it is about a whole response.</summary>
    public bool LacksInput { get; private init; }

    /// <summary>The report of an adapter; null when it has none of the counts that matter.</summary>
    public static UsageReport? From(UsageDetails? details)
    {
        if (details is null or { InputTokenCount: null, OutputTokenCount: null, TotalTokenCount: null })
        {
            return null;
        }

        var report = new UsageReport
        {
            Input = details.InputTokenCount,
            Cached = details.CachedInputTokenCount,
            InputAudio = details.InputAudioTokenCount,
            Output = details.OutputTokenCount,
            Reasoning = details.ReasoningTokenCount,
            OutputAudio = details.OutputAudioTokenCount,
            Total = details.TotalTokenCount,
        };
        return AdapterCounts.Read(details) is not { } more ? report : report with
        {
            Cached = report.Cached ?? NotZero(more.CachedInputTokens),
            CacheWrites = more.CacheWriteTokens,
            InputAudio = report.InputAudio ?? NotZero(more.InputAudioTokens),
            OutputAudio = report.OutputAudio ?? NotZero(more.OutputAudioTokens),
            WebSearches = NotZero(more.WebSearches),
            LeavesCacheOut = AdapterCounts.LeavesCacheOut(details),
        };
    }

    /// <summary>The normalised usage that an adapter reports of a whole answer; unknown when it has none of the counts that matter.</summary>
    public static MeasuredUsage MeasureWhole(UsageDetails? details)
    {
        if (From(details) is not { } report)
        {
            return default;
        }

        (Usage usage, string? issue) = report.Resolve();
        return new MeasuredUsage(usage, false, issue);
    }

    /// <summary>The normalised usage that an adapter reports of a whole answer; null when it has none of the counts that matter, or some that contradict each other.</summary>
    public static Usage? UsageIn(UsageDetails? details) => MeasureWhole(details) is { Issue: null, Usage: { } usage } ? usage : null;

    /// <summary>A report that was read off the wire.</summary>
    public static UsageReport From(in Usage usage, string? issue, bool lacksInput) =>
        new() { Normalised = usage, Input = lacksInput ? null : usage.InputTokens, Output = usage.OutputTokens, KnownIssue = issue, LacksInput = lacksInput };

    /// <summary>Whether this is the running total of the response that an earlier report was about: no count has fallen. A 0 after a count says nothing.</summary>
    public bool Continues(in UsageReport earlier) => Normalised is not null || (!HasFallen(earlier.Input, Input) && !HasFallen(earlier.Output, Output));

    /// <summary>This report, completed by the counts that only an earlier one has: some report the input first and the output last.</summary>
    public UsageReport Over(in UsageReport earlier) => Combine(earlier, Later) with
    {
        // The total of a report without input is that of the output.
        Total = Input > 0 || earlier.Input is null or 0 ? Total : null,
        Normalised = Normalised ?? earlier.Normalised,
        KnownIssue = Normalised is null ? earlier.KnownIssue : KnownIssue,
        LacksInput = LacksInput,
    };

    /// <summary>Both reports together, when each is about a part of the response.</summary>
    public UsageReport Plus(in UsageReport earlier) => Combine(earlier, Sum);

    /// <summary>The report without what it says of the output.</summary>
    public UsageReport WithoutOutput() => this with { Output = null, Reasoning = null, OutputAudio = null, Total = Output is null ? Total : Input };

    /// <summary>The normalised usage, and why the counts can't all be right; null when one reading explains all of them.</summary>
    public (Usage Usage, string? Issue) Resolve()
    {
        if (Normalised is { } usage)
        {
            return (usage, KnownIssue);
        }

        long output = Output ?? 0;
        long input = Input ?? Math.Max(0, (Total ?? output) - output);
        long added = LeavesCacheOut ? (Cached ?? 0) + (CacheWrites ?? 0) : 0;
        var stated = new StatedUsage(
            new Usage
            {
                InputTokens = input + added,
                CachedInputTokens = Cached ?? 0,
                CacheWriteTokens = CacheWrites ?? 0,
                InputAudioTokens = Math.Min(InputAudio ?? 0, input),
                OutputTokens = output,
                ReasoningTokens = Reasoning ?? 0,
                OutputAudioTokens = OutputAudio ?? 0,
                WebSearches = WebSearches ?? 0,
            },
            Input is null || Output is null ? null : Total,
            IsCacheAdded: LeavesCacheOut);
        return stated.Resolve();
    }

    /// <summary>Why the counts can't be right beside what the answer holds; null when nothing contradicts them.</summary>
    /// <param name="hasOutput">Whether the answer has text or calls of tools.</param>
    /// <param name="hasReasoning">Whether the answer has reasoning text.</param>
    public string? IssueBeside(bool hasOutput, bool hasReasoning) => this switch
    {
        { Output: 0 } when hasOutput => UsageIssue.OutputWithoutTokens,
        { Input: 0, Output: > 0 } when (Cached ?? 0) + (CacheWrites ?? 0) == 0 => UsageIssue.InputWithoutTokens,

        // Some hosts report zeroes for what they don't pass on.
        { Reasoning: 0 } when hasReasoning => UsageIssue.ReasoningWithoutTokens,
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
        WebSearches = combine(earlier.WebSearches, WebSearches),
        Total = combine(earlier.Total, Total),
        LeavesCacheOut = earlier.LeavesCacheOut || LeavesCacheOut,
    };

    private static long? NotZero(long count) => count == 0 ? null : count;

    private static bool HasFallen(long? earlier, long? later) => later > 0 && later < earlier;

    private static long? Later(long? earlier, long? later) => later is null or 0 ? earlier ?? later : later;

    private static long? Sum(long? one, long? other) => one is { } left && other is { } right ? CountBounds.Sum(left, right) : one ?? other;
}
