using System.Globalization;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Permissions;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Magsag.Analyzers.Settings;

/// <summary>A team's settings, from <c>.editorconfig</c>. A value that can't be understood is as if it weren't there.</summary>
internal sealed class AnalyzerSettings(AnalyzerConfigOptions options)
{
    private const int DefaultMaxOutputTokens = 500;
    private const int DefaultMaxPromptTokens = 4000;
    private const int DefaultMaxToolIterations = 10;
    private const int DefaultRetirementNoticeDays = 180;

    // Asked for at every call of the file.
    private readonly HashSet<string> _costMethods = options.TryGetValue("magsag.cost_methods", out string? named)
        ? [.. named.Split(',').Select(static entry => entry.Trim()).Where(static entry => entry.Length > 0)]
        : [];

    private readonly Lazy<IReadOnlyList<ModelRule>> _modelRules = new(() => ModelRuleLists.Read(key => options.TryGetValue(key, out string? list) ? list : null));

    /// <summary>How many days before a model's announced end it is told, counted from the catalogue's own date.</summary>
    public int RetirementNoticeDays => options.TryGetValue("magsag.retirement_notice_days", out string? text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int days) && days <= 36_500 ? days : DefaultRetirementNoticeDays;

    /// <summary>The cap that a fix inserts, in tokens.</summary>
    public int MaxOutputTokens => Number("magsag.max_output_tokens", DefaultMaxOutputTokens);

    /// <summary>True when the team chose that cap itself.</summary>
    public bool HasMaxOutputTokens => options.TryGetValue("magsag.max_output_tokens", out string? text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0;

    /// <summary>From which input price on a model is premium, in US dollars per million tokens.</summary>
    public decimal PremiumInputPrice => options.TryGetValue("magsag.premium_input_price", out string? text)
        && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal price) && price > 0 ? price : PriceCatalog.PremiumInputPrice;

    /// <summary>Models that may be used without being called premium.</summary>
    public bool Allows(string model) => options.TryGetValue("magsag.allowed_models", out string? text)
        && text.Split(',').Any(allowed => string.Equals(allowed.Trim(), model, StringComparison.OrdinalIgnoreCase));

    /// <summary>How many tokens of constant text a prompt may have.</summary>
    public int MaxPromptTokens => Number("magsag.max_prompt_tokens", DefaultMaxPromptTokens);

    /// <summary>How many rounds a fix allows a tool loop.</summary>
    public int MaxToolIterations => Number("magsag.max_tool_iterations", DefaultMaxToolIterations);

    /// <summary>What the team's settings and its policy say about a model.</summary>
    public ModelPermission GetPermission(string model) => ModelRules.Judge(_modelRules.Value, model, agent: null).Permission;

    /// <summary>The first model that the policy allows by name; null when it names none.</summary>
    public string? FirstAllowedModel => options.TryGetValue(ModelRuleLists.Allowed, out string? allowed)
        ? ModelRuleLists.NamesIn(allowed).FirstOrDefault(static name => name.IndexOfAny(['*', '!']) < 0)
        : null;

    private int Number(string key, int fallback) => options.TryGetValue(key, out string? text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number : fallback;

    /// <summary>True when the team says that a method costs, by <c>magsag.cost_methods = Namespace.Type.Method, Namespace.Type.*</c>.</summary>
    public bool IsCostMethod(string type, string method) => _costMethods.Contains($"{type}.{method}") || _costMethods.Contains($"{type}.*");

    /// <summary>True when a method of this name may be one that the team says costs.</summary>
    public bool MayCost(string method) => HasCostMethods && IsNamed(method);

    /// <summary>True when the team named methods that cost.</summary>
    public bool HasCostMethods => _costMethods.Count > 0;

    // Apart from the question whether there are any, because its lambda allocates.
    private bool IsNamed(string method) => _costMethods.Any(entry => entry.EndsWith(".*", StringComparison.Ordinal) || entry.EndsWith("." + method, StringComparison.Ordinal));

    /// <summary>The cheaper model that the team named for a provider; null when it named none.</summary>
    public string? GetEconomyModel(string provider) =>
        options.TryGetValue("magsag.economy_model." + provider, out string? model) && model.Trim().Length > 0 ? model.Trim() : null;
}
