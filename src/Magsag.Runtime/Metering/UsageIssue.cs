namespace Magsag.Runtime.Metering;

/// <summary>Why reported figures can't all be right, in the words of <c>usage_issue</c>.</summary>
internal static class UsageIssue
{
    /// <summary>More tokens were read from the cache than there was input, and no reading of the counts explains that.</summary>
    public const string CachedAboveInput = "cached_above_input";

    /// <summary>More tokens were written to the cache than there was input.</summary>
    public const string CacheWriteAboveInput = "cache_write_above_input";

    /// <summary>Parts of the output are more than the output.</summary>
    public const string ReasoningAboveOutput = "reasoning_above_output";

    /// <summary>The total isn't the sum of its parts, in whatever way they are read.</summary>
    public const string TotalMismatch = "total_mismatch";

    /// <summary>The answer has text, and 0 output tokens.</summary>
    public const string OutputWithoutTokens = "output_without_tokens";

    /// <summary>There is output, and 0 input tokens.</summary>
    public const string InputWithoutTokens = "input_without_tokens";

    /// <summary>The answer has reasoning, and 0 reasoning tokens. Where these are billed as output, the cost is right all the same.</summary>
    public const string ReasoningWithoutTokens = "reasoning_without_tokens";

    /// <summary>A tool ran at the provider whose fee nobody here knows.</summary>
    public const string ToolFeeUnknown = "tool_fee_unknown";

    /// <summary>The fee of a request depends on a size that has no listed price.</summary>
    public const string RequestFeeUnknown = "request_fee_unknown";

    /// <summary>A reseller states its own fee, and not what the provider bills on one's own key.</summary>
    public const string UpstreamCostUnknown = "upstream_cost_unknown";

    /// <summary>Whether a cost that is priced by such figures is the least that was billed.</summary>
    public static bool IsLowerBound(string? issue) => issue is not (null or ReasoningWithoutTokens);
}
