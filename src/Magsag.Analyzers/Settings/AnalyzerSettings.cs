using System.Globalization;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Magsag.Analyzers;

/// <summary>A team's settings, from <c>.editorconfig</c>. A value that can't be understood is as if it weren't there.</summary>
internal sealed class AnalyzerSettings(AnalyzerConfigOptions options)
{
    private const int DefaultMaxOutputTokens = 500;
    private const decimal DefaultPremiumInputPrice = 2.00m;

    /// <summary>The cap that a fix inserts, in tokens.</summary>
    public int MaxOutputTokens => options.TryGetValue("magsag.max_output_tokens", out string? text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int cap) && cap > 0 ? cap : DefaultMaxOutputTokens;

    /// <summary>From which input price on a model is premium, in US dollars per million tokens.</summary>
    public decimal PremiumInputPrice => options.TryGetValue("magsag.premium_input_price", out string? text)
        && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal price) && price > 0 ? price : DefaultPremiumInputPrice;

    /// <summary>Models that may be used without being called premium.</summary>
    public bool Allows(string model) => options.TryGetValue("magsag.allowed_models", out string? text)
        && text.Split(',').Any(allowed => string.Equals(allowed.Trim(), model, StringComparison.OrdinalIgnoreCase));

    /// <summary>True when the team says that a method costs, by <c>magsag.cost_methods = Namespace.Type.Method, Namespace.Type.*</c>.</summary>
    public bool IsCostMethod(string type, string method) => HasCostMethods && options.TryGetValue("magsag.cost_methods", out string? text)
        && text.Split(',').Select(static entry => entry.Trim()).Any(entry => entry == $"{type}.{method}" || entry == $"{type}.*");

    /// <summary>True when the team named methods that cost.</summary>
    public bool HasCostMethods => options.TryGetValue("magsag.cost_methods", out _);

    /// <summary>The cheaper model that the team named for a provider; null when it named none.</summary>
    public string? EconomyModelOf(string provider) =>
        options.TryGetValue("magsag.economy_model." + provider, out string? model) && model.Trim().Length > 0 ? model.Trim() : null;
}
