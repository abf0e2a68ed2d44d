using System.Globalization;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Tokens;

namespace Magsag.Pricing.Tests;

/// <summary>Prices that the catalogue once had wrong, each with what the provider or the newest list says.</summary>
public sealed class CatalogueFaultTests
{
    [Theory]
    [InlineData("claude-sonnet-5", "anthropic", "2026-11-30T12:00", null, 1_000_000, 0, 1_000_000, 0, "12")]
    [InlineData("claude-sonnet-5", "anthropic", "2026-09-10T12:00", null, 1_000_000, 0, 1_000_000, 0, "12")]
    [InlineData("us.anthropic.claude-sonnet-5-v1:0", "aws.bedrock", "2026-11-30T12:00", null, 1_000_000, 0, 1_000_000, 0, "13.2")]
    [InlineData("global.anthropic.claude-sonnet-5-v1:0", "aws.bedrock", "2026-11-30T12:00", null, 1_000_000, 0, 1_000_000, 0, "12")]
    [InlineData("deepseek-v4-pro", "fireworks", "2026-08-21T12:00", null, 1_000_000, 0, 1_000_000, 0, "5.22")]
    [InlineData("deepseek/deepseek-r1", "novita", "2026-08-21T12:00", null, 1_000_000, 0, 1_000_000, 0, "8")]
    [InlineData("deepseek-ai/DeepSeek-V3", "nebius", "2026-08-21T12:00", null, 1_000_000, 0, 1_000_000, 0, null)]
    [InlineData("gpt-oss-120b", "azure.ai.inference", "2026-08-21T12:00", null, 1_000_000, 0, 1_000_000, 0, "0.75")]
    [InlineData("deepseek-v4-pro", "deepseek", "2026-11-30T12:00", null, 1_000_000, 0, 1_000_000, 0, "2.64")]
    [InlineData("deepseek-v4-pro", "deepseek", "2026-11-30T02:00", null, 1_000_000, 0, 1_000_000, 0, "5.28")]
    [InlineData("deepseek-v4-pro", "deepseek", "2026-11-29T02:00", null, 1_000_000, 0, 1_000_000, 0, "2.64")]
    [InlineData("deepseek-v4-flash", "deepseek", "2026-11-30T12:00", null, 1_000_000, 0, 1_000_000, 0, "0.75")]
    [InlineData("gpt-4o-mini-audio-preview", "openai", "2026-07-01T12:00", null, 1_000_000, 1_000_000, 1_000_000, 1_000_000, "30")]
    [InlineData("gpt-4o-audio-preview", "openai", "2026-07-01T12:00", null, 1_000_000, 1_000_000, 1_000_000, 1_000_000, "120")]
    [InlineData("gpt-5.6-sol", "openai", "2026-10-01T12:00", null, 100_000, 0, 1_000_000, 0, "20.4")]
    [InlineData("claude-opus-4-8", "anthropic", "2026-08-15T12:00", "us", 1_000_000, 0, 1_000_000, 0, "33")]
    [InlineData("claude-opus-5", "anthropic", "2026-08-15T12:00", "us", 1_000_000, 0, 1_000_000, 0, "33")]
    [InlineData("gemini-pro-latest", "gcp.gemini", "2026-08-21T12:00", null, 100_000, 0, 1_000_000, 0, "12.2")]
    [InlineData("ministral-8b", "mistral_ai", "2026-08-21T12:00", null, 1_000_000, 0, 1_000_000, 0, "0.2")]
    [InlineData("ministral-8b-latest", "mistral_ai", "2026-08-21T12:00", null, 1_000_000, 0, 1_000_000, 0, "0.3")]
    [InlineData("eu.amazon.nova-pro-v1:0", "aws.bedrock", "2026-08-21T12:00", null, 1_000_000, 0, 1_000_000, 0, "5.25")]
    [InlineData("azure/eu/gpt-4o-2024-08-06", null, "2026-08-21T12:00", null, 1_000_000, 0, 1_000_000, 0, "13.75")]
    [InlineData("deepseek-r1:14b", null, "2026-08-21T12:00", null, 1_000_000, 0, 1_000_000, 0, null)]
    [InlineData("gpt-6-luna", "openai", "2026-11-30T12:00", null, 300_000, 0, 100_000, 0, "0.135")]
    [InlineData("deepseek-reasoner", "deepseek", "2026-01-15T12:00", null, 1_000_000, 0, 1_000_000, 0, "0.7")]
    [InlineData("deepseek-chat", "deepseek", "2025-09-10T02:00", null, 1_000_000, 0, 1_000_000, 0, "2.24")]
    [InlineData("deepseek-chat", "deepseek", "2026-06-01T12:00", null, 1_000_000, 0, 1_000_000, 0, "0.42")]
    public void A_call_costs_what_its_seller_bills(string id, string? provider, string at, string? region, long input, long inputAudio, long output, long outputAudio, string? usd)
    {
        var usage = new Usage { InputTokens = input, InputAudioTokens = inputAudio, OutputTokens = output, OutputAudioTokens = outputAudio };
        var terms = new PriceTerms(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), Region: region);

        Assert.Equal(usd is null ? null : decimal.Parse(usd, CultureInfo.InvariantCulture), PriceCatalog.Embedded.Price(new BilledCall(id, usage, terms, provider)).Amount);
    }
}
