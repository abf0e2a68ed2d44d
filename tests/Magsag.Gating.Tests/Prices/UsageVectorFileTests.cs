using System.Globalization;
using System.Text.Json;
using Magsag.Pricing;

namespace Magsag.Gating.Tests.Prices;

/// <summary>Real response bodies, read from their wire form and priced; <c>.ci/run</c> says where the file is.</summary>
public sealed class UsageVectorFileTests
{
    private const string Variable = "MAGSAG_USAGE_VECTORS";

    private static readonly Dictionary<string, string> Providers = new()
    {
        ["anthropic"] = "anthropic",
        ["aws"] = "aws.bedrock",
        ["azure"] = "azure.ai.openai",
        ["cerebras"] = "cerebras",
        ["cohere"] = "cohere",
        ["deepseek"] = "deepseek",
        ["google"] = "gcp.gemini",
        ["groq"] = "groq",
        ["mistral"] = "mistral_ai",
        ["openai"] = "openai",
        ["perplexity"] = "perplexity",
        ["x-ai"] = "x_ai",
    };

    /// <summary>The bodies in which Magsag says something else on purpose, by provider, shape and model.</summary>
    private static readonly Dictionary<string, string> Deviations = new()
    {
        ["anthropic default claude-sonnet-4-6"] = CompactionIsBilled,
        ["aws.bedrock anthropic claude-sonnet-4-6"] = CompactionIsBilled,
        ["azure.ai.openai anthropic claude-sonnet-4-6"] = CompactionIsBilled,
        ["gcp.gemini anthropic claude-sonnet-4-6"] = CompactionIsBilled,
        ["deepseek chat deepseek-r1-distill-llama-70b"] = "DeepSeek doesn't serve this model; the file's alias is too broad.",
    };

    private const string CompactionIsBilled = "Two bodies report a compaction: its 55,000 tokens are billed but stand only in 'iterations', which the file leaves out.";

    [VectorFileFact(Variable)]
    public void Every_body_is_priced_to_exactly_the_price_that_the_file_states()
    {
        var deviations = new List<string>();
        int priced = 0;
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Environment.GetEnvironmentVariable(Variable)!));
        foreach (JsonElement vector in file.RootElement.EnumerateArray())
        {
            foreach (JsonElement extractor in vector.GetProperty("extracted").EnumerateArray().SelectMany(extracted => extracted.GetProperty("extractors").EnumerateArray()))
            {
                if (!Providers.TryGetValue(extractor.GetProperty("provider_id").GetString()!, out string? provider) || Expected(extractor) is not { } expected)
                {
                    continue;
                }

                string flavor = extractor.GetProperty("api_flavor").GetString()!;
                string model = vector.GetProperty("model").GetString()!;
                CostParts? actual = Price(vector.GetProperty("body"), model, provider, flavor);
                priced++;
                if (actual?.Input != expected.Input || actual?.Output != expected.Output)
                {
                    deviations.Add($"{provider} {flavor} {model}");
                }
            }
        }

        Assert.Equal(Deviations.Keys.Order(), deviations.Distinct().Order());
        Assert.Equal(9, deviations.Count);
        Assert.True(priced > 1500);
    }

    private static CostParts? Price(JsonElement body, string model, string provider, string flavor)
    {
        WireUsage? usage = WireUsageReader.Read(body, ShapeOf(provider, flavor));
        return usage is null ? null : PriceCatalog.Embedded.Find(model, provider)?.PartsOf(usage.Usage, new PriceTerms(DateOf(model), usage.ServiceTier, Region: usage.Region));
    }

    // The bodies have no dates; these are days on which the prices held that the file was made with.
    private static DateTimeOffset DateOf(string model) =>
        model is "mistral-large-latest" or "mistral-medium-latest"
            ? new DateTimeOffset(2025, 11, 1, 12, 0, 0, TimeSpan.Zero)
            : new DateTimeOffset(2026, 7, 15, 12, 0, 0, TimeSpan.Zero);

    private static UsageShape ShapeOf(string provider, string flavor) => flavor switch
    {
        "chat" => UsageShape.OpenAIChat,
        "responses" => UsageShape.OpenAIResponses,
        "embeddings" => provider == "cohere" ? UsageShape.Cohere : UsageShape.Embeddings,
        "anthropic" => UsageShape.Anthropic,
        "tokens" => UsageShape.Cohere,
        _ => provider switch
        {
            "anthropic" => UsageShape.Anthropic,
            "gcp.gemini" => UsageShape.Gemini,
            "aws.bedrock" => UsageShape.BedrockConverse,
            "cohere" => UsageShape.Cohere,
            _ => UsageShape.OpenAIChat,
        },
    };

    private static CostParts? Expected(JsonElement extractor) =>
        extractor.TryGetProperty("input_price", out JsonElement input)
            ? new CostParts(Parse(input), Parse(extractor.GetProperty("output_price")), 0m)
            : null;

    private static decimal Parse(JsonElement text) => decimal.Parse(text.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);
}
