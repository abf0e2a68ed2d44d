namespace Magsag.Pricing.Tests.Vectors;

/// <summary>753 usages with known costs: tiers, caching, batch, audio, images, fees, graduated prices.</summary>
public sealed class CostCaseTests
{
    // Where the expected figure was computed in binary floating point.
    private const decimal FloatNoise = 0.0000000001m;

    /// <summary>The cases in which Magsag says something else on purpose.</summary>
    private static readonly Dictionary<string, string> Deviations = new()
    {
        ["genai-tests-0103"] = "Half a token: providers report whole ones.",
        ["genai-tests-0104"] = "Cached and audio tokens without input tokens that include them: contradictory counts are unknown.",
        ["genai-tests-0134"] = "A third of a token: providers report whole ones.",
        ["genai-tests-0138"] = "Input tokens without an input price: unknown, where the other engine says 0.",
        ["genai-tests-0140"] = "Input tokens without an input price: unknown, where the other engine says 0.",
        ["genai-tests-0143"] = "More audio tokens than input tokens: contradictory counts are unknown.",
        ["litellm-tests-0008"] = "More cached and written tokens than input tokens: the other engine bills a negative number of fresh ones.",
        ["litellm-tests-0011"] = "Text and audio counts that exceed their total: the other engine bills 550 of 500 output tokens.",
        ["litellm-tests-0018"] = "Flex without a flex price: unknown, where the other engine bills the standard price.",
        ["litellm-tests-0019"] = "Priority without a priority price: unknown, where the other engine bills the standard price.",
        ["litellm-tests-0024"] = "Priced per image: the catalogue has prices per token.",
        ["litellm-tests-0052"] = "The other engine leaves the citations of this case unbilled.",
        ["litellm-tests-0101"] = "The provider's own figure wins: it is read from the response, not computed.",
    };

    private static readonly Dictionary<string, string> CatalogueDeviations = new()
    {
        ["genai-tests-0033"] = "claude-3.5-sonnet@abc isn't an id that a provider sends: unknown.",
        ["random-0357"] = "A ':free' id is OpenRouter's, not Azure's: unknown.",
        ["random-0391"] = "A ':free' id is OpenRouter's, not Azure's: unknown.",
        ["random-0377"] = "LiteLLM lists a cached price for fine-tuned gpt-4o-mini, genai-prices none.",
        ["random-0411"] = "The other catalogue lists no output price for curie on Azure and charges 0.",
    };

    [Fact]
    public void Every_case_costs_exactly_what_its_rates_say() =>
        Assert.Equal(Deviations.Keys.Order(), CostCase.All.Where(@case => !CostsItsRates(@case)).Select(@case => @case.Id).Order());

    [Fact]
    public void Every_case_of_a_provider_in_the_catalogue_costs_the_same_by_the_catalogue()
    {
        HashSet<string> providers = [.. PriceCatalog.Embedded.Models.Select(model => model.Provider)];
        CostCase[] cases = [.. CostCase.All.Where(@case => providers.Contains(@case.Provider))];

        Assert.True(cases.Length > 500);
        Assert.Equal(CatalogueDeviations.Keys.Order(), cases.Where(@case => !CostsTheSameByTheCatalogue(@case)).Select(@case => @case.Id).Order());
    }

    private static bool CostsItsRates(CostCase @case)
    {
        if (@case.Usage() is not { } usage || @case.Catalog().Find("case")!.PartsOf(usage, new PriceTerms(@case.At, @case.ServiceTier)) is not { Total: { } total } parts)
        {
            return false;
        }

        bool isFloat = @case.Id.StartsWith("litellm", StringComparison.Ordinal);
        return isFloat ? Math.Abs(total - @case.Total) <= FloatNoise : (parts.Input, parts.Output, total) == (@case.Input, @case.Output, @case.Total);
    }

    private static bool CostsTheSameByTheCatalogue(CostCase @case)
    {
        CostParts? parts = PriceCatalog.Embedded.Find(@case.Model, @case.Provider)?.PartsOf(@case.Usage()!.Value, new PriceTerms(@case.At));
        return (parts?.Input, parts?.Output, parts?.Total) == (@case.Input, @case.Output, @case.Total);
    }
}
