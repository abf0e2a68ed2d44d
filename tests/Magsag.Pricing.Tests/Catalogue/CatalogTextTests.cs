using System.Globalization;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Listings;
using Magsag.Pricing.Tokens;

namespace Magsag.Pricing.Tests.Catalogue;

public sealed class CatalogTextTests
{
    [Theory]
    [InlineData("", 0, "names no format")]
    [InlineData("format 2\n", 1, "Expected 'format 1'")]
    [InlineData("format 1\nmodels\n", 2, "Expected 'provider NAME'")]
    [InlineData("format 1\n  model m\n", 2, "before the first provider")]
    [InlineData("format 1\nprovider a\n  resold\n", 3, "did you mean 'resells'")]
    [InlineData("format 1\nprovider a\nprovider a\n", 3, "already names the provider")]
    [InlineData("format 1\nprovider a\n  model m\n    mode chat\n", 3, "has no price")]
    [InlineData("format 1\nprovider a\n  model m\n    context 1\n    context 2\n", 5, "stands twice")]
    [InlineData("format 1\nprovider a\n  model m\n    price source s 2026-01-01\n      standard in 1\n      flex over 5 in 2\n", 4, "that the standard prices lack")]
    [InlineData("format 1\nprovider a\n  model m\n    contxt 1\n", 4, "did you mean 'context'")]
    [InlineData("format 1\nprovider a\n  model m\n    context many\n", 4, "isn't a number of tokens")]
    [InlineData("format 1\nprovider a\n  model m\n    retired soon\n", 4, "isn't a date")]
    [InlineData("format 1\nprovider a\n  model m\n    uplift eu\n", 4, "takes a region and a factor")]
    [InlineData("format 1\nprovider a\n  model m\n    price\n      standard in 1\n", 4, "names no source")]
    [InlineData("format 1\nprovider a\n  model m\n    price currency EUR source s 2026-01-01\n      standard in 1\n", 4, "The currency 'EUR'")]
    [InlineData("format 1\nprovider a\n  model m\n    price source s 2026-01-01\n      standard in -1\n", 5, "is negative")]
    [InlineData("format 1\nprovider a\n  model m\n    price source s 2026-01-01\n      standard in 1,5\n", 5, "isn't a price")]
    [InlineData("format 1\nprovider a\n  model m\n    price source s 2026-01-01\n      standard in\n", 5, "has no price after it")]
    [InlineData("format 1\nprovider a\n  model m\n    price source s 2026-01-01\n      standard inn 1\n", 5, "did you mean 'in'")]
    [InlineData("format 1\nprovider a\n  model m\n    price source s 2026-01-01\n      standard in 1 in 2\n", 5, "priced twice")]
    [InlineData("format 1\nprovider a\n  model m\n    price source s 2026-01-01\n      batch in 1\n", 4, "doesn't start with a line 'standard")]
    [InlineData("format 1\nprovider a\n  model m\n    price source s 2026-01-01\n      standard in 1\n      standard over 5 in 1\n      standard over 5 in 2\n", 7, "overlaps")]
    [InlineData("format 1\nprovider a\n  model m\n    price source s 2026-01-01\n      standard in 1\n      standard over 9 in 1\n      standard over 5 in 2\n", 7, "overlap")]
    [InlineData("format 1\nprovider a\n  model m\n    price source s 2026-01-01\n      standard in 1\n    price source s 2026-01-01\n      standard in 2\n", 6, "overlap")]
    [InlineData("format 1\nprovider a\n  model m\n    price from 2026-05-01 source s 2026-01-01\n      standard in 1\n    price from 2026-04-01 source s 2026-01-01\n      standard in 2\n", 6, "overlap")]
    [InlineData("format 1\nprovider a\n  model m\n    price utc 01:00-05:00 source s 2026-01-01\n      standard in 1\n    price utc 04:00-06:00 source s 2026-01-01\n      standard in 2\n", 6, "overlap")]
    [InlineData("format 1\nprovider a\n  model m\n    price utc 25:00-05:00 source s 2026-01-01\n      standard in 1\n", 4, "isn't a time of day")]
    [InlineData("format 1\nprovider a\n  model m\n    price source s 2026-01-01\n      standard in 1\n  model n\n    also m\n    price source s 2026-01-01\n      standard in 1\n", 6, "already names the model")]
    public void A_catalogue_that_says_what_cannot_be_is_refused_with_its_line(string text, int line, string problem)
    {
        PriceFormatException error = Assert.Throws<PriceFormatException>(() => PriceCatalog.Parse(text, "prices.txt"));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Equal(("prices.txt", line), (error.File, error.Line));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    public void Prices_are_read_and_printed_the_same_in_every_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            PriceCatalog catalog = PriceCatalog.Parse(PriceCatalog.Embedded.Print());

            Assert.Equal(0.0021m, catalog.Price(new BilledCall("GPT-4O-MINI", new Usage { InputTokens = 10_000, OutputTokens = 1_000 }, default)).Amount);
            Assert.Contains("in 0.15 cached 0.075", PriceCatalog.Embedded.Print(), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
