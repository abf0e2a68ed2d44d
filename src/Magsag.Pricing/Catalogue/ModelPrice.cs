namespace Magsag.Pricing;

/// <summary>One model of the catalogue with all its prices.</summary>
public sealed class ModelPrice
{
    internal ModelPrice(string provider, string model, int? maxOutputTokens, Rates rates)
    {
        Provider = provider;
        Model = model;
        MaxOutputTokens = maxOutputTokens;
        _rates = rates;
    }

    private readonly Rates _rates;

    /// <summary>The provider's name, in the spelling of OpenTelemetry's <c>gen_ai.provider.name</c> (<c>openai</c>, <c>anthropic</c>, <c>gcp.gemini</c> …).</summary>
    public string Provider { get; }

    /// <summary>The canonical model id, as the catalogue lists it.</summary>
    public string Model { get; }

    /// <summary>The most output tokens that the model can produce in one call, or null when the catalogue doesn't say.</summary>
    public int? MaxOutputTokens { get; }

    /// <summary>The day from which the provider no longer serves the model, or null while it does.</summary>
    public DateTimeOffset? RetiredOn => null;

    /// <summary>The model that the provider names as replacement, or null.</summary>
    public string? Successor => null;

    /// <summary>The prices in force under <paramref name="terms"/> for a call with <paramref name="inputTokens"/> input tokens, or null when there were none yet.</summary>
    /// <param name="terms">When and how the call was made.</param>
    /// <param name="inputTokens">All input tokens of the call: they choose the context-length tier.</param>
    public Rates? RatesFor(in PriceTerms terms, long inputTokens = 0) => _rates;
}
