using System.Collections.Immutable;
using System.Globalization;
using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Models;
using Magsag.Pricing.Catalogue;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Rules;

/// <summary>MAG002: a premium model by default.</summary>
internal sealed class PremiumModelRule : IModelRule
{
    public const string Id = "MAG002";

    private static readonly DiagnosticDescriptor Cheaper = RuleDescriptor.Create(
        Id,
        "Premium model by default",
        "{0} as default costs {1}× {2} ({3} against {4} per million tokens)",
        DiagnosticSeverity.Warning,
        "A model that is named once for everything does the simple tasks too, and most tasks are simple. Begin with a cheap model and escalate where it isn't good enough.");

    private static readonly DiagnosticDescriptor NoneCheaper = Cheaper.WithMessage("{0} as default costs {1} per million input/output tokens");

    public DiagnosticDescriptor Descriptor => Cheaper;

    public int Rank => 2;

    public bool IsConclusive => true;

    public Diagnostic? Analyze(NamedModel model, FileContext context)
    {
        if (model.IsChosen
            || context.Settings.Allows(model.Id)
            || ModelPrices.Find(model.Id) is not { } price
            || !PriceCatalog.Embedded.IsPremium(price, context.Settings.PremiumInputPrice)
            || ModelPrices.GetRates(price) is not { } rates)
        {
            return null;
        }

        ModelPrice? economy = ModelPrices.FindEconomyModel(price, context.Settings);
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Model, economy?.Model);
        if (economy is not null && ModelPrices.GetRates(economy) is { Input: { } cheap and > 0 } economyRates)
        {
            string factor = (rates.Input!.Value / cheap).ToString("0.#", CultureInfo.InvariantCulture);
            return Diagnostic.Create(Cheaper, model.Site, model.FixLocations, properties, model.Id, factor, economy.Model, ModelPrices.Format(rates), ModelPrices.Format(economyRates));
        }

        return Diagnostic.Create(NoneCheaper, model.Site, model.FixLocations, properties, model.Id, ModelPrices.Format(rates));
    }
}
