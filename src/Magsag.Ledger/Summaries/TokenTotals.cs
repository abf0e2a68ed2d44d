using Magsag.Ledger.Figures;
using Magsag.Pricing.Tokens;

namespace Magsag.Ledger.Summaries;

/// <summary>Token counts and cost added up over calls.</summary>
/// <remarks>What wasn't known of a call isn't in the sums; the counters say how many calls that were.</remarks>
public sealed record TokenTotals
{
    /// <summary>Billable calls: every record but cache hits.</summary>
    public long Calls { get; init; }

    /// <summary>Calls that were answered or cancelled but whose usage is unknown.</summary>
    public long UnmeteredCalls { get; init; }

    /// <summary>Calls with usage but without a known price.</summary>
    public long UnpricedCalls { get; init; }

    /// <summary>The tokens of the calls without a known price.</summary>
    public long UnpricedTokens { get; init; }

    /// <summary>Calls of which only the least that they cost is known; that is in the cost.</summary>
    public long LowerBoundCalls { get; init; }

    /// <summary>Calls whose usage was counted by Magsag because the provider reported none: their cost is an estimate.</summary>
    public long EstimatedCalls { get; init; }

    /// <summary>All that was used, as a usage that the price catalogue can price.</summary>
    public Usage Usage { get; init; }

    /// <summary>All input tokens, cached ones included.</summary>
    public long InputTokens
    {
        get => Usage.InputTokens;
        init => Usage = Usage with { InputTokens = value };
    }

    /// <summary>Input tokens read from the provider's cache.</summary>
    public long CachedInputTokens
    {
        get => Usage.CachedInputTokens;
        init => Usage = Usage with { CachedInputTokens = value };
    }

    /// <summary>Input tokens written to the provider's cache.</summary>
    public long CacheWriteTokens
    {
        get => Usage.CacheWriteTokens;
        init => Usage = Usage with { CacheWriteTokens = value };
    }

    /// <summary>Cache writes with a life of one hour.</summary>
    public long CacheWriteOneHourTokens
    {
        get => Usage.CacheWriteOneHourTokens;
        init => Usage = Usage with { CacheWriteOneHourTokens = value };
    }

    /// <summary>All output tokens, reasoning included.</summary>
    public long OutputTokens
    {
        get => Usage.OutputTokens;
        init => Usage = Usage with { OutputTokens = value };
    }

    /// <summary>Reasoning tokens.</summary>
    public long ReasoningTokens
    {
        get => Usage.ReasoningTokens;
        init => Usage = Usage with { ReasoningTokens = value };
    }

    /// <summary>The known cost in US dollars, as recorded: a lower bound where calls are unmetered, unpriced or known by their least cost only.</summary>
    public decimal CostUsd { get; init; }

    /// <summary>Input and output tokens together.</summary>
    public long TotalTokens => TokenSum.Of(InputTokens, OutputTokens);

    /// <summary>Adds two totals up.</summary>
    public static TokenTotals operator +(TokenTotals left, TokenTotals right)
    {
        var sum = new RunningTotals();
        sum.Add(left);
        sum.Add(right);
        return sum.ToTotals();
    }
}
