using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Tokens;

namespace Magsag.Pricing.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(1L << 53)]
    public void Counts_that_no_call_can_have_are_a_problem_instead_of_a_price(long count)
    {
        var usage = new Usage { InputTokens = long.MaxValue, CachedInputTokens = count, CacheWriteTokens = count };

        Assert.NotNull(usage.Problem);
        Assert.Null(PriceCatalog.Embedded.Price(new BilledCall("gpt-4o", usage, default)).Amount);
    }

    [Fact]
    public void Counts_whose_differences_wrap_around_have_no_price()
    {
        var input = new Usage { InputTokens = 100, CachedInputTokens = long.MaxValue, CacheWriteTokens = long.MaxValue };
        var output = new Usage { OutputTokens = long.MinValue, ReasoningTokens = 1 };

        Assert.Null(PriceCatalog.Embedded.Price(new BilledCall("claude-sonnet-4-5", input, default)).Amount);
        Assert.Null(PriceCatalog.Embedded.Price(new BilledCall("claude-sonnet-4-5", output, default)).Amount);
    }

    [Fact]
    public void The_largest_counts_are_priced_exactly() =>
        Assert.Equal(
            9_007_199_254_740_991m * 12.5m / 1_000_000m,
            PriceCatalog.Embedded.Price(new BilledCall("gpt-4o", new Usage { InputTokens = (1L << 53) - 1, OutputTokens = (1L << 53) - 1 }, default)).Amount);
}
