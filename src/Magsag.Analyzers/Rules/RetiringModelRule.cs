using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Models;
using Magsag.Pricing.Catalogue;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Rules;

/// <summary>MAG009 too: a model whose end is announced. Apart from <see cref="RetiredModelRule"/>, because its price matters more while it still answers.</summary>
internal sealed class RetiringModelRule : IModelRule
{
    public DiagnosticDescriptor Descriptor { get; } = new RetiredModelRule().Descriptor.WithMessage("{0} will be retired on {1}{2}");

    public int Rank => 3;

    public bool IsConclusive => true;

    public Diagnostic? Analyze(NamedModel model, FileContext context) =>
        ModelPrices.Find(model.Id) is { RetiredOn: { } day } price && !ModelPrices.IsRetired(price) && day <= PriceCatalog.Embedded.AsOf.AddDays(context.Settings.RetirementNoticeDays)
            ? RetiredModelRule.Report(Descriptor, model, price, day, context)
            : null;
}
