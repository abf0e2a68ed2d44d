using System.Globalization;
using System.Text.Json;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;

namespace Magsag.Cli.Tests.Prices;

/// <summary>Real response bodies, read from their wire form and priced; <c>.ci/run</c> says where the file is.</summary>
public sealed class UsageVectorFileTests
{
    private const string Variable = "MAGSAG_USAGE_VECTORS";

    [VectorFileFact(Variable)]
    public void Every_body_is_priced_to_exactly_the_price_that_the_file_states()
    {
        StatedPrice[] stated = [.. StatedPrices()];
        string[] deviations = [.. stated.Where(price => !price.Agrees(WireUsageReader.Read(price.Body, ShapeOf(price.Provider, price.Flavor)))).Select(price => $"{price.Provider} {price.Flavor} {price.Model}")];

        Assert.Equal(PriceChecksPage.Deviations("Usage bodies").Order(), deviations.Distinct().Order());
        Assert.Equal((19, 1593), (deviations.Length, stated.Length));
    }

    // A body is stated once for each form in which it can be read at all; one of them is its own.
    [VectorFileFact(Variable)]
    public void The_form_of_every_body_is_recognised()
    {
        IEnumerable<IGrouping<(int Number, string Provider, string Model), StatedPrice>> bodies = StatedPrices().GroupBy(price => (price.Number, price.Provider, price.Model));
        string[] deviations = [.. bodies.Where(body => !body.Any(price => price.Agrees(WireUsageReader.Read(price.Body, price.Provider)))).Select(body => $"{body.Key.Provider} {body.Key.Model}")];

        Assert.Equal(
            PriceChecksPage.Deviations("Usage bodies").Select(WithoutFlavor).Concat(PriceChecksPage.Deviations("Forms that are recognised")).Distinct().Order(),
            deviations.Distinct().Order());
    }

    private static IEnumerable<StatedPrice> StatedPrices()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Environment.GetEnvironmentVariable(Variable)!));
        return
        [
            .. from vector in file.RootElement.EnumerateArray().Select((body, number) => (body, number))
               from extracted in vector.body.GetProperty("extracted").EnumerateArray()
               from extractor in extracted.GetProperty("extractors").EnumerateArray()
               where extractor.TryGetProperty("input_price", out _) && VectorProviders.Names.ContainsKey(extractor.GetProperty("provider_id").GetString()!)
               select new StatedPrice(
                   vector.number,
                   vector.body.GetProperty("body").Clone(),
                   vector.body.GetProperty("model").GetString()!,
                   VectorProviders.Names[extractor.GetProperty("provider_id").GetString()!],
                   extractor.GetProperty("api_flavor").GetString()!,
                   Parse(extractor.GetProperty("input_price")),
                   Parse(extractor.GetProperty("output_price"))),
        ];
    }

    private static string WithoutFlavor(string deviation) => deviation.Split(' ') is [string provider, _, string model] ? $"{provider} {model}" : deviation;

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

    private static decimal Parse(JsonElement text) => decimal.Parse(text.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>What the file says that a body costs at a provider when it is read in one form.</summary>
    private sealed record StatedPrice(int Number, JsonElement Body, string Model, string Provider, string Flavor, decimal Input, decimal Output)
    {
        public bool Agrees(WireUsage? usage)
        {
            CostParts? parts = usage is null ? null : PriceCatalog.Embedded.Find(Model, Provider)?.PartsOf(usage.Usage, new PriceTerms(Day, usage.ServiceTier, Region: usage.Region));
            return (parts?.Input, parts?.Output) == (Input, Output);
        }

        // The bodies have no dates; these are days on which the prices held that the file was made with.
        private DateTimeOffset Day => Model switch
        {
            "mistral-large-latest" or "mistral-medium-latest" => new(2025, 11, 1, 12, 0, 0, TimeSpan.Zero),
            _ when Provider == "deepseek" => new(2025, 8, 1, 12, 0, 0, TimeSpan.Zero),
            _ => new(2026, 7, 15, 12, 0, 0, TimeSpan.Zero),
        };
    }
}
