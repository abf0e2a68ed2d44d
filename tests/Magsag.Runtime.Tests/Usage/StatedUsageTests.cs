using Magsag.Pricing.Tokens;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

/// <summary>Figures that contradict each other have one reading that explains all of them, or are a lower bound.</summary>
public sealed class StatedUsageTests
{
    [Fact]
    public void Counts_that_add_up_are_taken_as_they_are() =>
        Assert.Equal((Of(100, 20), null), new StatedUsage(Of(100, 20), 120).Resolve());

    [Fact]
    public void Cached_tokens_beside_the_input_are_moved_into_it_where_the_total_says_so() =>
        Assert.Equal((Of(150, 20) with { CachedInputTokens = 50 }, null), new StatedUsage(Of(100, 20) with { CachedInputTokens = 50 }, 170).Resolve());

    [Fact]
    public void Cached_tokens_above_the_input_stand_beside_it() =>
        Assert.Equal((Of(518, 20) with { CachedInputTokens = 500 }, null), new StatedUsage(Of(18, 20) with { CachedInputTokens = 500 }).Resolve());

    [Fact]
    public void Writes_beside_an_input_that_includes_what_was_read_are_moved_alone() =>
        Assert.Equal((Of(400, 20) with { CachedInputTokens = 50, CacheWriteTokens = 300 }, null), new StatedUsage(Of(100, 20) with { CachedInputTokens = 50, CacheWriteTokens = 300 }, 420).Resolve());

    [Fact]
    public void Cached_tokens_that_a_convention_adds_are_taken_out_where_the_input_has_them_already() =>
        Assert.Equal((Of(100, 20) with { CachedInputTokens = 40 }, null), new StatedUsage(Of(140, 20) with { CachedInputTokens = 40 }, 120, IsCacheAdded: true).Resolve());

    [Fact]
    public void Reasoning_beside_the_output_is_moved_into_it() =>
        Assert.Equal((Of(1000, 1100) with { ReasoningTokens = 1000 }, null), new StatedUsage(Of(1000, 100) with { ReasoningTokens = 1000 }, 2100).Resolve());

    [Fact]
    public void Cache_and_reasoning_are_moved_together_where_only_that_explains_the_total() =>
        Assert.Equal((Of(130, 27) with { CachedInputTokens = 30, ReasoningTokens = 7 }, null), new StatedUsage(Of(100, 20) with { CachedInputTokens = 30, ReasoningTokens = 7 }, 157).Resolve());

    [Fact]
    public void A_total_that_two_readings_explain_leaves_a_lower_bound() =>
        Assert.Equal(
            (Of(100, 50) with { CachedInputTokens = 30, ReasoningTokens = 30 }, UsageIssue.TotalMismatch),
            new StatedUsage(Of(100, 50) with { CachedInputTokens = 30, ReasoningTokens = 30 }, 180).Resolve());

    [Fact]
    public void What_is_missing_is_not_invented() =>
        Assert.Equal((Of(1000, 100), UsageIssue.TotalMismatch), new StatedUsage(Of(1000, 100), 2100).Resolve());

    [Theory]
    [InlineData(600, 0, 0, UsageIssue.CachedAboveInput, 100, 0, 0)]
    [InlineData(60, 600, 0, UsageIssue.CacheWriteAboveInput, 60, 40, 0)]
    [InlineData(0, 0, 200, UsageIssue.ReasoningAboveOutput, 0, 0, 20)]
    public void What_no_reading_explains_is_cut_to_the_totals_and_named(long cached, long written, long reasoning, string issue, long keptCached, long keptWritten, long keptReasoning)
    {
        (Usage usage, string? found) = new StatedUsage(Of(100, 20) with { CachedInputTokens = cached, CacheWriteTokens = written, ReasoningTokens = reasoning }, 7).Resolve();

        Assert.Equal((issue, keptCached, keptWritten, keptReasoning), (found, usage.CachedInputTokens, usage.CacheWriteTokens, usage.ReasoningTokens));
        Assert.Null(usage.Problem);
    }

    [Fact]
    public void Counts_that_would_wrap_around_stay_ones_that_can_not_be_right() =>
        Assert.NotNull(new StatedUsage(Of(long.MaxValue, 2) with { CachedInputTokens = long.MaxValue }, 0).Resolve().Issue);

    // AWS's adapter (AWSSDK.Extensions.Bedrock.MEAI, CreateUsageDetails) and tghamm's Anthropic.SDK.
    [Fact]
    public void An_adapter_that_leaves_cached_tokens_out_of_the_input_is_known_by_its_names() =>
        Assert.Equal(
            (Of(8002, 386) with { CacheWriteTokens = 7502 }, null),
            UsageReport.From(new UsageDetails { InputTokenCount = 500, OutputTokenCount = 386, AdditionalCounts = new() { ["CacheReadInputTokens"] = 0, ["CacheWriteInputTokens"] = 7502 } })!.Value.Resolve());

    private static Usage Of(long input, long output) => new() { InputTokens = input, OutputTokens = output };
}
