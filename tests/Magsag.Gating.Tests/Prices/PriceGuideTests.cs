using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Tokens;

namespace Magsag.Gating.Tests.Prices;

public sealed class PriceGuideTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_example_of_the_guide_is_read_and_prices_as_it_says()
    {
        string guide = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "prices.md"));
        string example = guide.Split("```yaml\n")[1].Split("```")[0];
        File.WriteAllText(_directory.File(OwnPrices.FileName), example);
        PriceCatalog catalog = OwnPrices.Over(_directory.File(OwnPrices.FileName), PriceCatalog.Embedded);
        var thousand = new Usage { InputTokens = 1000, OutputTokens = 1000 };

        Assert.Equal(0.0125m * 0.85m, catalog.Price(new BilledCall("gpt-4o", thousand, new PriceTerms(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero)))).Amount);
        Assert.Equal(0.005m, catalog.Price(new BilledCall("acme-large", thousand, new PriceTerms(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)))).Amount);
        Assert.NotNull(catalog.Find("support-prod", "azure.ai.openai"));
    }
}
