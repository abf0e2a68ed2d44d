using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Tokens;

namespace Magsag.Pricing.Tests;

public sealed class PriceCatalogTests
{
    private static readonly PriceCatalog Catalog = PriceCatalog.Embedded;
    private static readonly PriceTerms Today = new(new DateTimeOffset(2026, 8, 21, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_call_costs_its_tokens_times_the_price_per_million() =>
        Assert.Equal(0.0035m, Catalog.Price(new BilledCall("gpt-4o", new Usage { InputTokens = 1000, OutputTokens = 100 }, Today)).Amount);

    [Fact]
    public void The_embedded_catalogue_is_valid_to_the_last_line_and_prices_at_least_400_models() =>
        Assert.True(PriceCatalog.Parse(Catalog.Print()).Models.Count() >= 400);

    [Fact]
    public void The_embedded_catalogue_stands_in_its_canonical_form()
    {
        string printed = Catalog.Print();

        Assert.Equal(printed, PriceCatalog.ReadEmbeddedText());
        Assert.Equal(printed, PriceCatalog.Parse(printed).Print());
    }

    [Fact]
    public void The_embedded_catalogue_stays_under_a_megabyte() => Assert.True(PriceCatalog.ReadEmbeddedText().Length < 1_000_000);

    [Theory]
    [InlineData("openai")]
    [InlineData("azure.ai.openai")]
    [InlineData("azure.ai.inference")]
    [InlineData("anthropic")]
    [InlineData("gcp.gemini")]
    [InlineData("gcp.vertex_ai")]
    [InlineData("mistral_ai")]
    [InlineData("cohere")]
    [InlineData("deepseek")]
    [InlineData("x_ai")]
    [InlineData("aws.bedrock")]
    [InlineData("groq")]
    [InlineData("together_ai")]
    public void Every_provider_that_a_team_may_use_has_priced_models(string provider) =>
        Assert.Contains(Catalog.Models, model => model.Provider == provider && model.RatesFor(Today)?.Input is not null);

    [Fact]
    public void Every_price_names_its_source_and_the_day_on_which_it_was_read() =>
        Assert.All(Catalog.Models, model => Assert.Matches(@"^[a-z-]+ 20\d\d-\d\d-\d\d$", model.SourceAt(Today.At)));

    [Theory]
    [InlineData("gpt-4o", "2027-01-14", "gpt-6-luna")]
    [InlineData("o1-preview", "2025-07-28", "o3")]
    [InlineData("claude-3-opus", "2026-05-01", "claude-opus-4-8")]
    [InlineData("claude-3-haiku-20240307", "2026-04-20", "claude-haiku-4-5")]
    [InlineData("claude-3-5-sonnet-20241022", "2025-10-01", "claude-sonnet-4-6")]
    public void A_model_that_retires_keeps_its_price_and_names_its_day_and_successor(string id, string day, string successor)
    {
        ModelPrice model = Catalog.Find(id)!;

        Assert.Equal(day, model.RetiredOn?.ToString("yyyy-MM-dd"));
        Assert.Equal(successor, model.Successor);
        Assert.NotNull(model.Price(new BilledCall(model.Model, new Usage { InputTokens = 1, OutputTokens = 1 }, new PriceTerms(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)))).Amount);
    }

    [Fact]
    public void A_retired_model_names_its_successor_or_says_why_there_is_none() =>
        Assert.All(Catalog.Models.Where(model => model.RetiredOn is not null && model.Successor is null), model => Assert.Contains(model.Notes, note => note.StartsWith("No successor: ", StringComparison.Ordinal)));

    [Fact]
    public void Every_successor_has_a_price_where_the_model_was_called() =>
        Assert.All(Catalog.Models.Where(model => model.Successor is not null), model => Assert.NotNull(Catalog.Find(model.Successor!, model.Provider)?.RatesFor(Today)));

    [Fact]
    public void Every_successor_outlives_its_model() =>
        Assert.All(Catalog.Models.Where(model => model.Successor is not null), model => Assert.False(Catalog.Find(model.Successor!, model.Provider)!.RetiredOn <= model.RetiredOn, $"{model} → {model.Successor}"));
}
