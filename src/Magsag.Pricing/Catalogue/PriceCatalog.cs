namespace Magsag.Pricing;

/// <summary>The price catalogue: finds a model by any id it is called by, and prices a call exactly.</summary>
public sealed class PriceCatalog
{
    private static readonly Lazy<PriceCatalog> LazyEmbedded = new(() => new PriceCatalog());

    private readonly Dictionary<string, ModelPrice> _models = new(StringComparer.OrdinalIgnoreCase)
    {
        ["gpt-4o"] = new("openai", "gpt-4o", 16384, new Rates { Input = 2.50m, CachedInput = 1.25m, Output = 10m }),
        ["gpt-4o-mini"] = new("openai", "gpt-4o-mini", 16384, new Rates { Input = 0.15m, CachedInput = 0.075m, Output = 0.60m }),
        ["text-embedding-3-small"] = new("openai", "text-embedding-3-small", null, new Rates { Input = 0.02m }),
    };

    /// <summary>The catalogue that ships inside this assembly.</summary>
    public static PriceCatalog Embedded => LazyEmbedded.Value;

    /// <summary>Finds the model that <paramref name="modelId"/> names in any of its forms (<c>openai/gpt-4o-2024-08-06</c>, a Bedrock ARN, upper case …), or null.</summary>
    /// <param name="modelId">A model id as an SDK sends it or a provider returns it.</param>
    /// <param name="provider">The provider that was called, when known: it decides between providers that serve the same model.</param>
    public ModelPrice? Find(string modelId, string? provider = null) => _models.TryGetValue(modelId, out ModelPrice? price) ? price : null;

    /// <summary>The exact cost of one call in US dollars, or null when the model or one of the prices needed is unknown: unknown is not zero.</summary>
    /// <param name="modelId">The model as billed.</param>
    /// <param name="usage">The call's token counts.</param>
    /// <param name="terms">When and how the call was made.</param>
    /// <param name="provider">The provider that was called, when known.</param>
    public decimal? CostOf(string modelId, in Usage usage, in PriceTerms terms, string? provider = null)
    {
        Rates? rates = Find(modelId, provider)?.RatesFor(terms, usage.InputTokens);
        if (rates?.Input is not { } input)
        {
            return null;
        }

        long fresh = usage.InputTokens - usage.CachedInputTokens;
        return ((fresh * input) + (usage.CachedInputTokens * (rates.CachedInput ?? input)) + (usage.OutputTokens * (rates.Output ?? 0m))) / 1_000_000m;
    }
}
