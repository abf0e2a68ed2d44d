using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Tokens;

namespace Magsag.Pricing.Tests;

public sealed class CostTests
{
    private static readonly MissingPrice Missing = new("gpt-99", MissingReason.UnknownModel, 1, 100, "unknown");

    [Fact]
    public void Nothing_costs_exactly_nothing() => Assert.Equal(Cost.Money(0m), default);

    [Fact]
    public void Money_and_money_is_money() => Assert.Equal(Cost.Money(3m), Cost.Money(1m) + Cost.Money(2m));

    [Fact]
    public void An_estimate_makes_the_sum_an_estimate()
    {
        Cost sum = Cost.Money(1m) + Cost.Estimated(2m);

        Assert.Equal((CostKind.Estimated, 3m, "about $3"), (sum.Kind, sum.Amount, sum.ToString()));
    }

    [Fact]
    public void What_is_unpriced_leaves_the_sum_a_lower_bound()
    {
        Cost sum = Cost.Money(1m) + Cost.Unpriced(Missing, known: 0.5m) + Cost.Unpriced(Missing) + Cost.Estimated(1m);

        Assert.Equal((CostKind.Unpriced, null, 2.5m), (sum.Kind, sum.Amount, sum.LowerBound));
        Assert.Equal(Missing with { Calls = 2, Tokens = 200 }, Assert.Single(sum.Missing));
        Assert.Equal("at least $2.5 (unpriced: gpt-99, 2 calls, 200 tokens)", sum.ToString());
    }

    [Fact]
    public void Of_many_unpriced_models_those_with_the_most_calls_are_named()
    {
        Cost sum = Enumerable.Range(1, 8).Aggregate(Cost.Money(1m), static (sum, calls) => sum + Cost.Unpriced(Missing with { Model = $"model-{calls}", Calls = calls, Tokens = 10 }));

        Assert.Equal("at least $1 (unpriced: model-8, 8 calls, 10 tokens and model-7, 7 calls, 10 tokens and model-6, 6 calls, 10 tokens and model-5, 5 calls, 10 tokens and model-4, 4 calls, 10 tokens and 3 more models)", sum.ToString());
    }

    [Fact]
    public void A_comparison_says_when_nobody_can_tell()
    {
        Cost unpriced = Cost.Unpriced(Missing, known: 2m);

        Assert.Equal(CostOrder.Less, Cost.Money(1m).CompareWith(Cost.Money(2m)));
        Assert.Equal(CostOrder.Equal, Cost.Money(2m).CompareWith(Cost.Money(2.0m)));
        Assert.Equal(CostOrder.Greater, unpriced.CompareWith(Cost.Money(1m)));
        Assert.Equal(CostOrder.Less, Cost.Money(1m).CompareWith(unpriced));
        Assert.Equal(CostOrder.Unknown, unpriced.CompareWith(Cost.Money(2m)));
        Assert.Equal(CostOrder.Unknown, unpriced.CompareWith(unpriced));
    }

    [Fact]
    public void A_negative_cost_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Cost.Money(-0.01m));

    [Theory]
    [InlineData("gpt-4o", 10, 20, null, MissingReason.InvalidUsage)]
    [InlineData("gpt-99", 10, 0, null, MissingReason.UnknownModel)]
    [InlineData("gpt-4o", 10, 0, "warp", MissingReason.UnknownTier)]
    public void A_call_without_a_price_says_why(string model, long input, long cached, string? tier, MissingReason reason)
    {
        Cost cost = PriceCatalog.Embedded.Price(new BilledCall(model, new Usage { InputTokens = input, CachedInputTokens = cached }, new PriceTerms(DateTimeOffset.UnixEpoch, tier)));

        Assert.Equal(reason, Assert.Single(cost.Missing).Reason);
    }

    [Fact]
    public void A_call_keeps_what_is_known_of_it_when_a_fee_is_unlisted()
    {
        Cost cost = PriceCatalog.Embedded.Price(new BilledCall("gpt-4o", new Usage { InputTokens = 1_000_000, WebSearches = 1 }, new PriceTerms(DateTimeOffset.UnixEpoch)));

        Assert.Equal((2.5m, MissingReason.UnlistedUnit), (cost.LowerBound, Assert.Single(cost.Missing).Reason));
    }

    [Theory]
    [InlineData("2026-07-29T23:59:59.9999999Z", 1)]
    [InlineData("2026-07-30T00:00:00Z", 0.2)]
    [InlineData("2026-07-30T01:59:59.9999999+02:00", 1)]
    [InlineData("2026-07-29T20:00:00-04:00", 0.2)]
    public void A_price_holds_from_the_first_instant_of_its_day_in_UTC(string at, double perMillion) =>
        Assert.Equal((decimal)perMillion, PriceCatalog.Embedded.Price(new BilledCall("gpt-5.6-luna", new Usage { InputTokens = 100_000 }, new PriceTerms(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)), "openai")).Amount * 10m);

    [Fact]
    public void A_price_that_begins_later_is_not_in_force_yet()
    {
        PriceCatalog catalog = PriceCatalog.Parse("format 1\nprovider a\n  model m\n    price from 2026-05-01 source s 2026-05-01\n      standard in 1\n");
        var call = new BilledCall("m", new Usage { InputTokens = 1 }, new PriceTerms(new DateTimeOffset(2026, 4, 30, 23, 59, 59, TimeSpan.Zero)));

        Assert.Equal(MissingReason.NotInForce, Assert.Single(catalog.Price(call).Missing).Reason);
        Assert.Equal(Cost.Money(0.000001m), catalog.Price(call with { Terms = new PriceTerms(call.Terms.At.AddSeconds(1)) }));
    }
}
