using System.Collections.Immutable;
using System.Globalization;
using Magsag.Pricing;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers;

/// <summary>MAG002: a premium model by default.</summary>
internal sealed class PremiumModelRule
{
    public const string Id = "MAG002";

    public static DiagnosticDescriptor Descriptor { get; } = new(
        Id,
        "Premium model by default",
        "{0}",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A model that is named once for everything does the simple tasks too, and most tasks are simple. Begin with a cheap model and escalate where it isn't good enough.",
        Rule.HelpRoot + Id + ".md");

    /// <summary>What the rule has to say about a constant model name.</summary>
    /// <param name="model">The name.</param>
    /// <param name="site">The expression that names it.</param>
    /// <param name="literal">The literal that a fix can change; null when it isn't in the same file.</param>
    /// <param name="settings">The team's settings.</param>
    public static Diagnostic? Judge(string model, Location site, Location? literal, AnalyzerSettings settings)
    {
        if (settings.Allows(model)
            || ModelPrices.Find(model) is not { } price
            || ModelPrices.RatesOf(price) is not { Input: { } input } rates
            || input < settings.PremiumInputPrice)
        {
            return null;
        }

        ModelPrice? economy = ModelPrices.EconomyOf(price, settings);
        ImmutableDictionary<string, string?> facts = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticFacts.Model, economy?.Model);
        return Diagnostic.Create(Descriptor, site, literal is null ? [] : [literal], facts, Describe(model, rates, economy));
    }

    private static string Describe(string model, Rates rates, ModelPrice? economy)
    {
        if (economy is not null && ModelPrices.RatesOf(economy) is { Input: { } cheap and > 0 } economyRates)
        {
            string factor = (rates.Input!.Value / cheap).ToString("0.#", CultureInfo.InvariantCulture);
            return $"{model} as default costs {factor}× {economy.Model} ({ModelPrices.Describe(rates)} against {ModelPrices.Describe(economyRates)} per million tokens)";
        }

        return $"{model} as default costs {ModelPrices.Describe(rates)} per million input/output tokens";
    }
}
