using Magsag.Pricing.Catalogue;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers;

/// <summary>MAG009 too: a model whose end is announced. Apart, because there are graver things to say about a model that still answers.</summary>
internal sealed class RetiringModelRule : IModelRule
{
    public DiagnosticDescriptor Descriptor => RetiredModelRule.Description;

    public Diagnostic? Judge(NamedModel model, RuleContext context) =>
        ModelPrices.Find(model.Id) is { RetiredOn: { } day } price && !ModelPrices.IsRetired(price) && day <= PriceCatalog.Embedded.AsOf.AddDays(context.Settings.RetirementNoticeDays) ? RetiredModelRule.Leaving(Descriptor, model, price, day, "will be retired on") : null;
}
