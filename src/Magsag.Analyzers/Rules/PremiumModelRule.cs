using System.Collections.Immutable;
using System.Globalization;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Listings;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers;

/// <summary>MAG002: a premium model by default.</summary>
internal sealed class PremiumModelRule : IModelRule
{
    public const string Id = "MAG002";

    public DiagnosticDescriptor Descriptor { get; } = Rule.Describe(
        Id,
        "Premium model by default",
        DiagnosticSeverity.Warning,
        "A model that is named once for everything does the simple tasks too, and most tasks are simple. Begin with a cheap model and escalate where it isn't good enough.");

    public Diagnostic? Judge(NamedModel model, RuleContext context)
    {
        if (model.IsChosen
            || context.Settings.Allows(model.Id)
            || ModelPrices.Find(model.Id) is not { } price
            || !PriceCatalog.Embedded.IsPremium(price, context.Settings.PremiumInputPrice)
            || ModelPrices.RatesOf(price) is not { } rates)
        {
            return null;
        }

        ModelPrice? economy = ModelPrices.EconomyOf(price, context.Settings);
        ImmutableDictionary<string, string?> facts = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticFacts.Model, economy?.Model);
        return Diagnostic.Create(Descriptor, model.Site, model.FixLocations, facts, Describe(model.Id, rates, economy));
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
