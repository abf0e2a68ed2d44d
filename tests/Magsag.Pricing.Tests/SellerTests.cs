using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Tokens;

namespace Magsag.Pricing.Tests;

/// <summary>Who sells a call decides what it costs: never the maker's price, nor another reseller's, where somebody else was called.</summary>
public sealed class SellerTests
{
    private static readonly PriceCatalog Catalog = PriceCatalog.Embedded;
    private static readonly PriceTerms Terms = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));
    private static readonly Usage Thousand = new() { InputTokens = 1000, OutputTokens = 1000 };

    [Theory]
    [InlineData("gpt-4o", "grok", "groq")]
    [InlineData("openai/gpt-4o", "openruter", "openrouter")]
    [InlineData("claude-sonnet-4-5", "anthropics", "anthropic")]
    [InlineData("gpt-4o", "azure-openai-prod", "azure")]
    public void A_named_provider_that_the_catalogue_lacks_is_unknown_with_the_nearest_names(string id, string provider, string nearest)
    {
        Cost cost = Catalog.Price(new BilledCall(id, Thousand, Terms, provider));

        Assert.Null(cost.Amount);
        Assert.Equal((MissingReason.UnknownModel, $"The catalogue doesn't know the provider '{provider}'; the nearest names are "), (cost.Missing[0].Reason, cost.Missing[0].Detail[..(cost.Missing[0].Detail.IndexOf("are ", StringComparison.Ordinal) + 4)]));
        Assert.Contains(nearest, cost.Missing[0].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("claude-sonnet-4-5", "groq")]
    [InlineData("gpt-4o", "anthropic")]
    [InlineData("gpt-4o", "cerebras")]
    [InlineData("meta-llama/llama-3.3-70b-instruct-turbo", "fireworks")]
    [InlineData("gemini-2.5-pro", "openai")]
    public void A_provider_that_does_not_list_a_model_sells_it_at_nobodys_price(string id, string provider) => Assert.Null(Catalog.Price(new BilledCall(id, Thousand, Terms, provider)).Amount);

    [Theory]
    [InlineData("gpt-oss-120b", "openai")]
    [InlineData("openai/gpt-oss-20b", "openai")]
    [InlineData("gpt-oss-120b", null)]
    [InlineData("meta-llama/llama-3.3-70b-instruct", null)]
    [InlineData("llama-3.3-70b-instruct", "meta")]
    [InlineData("gemma-3-27b-it", null)]
    public void Open_weights_have_no_makers_price(string id, string? provider) => Assert.Null(Catalog.Price(new BilledCall(id, Thousand, Terms, provider)).Amount);

    [Theory]
    [InlineData("llama3.3:70b-instruct-q4_K_M", "ollama", true)]
    [InlineData("qwen2.5-coder:32b", "ollama", true)]
    [InlineData("gpt-oss:120b-cloud", "ollama", false)]
    [InlineData("llama3.3:70b-instruct-q4_K_M", null, false)]
    [InlineData("gpt-oss:20b", null, false)]
    [InlineData("gpt-4o", "my-vllm", false)]
    [InlineData("llama3.3", "localhost", false)]
    public void A_local_server_is_free_only_where_it_is_known_to_be_one(string id, string? provider, bool isFree) =>
        Assert.Equal(isFree ? 0m : null, Catalog.Price(new BilledCall(id, Thousand, Terms, provider)).Amount);

    [Theory]
    [InlineData("claude-opus-4-8", "anthropic", "us", "1.1")]
    [InlineData("gpt-5.4", "openai", "eu", "1.1")]
    [InlineData("claude-opus-4-8", "anthropic", "global", "1")]
    [InlineData("gpt-4o-mini", "openai", null, "1")]
    public void A_region_costs_its_uplift(string id, string provider, string? region, string factor)
    {
        decimal standard = Catalog.Price(new BilledCall(id, Thousand, Terms, provider)).Amount!.Value;

        Assert.Equal(standard * decimal.Parse(factor, System.Globalization.CultureInfo.InvariantCulture), Catalog.Price(new BilledCall(id, Thousand, Terms with { Region = region }, provider)).Amount);
    }

    [Theory]
    [InlineData("gpt-4o-audio-preview", "openai", 40, 80)]
    [InlineData("gpt-4o-mini-audio-preview", "openai", 10, 20)]
    [InlineData("gpt-realtime-mini", "openai", 10, 20)]
    public void Audio_is_not_text(string id, string provider, int input, int output)
    {
        var sound = new Usage { InputTokens = 1000, InputAudioTokens = 1000, OutputTokens = 1000, OutputAudioTokens = 1000 };

        Assert.Equal((input + output) * 1000m / 1_000_000m, Catalog.Price(new BilledCall(id, sound, Terms, provider)).Amount);
    }

    [Fact]
    public void No_model_that_hears_has_a_price_for_text_alone() => Assert.Empty(
        Catalog.Models.Where(static model => model.Model.Contains("audio", StringComparison.Ordinal) || model.Model.Contains("realtime", StringComparison.Ordinal))
            .Where(static model => !model.Entry.Periods.SelectMany(static period => period.Lines).Any(static line => line.Rates[Magsag.Pricing.Listings.RateUnit.InputAudio] is not null || line.Rates[Magsag.Pricing.Listings.RateUnit.OutputAudio] is not null))
            .Select(static model => model.ToString()));
}
