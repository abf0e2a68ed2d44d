using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Tokens;

namespace Magsag.Pricing.Tests;

public sealed class ModelIdTests
{
    private static readonly PriceCatalog Catalog = PriceCatalog.Embedded;

    [Theory]
    [InlineData("gpt-4o", "openai/gpt-4o")]
    [InlineData("GPT-4o-MINI", "openai/gpt-4o-mini")]
    [InlineData(" gpt-4o ", "openai/gpt-4o")]
    [InlineData("openai/gpt-4o-2024-08-06", "openai/gpt-4o")]
    [InlineData("gpt-4o-2024-05-13", "openai/gpt-4o-2024-05-13")]
    [InlineData("gpt-5.6-sol-2026-07-09", "openai/gpt-5.6-sol")]
    [InlineData("ft:gpt-4o-mini:org::id", "openai/ft:gpt-4o-mini")]
    [InlineData("ft:gpt-4o-mini-2024-07-18:acme:triage:9xYz", "openai/ft:gpt-4o-mini")]
    [InlineData("ft:gpt-4o-2024-11-20:acme::id", "openai/ft:gpt-4o")]
    [InlineData("ft:gpt-4.1-2025-04-14:acme::id", "openai/ft:gpt-4.1-2025-04-14")]
    [InlineData("ft:gpt-4.1-mini-2025-04-14:acme::id", "openai/ft:gpt-4.1-mini-2025-04-14")]
    [InlineData("ft:gpt-4.1-nano-2025-04-14:acme:tag:id", "openai/ft:gpt-4.1-nano-2025-04-14")]
    [InlineData("ft:o4-mini-2025-04-16:acme::id", "openai/ft:o4-mini-2025-04-16")]
    [InlineData("ft:gpt-3.5-turbo-0125:acme::id", "openai/ft:gpt-3.5-turbo")]
    [InlineData("ft:babbage-002:acme::id", "openai/ft:babbage-002")]
    [InlineData("ft:davinci-002:acme::id", "openai/ft:davinci-002")]
    [InlineData("FT:GPT-4o-Mini:Acme::Id", "openai/ft:gpt-4o-mini")]
    [InlineData("openai/ft:gpt-4o-mini:acme::id", "openai/ft:gpt-4o-mini")]
    [InlineData("gpt-4o-mini.ft-0e208cf33a6a466994aff31a08aba678", "openai/ft:gpt-4o-mini")]
    [InlineData("azure/gpt-4o", "azure.ai.openai/gpt-4o")]
    [InlineData("claude-3-5-sonnet-latest", "anthropic/claude-3-5-sonnet")]
    [InlineData("claude-sonnet-4@20250514", "anthropic/claude-sonnet-4")]
    [InlineData("anthropic/claude-haiku-4.5", "anthropic/claude-haiku-4-5")]
    [InlineData("models/gemini-2.5-flash", "gcp.gemini/gemini-2.5-flash")]
    [InlineData("publishers/google/models/gemini-2.5-pro", "gcp.gemini/gemini-2.5-pro")]
    [InlineData("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "aws.bedrock/anthropic.claude-sonnet-4-5-20250929-v1:0")]
    [InlineData("global.anthropic.claude-sonnet-4-5-20250929-v1:0", "aws.bedrock/global.anthropic.claude-sonnet-4-5-20250929-v1:0")]
    [InlineData("arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-5-sonnet-20241022-v2:0", "aws.bedrock/anthropic.claude-3-5-sonnet-20241022-v2:0")]
    [InlineData("arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-20250514-v1:0", "aws.bedrock/anthropic.claude-sonnet-4-20250514-v1:0")]
    [InlineData("eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "aws.bedrock/anthropic.claude-sonnet-4-5-20250929-v1:0")]
    [InlineData("apac.anthropic.claude-sonnet-4-20250514-v1:0", "aws.bedrock/anthropic.claude-sonnet-4-20250514-v1:0")]
    [InlineData("us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0", "aws.bedrock/us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0")]
    [InlineData("eu.amazon.nova-pro-v1:0", "aws.bedrock/eu.amazon.nova-pro-v1:0")]
    [InlineData("bedrock/us-gov-west-1/amazon.nova-pro-v1:0", "aws.bedrock/us-gov-west-1/amazon.nova-pro-v1:0")]
    [InlineData("azure/eu/gpt-4o-2024-08-06", "azure.ai.openai/eu/gpt-4o")]
    [InlineData("azure/global-standard/gpt-4o-2024-11-20", "azure.ai.openai/gpt-4o")]
    [InlineData("projects/p/locations/us-central1/models/gemini-2.5-flash", "gcp.vertex_ai/gemini-2.5-flash")]
    [InlineData("accounts/fireworks/models/deepseek-r1-0528", "fireworks_ai/accounts/fireworks/models/deepseek-r1-0528")]
    [InlineData("\tUS.Anthropic.Claude-Sonnet-4-5-20250929-v1:0\n", "aws.bedrock/anthropic.claude-sonnet-4-5-20250929-v1:0")]
    [InlineData("xai/grok-4.5", "x_ai/grok-4.5")]
    public void An_id_resolves_in_the_form_in_which_it_arrives(string id, string model) => Assert.Equal(model, Catalog.Find(id)?.ToString());

    [Theory]
    [InlineData("gpt-99")]
    [InlineData("us-gov.anthropic.claude-3-haiku-20240307-v1:0")]
    [InlineData("azure/mars/gpt-4o")]
    [InlineData("deepseek-r1:14b")]
    [InlineData("ollama/gpt-oss:120b-cloud")]
    [InlineData("meta-llama/llama-3.3-70b-instruct")]
    [InlineData("gpt-oss-120b")]
    [InlineData("gemma-3-27b-it")]
    [InlineData("arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/anthropic.claude-opus-4-20250514-v1:0")]
    [InlineData("ft:o3-pro:org::id")]
    [InlineData("gpt-4o-quantum")]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("arn:aws:bedrock:us-east-1::foundation-model/nobody.nothing-v1:0")]
    [InlineData("arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6")]
    [InlineData("arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/")]
    [InlineData("ft:")]
    [InlineData("   ")]
    public void An_id_that_does_not_resolve_is_unpriced_and_never_free(string id)
    {
        Assert.Null(Catalog.Find(id));
        Assert.Null(Catalog.Price(new BilledCall(id, new Usage { InputTokens = 1 }, new PriceTerms(DateTimeOffset.UnixEpoch))).Amount);
    }

    [Fact]
    public void An_unknown_id_is_offered_the_three_nearest_names() =>
        Assert.Equal(["gpt-4o-mini", "gpt-4o", "ft:gpt-4o-mini"], Catalog.Nearest("openai/gpt4o-mini"));

    [Fact]
    public void An_id_under_a_path_that_isnt_known_is_offered_names_too() =>
        Assert.Equal("gpt-4o", Catalog.Nearest("somewhere/openai/gpt-4o")[0]);

    [Fact]
    public void The_provider_that_was_called_decides_between_those_that_serve_a_model()
    {
        Assert.Equal("azure.ai.openai/gpt-4o", Catalog.Find("gpt-4o", "azure.ai.openai")?.ToString());
        Assert.Equal("gcp.vertex_ai/claude-sonnet-4-5", Catalog.Find("claude-sonnet-4-5", "gcp.vertex_ai")?.ToString());
        Assert.Equal("aws.bedrock/anthropic.claude-opus-4-6-v1:0", Catalog.Find("claude-opus-4-6", "aws.bedrock")?.ToString());
    }

    [Theory]
    [InlineData("deepseek-ai/DeepSeek-V3", "nebius")]
    [InlineData("deepseek-v4-pro", "someones-gateway")]
    [InlineData("gpt-oss-120b", "openai")]
    [InlineData("llama3.2:3b-cloud", "ollama")]
    public void A_provider_that_does_not_sell_a_model_has_no_price_of_another(string id, string provider) => Assert.Null(Catalog.Find(id, provider));

    [Fact]
    public void A_provider_that_is_not_known_is_named_with_the_nearest() =>
        Assert.StartsWith("The catalogue doesn't know the provider 'openroter'; the nearest names are openrouter", Catalog.WhyUnknown("openai/gpt-4o", "openroter"), StringComparison.Ordinal);

    [Fact]
    public void A_model_that_several_sell_is_unknown_until_somebody_says_who_was_called() =>
        Assert.Contains("say which provider was called", Catalog.WhyUnknown("meta-llama/llama-3.3-70b-instruct", null), StringComparison.Ordinal);

    [Theory]
    [InlineData("gpt-4o-eastus", "gpt-4o")]
    [InlineData("my-gpt-4o-deployment", "gpt-4o")]
    [InlineData("openai/gpt-4o-mini:nitro", "gpt-4o-mini")]
    [InlineData("anthropic/claude-3.7-sonnet:thinking", "claude-3-7-sonnet")]
    [InlineData("text-embedding-3-large@openai", "text-embedding-3-large")]
    [InlineData("gpt-4o-mimi", "gpt-4o-mini")]
    public void The_model_whose_id_stands_in_the_one_that_was_asked_for_is_named_first(string id, string first) => Assert.Equal(first, Catalog.Nearest(id)[0]);

    [Fact]
    public void A_deployment_name_resolves_to_the_model_that_the_settings_give_it()
    {
        PriceCatalog catalog = Catalog.WithDeployments([new("support-prod", "gpt-4o-mini")]);

        Assert.Equal("azure.ai.openai/gpt-4o-mini", catalog.Find("Support-Prod", "azure.ai.openai")?.ToString());
        Assert.Null(Catalog.Find("support-prod", "azure.ai.openai"));
    }

    [Fact]
    public void An_application_inference_profile_resolves_to_the_model_that_the_settings_give_it()
    {
        const string Profile = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6";
        PriceCatalog catalog = Catalog.WithDeployments([new(Profile, "anthropic.claude-sonnet-4-5-20250929-v1:0")]);

        Assert.Equal("aws.bedrock/anthropic.claude-sonnet-4-5-20250929-v1:0", catalog.Find(Profile, "aws.bedrock")?.ToString());
    }

    [Fact]
    public void A_model_on_the_callers_own_machine_is_known_to_be_free() =>
        Assert.Equal(0m, Catalog.Price(new BilledCall("llama3.2:3b", new Usage { InputTokens = 1000, OutputTokens = 1000 }, new PriceTerms(DateTimeOffset.UnixEpoch), "ollama")).Amount);
}
