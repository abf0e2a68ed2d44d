using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Listings;
using Magsag.Pricing.Tokens;

namespace Magsag.Pricing.Tests;

public sealed class CatalogueDateTests
{
    private const string Text = """
        format 1

        provider acme

          model acme-1
            note Acme 2027-01-01 lists more.
            price source acme 2026-08-01
              standard in 2 out 2
            price from 2026-09-01 source acme 2026-08-21
              standard in 4 out 4

          model acme-2
            price utc 00:30-16:30 source acme 2026-07-01
              standard in 8 out 8

          model acme-3
            price from 2026-12-01 source acme 2026-07-01
              standard in 5 out 5

        """;

    private static readonly PriceCatalog Catalog = PriceCatalog.Parse(Text);

    [Fact]
    public void A_catalogue_is_of_the_day_on_which_its_newest_price_was_read() =>
        Assert.Equal(new DateTimeOffset(2026, 8, 21, 0, 0, 0, TimeSpan.Zero), Catalog.AsOf);

    [Fact]
    public void The_embedded_catalogue_finds_its_date_without_parsing_its_models() => Assert.Equal(
        PriceCatalog.Embedded.Models.SelectMany(static model => model.Entry.Periods).Max(static period => period.ReadOn),
        PriceCatalog.ReadEmbedded().AsOf.UtcDateTime);

    [Fact]
    public void Deployments_and_prices_of_ones_own_do_not_move_the_date()
    {
        ModelEntry own = Catalog.Find("acme-1")!.Entry with { Periods = [.. Catalog.Find("acme-1")!.Entry.Periods.Select(static period => period with { ReadOn = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc) })] };

        Assert.Equal(Catalog.AsOf, Catalog.With([own], [new("prod", "acme-1")]).AsOf);
    }

    [Theory]
    [InlineData("acme-1", 2)]
    [InlineData("acme-2", 8)]
    [InlineData("acme-3", 5)]
    public void A_listed_price_is_that_of_the_catalogues_date_whatever_the_hour(string model, int input) =>
        Assert.Equal(input, Catalog.Find(model)!.RatesFor(Catalog.Listed())!.Input);

    [Fact]
    public void A_listed_price_that_begins_later_is_not_in_force_at_an_unknown_tier() => Assert.Equal(
        MissingReason.NotInForce,
        Assert.Single(Catalog.Price(new BilledCall("acme-3", new Usage { InputTokens = 1 }, Catalog.Listed("express"))).Missing).Reason);

    [Fact]
    public void A_cheaper_model_that_is_about_to_go_is_no_suggestion() =>
        Assert.All(PriceCatalog.Embedded.CheaperThan(PriceCatalog.Embedded.Find("gpt-4o")!), static cheaper => Assert.Null(cheaper.Model.RetiredOn));

    [Fact]
    public void Premium_is_decided_by_the_listed_price_when_no_time_is_given() =>
        Assert.Equal((true, false), (Catalog.IsPremium(Catalog.Find("acme-1")!), Catalog.IsPremium(Catalog.Find("acme-1")!, 2.01m)));
}
