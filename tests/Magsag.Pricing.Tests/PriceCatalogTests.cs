using Magsag.Pricing;

namespace Magsag.Pricing.Tests;

public sealed class PriceCatalogTests
{
    [Fact]
    public void A_call_costs_its_tokens_times_the_price_per_million() =>
        Assert.Equal(0.0035m, PriceCatalog.Embedded.CostOf("gpt-4o", new Usage { InputTokens = 1000, OutputTokens = 100 }, new PriceTerms(DateTimeOffset.UnixEpoch.AddYears(56))));
}
