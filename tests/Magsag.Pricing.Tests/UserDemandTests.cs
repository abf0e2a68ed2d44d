using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Listings;
using Magsag.Pricing.Tokens;

namespace Magsag.Pricing.Tests;

/// <summary>What users of other cost tools complained about; the names say which complaint can't be made here.</summary>
public sealed class UserDemandTests
{
    private static readonly PriceCatalog Catalog = PriceCatalog.Embedded;
    private static readonly PriceTerms Terms = new(new DateTimeOffset(2026, 8, 21, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Demand_1_cache_creation_is_billed_once()
    {
        Usage usage = UsageConventions.FromAnthropic(input: 2743, output: 4, cacheWrite: 12304);

        Assert.Equal(((2743 * 3m) + (12304 * 3.75m) + (4 * 15m)) / 1_000_000m, Catalog.Price(new BilledCall("claude-sonnet-4-5", usage, Terms)).Amount);
    }

    [Fact]
    public void Demand_2_cache_reads_are_not_billed_as_plain_input()
    {
        decimal? fromAnthropic = Catalog.Price(new BilledCall("claude-sonnet-4-5", UsageConventions.FromAnthropic(input: 60, output: 0, cacheRead: 30_940), Terms)).Amount;
        decimal? fromOpenAIFormat = Catalog.Price(new BilledCall("claude-sonnet-4-5", UsageConventions.FromOpenAI(input: 31_000, output: 0, cached: 30_940), Terms)).Amount;

        Assert.Equal(((60 * 3m) + (30_940 * 0.3m)) / 1_000_000m, fromAnthropic);
        Assert.Equal(fromAnthropic, fromOpenAIFormat);
    }

    [Fact]
    public void Demand_3_the_write_price_replaces_the_input_price()
    {
        var written = new Usage { InputTokens = 1000, CacheWriteTokens = 1000 };

        Assert.Equal(0.00375m, Catalog.Price(new BilledCall("claude-sonnet-4-5", written, Terms)).Amount);
    }

    [Fact]
    public void Demand_5_input_is_the_same_total_whatever_the_providers_convention_is()
    {
        Usage exclusive = UsageConventions.FromAnthropic(input: 86, output: 300, cacheRead: 17_817);
        Usage inclusive = UsageConventions.FromOpenAI(input: 17_903, output: 300, cached: 17_817);

        Assert.Equal(17_903, exclusive.InputTokens);
        Assert.Equal(exclusive, inclusive);
    }

    [Fact]
    public void Demand_6_the_catalogue_has_a_word_for_every_unit()
    {
        const string Line = "standard in 1 cached 2 write 3 write1h 4 out 5 reasoning 6 citation 7 audio-in 8 audio-cached 9 audio-out 10 image-in 11 image-cached 12 image-out 13 video-in 14 video-out 15 search 16 request 17 audio-hour 18";

        Assert.Contains(Line, PriceCatalog.Parse($"format 1\nprovider a\n  model m\n    price source s 2026-01-01\n      {Line}\n").Print(), StringComparison.Ordinal);
    }

    [Fact]
    public void Demand_26_calls_of_an_unknown_model_are_never_a_small_sum()
    {
        var call = new BilledCall("claude-mystery-9", new Usage { InputTokens = 100_000, OutputTokens = 2_466 }, Terms);
        Cost cost = Enumerable.Repeat(call, 365).Aggregate(default(Cost), static (sum, call) => sum + Catalog.Price(call));

        Assert.Null(cost.Amount);
        Assert.Equal(CostKind.Unpriced, cost.Kind);
        MissingPrice missing = Assert.Single(cost.Missing);
        Assert.Equal((365, 365 * 102_466), (missing.Calls, missing.Tokens));
    }

    [Fact]
    public void Demand_27_a_total_shows_its_lower_bound_and_what_it_lacks()
    {
        Cost cost = Catalog.Price(new BilledCall("gpt-4o", new Usage { InputTokens = 1000, OutputTokens = 100 }, Terms))
            + Catalog.Price(new BilledCall("gpt-4p", new Usage { InputTokens = 1000, OutputTokens = 200 }, Terms));

        Assert.Equal("at least $0.0035 (unpriced: gpt-4p, 1 call, 1200 tokens)", cost.ToString());
        Assert.Contains("gpt-4o", cost.Missing[0].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200_000, 3)]
    [InlineData(200_001, 6)]
    public void Demand_28_a_tier_is_a_cliff_at_its_boundary(long input, decimal price) =>
        Assert.Equal(input * price / 1_000_000m, Catalog.Price(new BilledCall("claude-sonnet-4-5", new Usage { InputTokens = input }, Terms)).Amount);

    [Fact]
    public void Demand_28_tiers_are_graduated_where_the_row_says_so() =>
        Assert.Equal(
            ((32_000 * 1m) + (8_000 * 1.8m) + (10_000 * 0.1m) + (1_000 * 5m)) / 1_000_000m,
            Test("price graduated source s 2026-01-01\n      standard in 1 cached 0.1 out 5\n      standard over 32000 in 1.8 cached 0.18 out 9", new Usage { InputTokens = 50_000, CachedInputTokens = 10_000, OutputTokens = 1_000 }));

    [Fact]
    public void Demand_29_the_returned_tier_is_billed_and_not_the_one_asked_for()
    {
        var usage = new Usage { InputTokens = 1000, OutputTokens = 100 };

        Assert.Equal(0.004m, Catalog.Price(new BilledCall("gpt-5.5", usage, Terms with { ServiceTier = "flex" })).Amount);
        Assert.Equal(0.008m, Catalog.Price(new BilledCall("gpt-5.5", usage, Terms with { ServiceTier = "default" })).Amount);
    }

    [Fact]
    public void Demand_29_a_tier_without_a_price_is_unknown_and_not_standard() =>
        Assert.Equal(MissingReason.UnknownTier, Assert.Single(Catalog.Price(new BilledCall("gpt-5.5", new Usage { InputTokens = 1 }, Terms with { ServiceTier = "scale" })).Missing).Reason);

    [Fact]
    public void Demand_29_a_batch_keeps_its_discount_above_a_tier_and_on_cached_tokens() =>
        Assert.Equal(
            ((200_000 * 2.5m) + (100_000 * 0.25m) + (10 * 11.25m)) / 1_000_000m,
            Catalog.Price(new BilledCall("gpt-5.4", new Usage { InputTokens = 300_000, CachedInputTokens = 100_000, OutputTokens = 10 }, Terms with { Batch = true })).Amount);

    [Fact]
    public void Demand_31_a_region_is_a_dimension_of_its_own_and_no_price_is_ever_invented()
    {
        var usage = new Usage { InputTokens = 100_000 };

        Assert.Equal(0.25m, Catalog.Price(new BilledCall("gpt-5.4", usage, Terms)).Amount);
        Assert.Equal(0.275m, Catalog.Price(new BilledCall("gpt-5.4", usage, Terms with { Region = "eu" })).Amount);
        Assert.Null(Catalog.Price(new BilledCall("no-such-model", usage, Terms with { Region = "eu" })).Amount);
    }

    [Fact]
    public void Fact_a_cached_token_without_a_cached_price_costs_the_input_price() =>
        Assert.Equal(0.001m, Test("price source s 2026-01-01\n      standard in 1 out 2", new Usage { InputTokens = 1000, CachedInputTokens = 900 }));

    [Fact]
    public void Fact_tiers_are_ordered_as_numbers_and_not_as_text() =>
        Assert.Equal(
            300_000 * 4m / 1_000_000m,
            Test("price source s 2026-01-01\n      standard in 1\n      standard over 32000 in 2\n      standard over 128000 in 3\n      standard over 256000 in 4", new Usage { InputTokens = 300_000 }));

    [Fact]
    public void Fact_the_whole_request_is_billed_above_a_tier_and_not_only_the_excess() =>
        Assert.Equal(300_000 * 6m / 1_000_000m, Catalog.Price(new BilledCall("claude-sonnet-4-5", new Usage { InputTokens = 300_000 }, Terms)).Amount);

    [Theory]
    [InlineData(0.1, 100)]
    [InlineData(100, 0.1)]
    [InlineData(2.5, 0.0000025)]
    [InlineData(0.1, 2500)]
    public void Fact_a_price_that_is_a_thousand_times_off_is_stopped(double before, double after) =>
        Assert.NotNull(PriceSanity.Problem(RateUnit.Input, (decimal)after, (decimal)before));

    [Fact]
    public void Fact_where_the_sources_disagree_the_row_says_which_side_it_takes()
    {
        Assert.Contains(Catalog.Find("gpt-4o-2024-05-13")!.Notes, note => note.StartsWith("genai-prices folds this snapshot into gpt-4o at 2.5/10", StringComparison.Ordinal));
        Assert.Contains(Catalog.Find("deepseek-chat")!.Notes, note => note.Contains("hour of the day", StringComparison.Ordinal));
        Assert.True(Catalog.Models.Count(model => model.Notes.Count > 0) >= 140);
    }

    [Fact]
    public void Fact_a_newer_price_never_reprices_the_past()
    {
        var call = new BilledCall("gpt-5.6-luna", new Usage { InputTokens = 1_000_000 }, new PriceTerms(new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero)), "openai");

        Assert.Equal(Cost.Money(2m), Catalog.Price(call));
        Assert.Equal(Cost.Money(0.4m), Catalog.Price(call with { Terms = Terms }));
    }

    private static decimal? Test(string prices, Usage usage) =>
        PriceCatalog.Parse($"format 1\nprovider test\n  model m\n    {prices}\n").Price(new BilledCall("m", usage, Terms)).Amount;
}
