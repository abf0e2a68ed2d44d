using System.Text.Json;
using Magsag.Cli.Prices;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Tokens;

namespace Magsag.Cli.Tests.Prices;

/// <summary>Usages with costs that two other engines computed; <c>.ci/run</c> says where the file is.</summary>
public sealed class CostVectorFileTests : IDisposable
{
    private const string Variable = "MAGSAG_COST_VECTORS";

    // LiteLLM computes in binary floating point.
    private const decimal FloatNoise = 0.0000000001m;

    private static readonly DateTimeOffset Day = new(2026, 8, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [VectorFileFact(Variable)]
    public void Every_case_costs_exactly_what_the_prices_beside_it_say()
    {
        IReadOnlyList<CostVector> vectors = Vectors();
        PriceCatalog catalog = Import(vectors);

        Assert.Equal(754, vectors.Count);
        Assert.Equal(
            PriceChecksPage.Deviations("Costs by the prices beside them").Order(),
            vectors.Where(vector => !Agrees(vector, CostByItsPrices(catalog, vector))).Select(vector => vector.Id).Order());
    }

    [VectorFileFact(Variable)]
    public void Every_case_of_a_provider_in_the_catalogue_costs_the_same_by_the_catalogue()
    {
        CostVector[] vectors = [.. Vectors().Where(vector => !vector.IsLiteLlm && vector.Provider is not null && VectorProviders.Names.ContainsKey(vector.Provider))];

        Assert.Equal(560, vectors.Length);
        Assert.Equal(
            PriceChecksPage.Deviations("Costs by the catalogue").Order(),
            vectors.Where(vector => !Agrees(vector, CostByTheCatalogue(vector))).Select(vector => vector.Id).Order());
    }

    private static IReadOnlyList<CostVector> Vectors() => CostVector.ReadAll(Environment.GetEnvironmentVariable(Variable)!);

    private static bool Agrees(CostVector vector, CostParts? cost) => vector.IsLiteLlm
        ? cost?.Total is { } total && Math.Abs(total - vector.Total - ThousandthsLeftOut(vector)) <= FloatNoise
        : (cost?.Input, cost?.Output, cost?.Total) == (vector.Input, vector.Output, vector.Total);

    // The list's price of a Perplexity search is that of one; the other engine takes it for that of a thousand.
    private static decimal ThousandthsLeftOut(CostVector vector) => vector is { Provider: "perplexity", Usage: { WebSearches: > 0 } usage }
        ? usage.WebSearches * vector.Prices.GetProperty("search_context_cost_per_query").GetProperty("search_context_size_medium").GetDecimal() * 0.999m
        : 0m;

    private static CostParts? CostByItsPrices(PriceCatalog catalog, CostVector vector) =>
        vector.Usage is { } usage ? catalog.Find(vector.Id, vector.IsLiteLlm ? "litellm-case" : "genai-case")?.PartsOf(usage, new PriceTerms(Day, vector.ServiceTier)) : null;

    private static CostParts? CostByTheCatalogue(CostVector vector) =>
        vector.Usage is { } usage ? PriceCatalog.Embedded.Find(vector.Model!, VectorProviders.Names[vector.Provider!])?.PartsOf(usage, new PriceTerms(DayOf(vector))) : null;

    // The file has DeepSeek's two moving names at the hours of 2025, whatever the day.
    private static DateTimeOffset DayOf(CostVector vector) => vector is { Provider: "deepseek", Model: "deepseek-chat" or "deepseek-reasoner" } ? new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero) + vector.At.TimeOfDay : vector.At;

    // The prices of each case go the way of a user's file: through the import of the list whose words they are in.
    private PriceCatalog Import(IReadOnlyList<CostVector> vectors)
    {
        var models = vectors.Where(vector => !vector.IsLiteLlm).Select(vector => new { id = vector.Id, prices = vector.Prices });
        PriceCatalog catalog = PriceImport.FromGenAiPrices(Write(new[] { new { id = "genai-case", models } }), PriceCatalog.Parse("format 1\n"), Day).Catalog;
        Dictionary<string, Dictionary<string, JsonElement>> map = vectors.Where(vector => vector.IsLiteLlm).ToDictionary(vector => vector.Id, vector => vector.Prices.EnumerateObject()
            .Append(JsonDocument.Parse("""{"litellm_provider":"litellm-case"}""").RootElement.EnumerateObject().First())
            .ToDictionary(member => member.Name, member => member.Value));
        return PriceImport.FromLiteLlm(Write(map), catalog, Day).Catalog;
    }

    private string Write<T>(T list)
    {
        string path = _directory.File("prices.json");
        File.WriteAllText(path, JsonSerializer.Serialize(list));
        return path;
    }
}
