using System.Collections.Immutable;
using System.Globalization;
using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Models;
using Magsag.Pricing.Catalogue;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Rules;

/// <summary>MAG009: a model that its provider has retired, or that has no price.</summary>
internal sealed class RetiredModelRule : IModelRule
{
    public const string Id = "MAG009";

    // Bounds a chain of successors, should the catalogue hold a circle.
    private const int MaxSuccessors = 8;

    // Names with these prefixes belong to one maker, whichever service sells the model: one that isn't known is a gap or a typing error.
    private static readonly string[] MakersPrefixes = ["gpt-", "o1-", "o3-", "o4-", "claude-", "gemini-", "text-embedding-"];

    private static readonly DiagnosticDescriptor Retired = RuleDescriptor.Create(
        Id,
        "Model is unpriced or retired",
        "{0} was retired on {1}{2}",
        DiagnosticSeverity.Info,
        "A retired model stops answering, and what a model without a price costs is unknown everywhere: in the ledger, to the gate and to budgets.");

    private static readonly DiagnosticDescriptor Unpriced = Retired.WithMessage("{0} has no price in the catalogue, so the cost of its calls is unknown");
    private static readonly DiagnosticDescriptor UnpricedWithNearest = Retired.WithMessage("{0} has no price in the catalogue, so the cost of its calls is unknown (nearest: {1})");

    public DiagnosticDescriptor Descriptor => Retired;

    public int Rank => 1;

    // A retired model is named as premium, too: whoever takes its successor without looking pays as much or more.
    public bool IsConclusive => false;

    public Diagnostic? Analyze(NamedModel model, FileContext context)
    {
        if (ModelPrices.Find(model.Id) is not { } price)
        {
            return context.Settings.Allows(model.Id) ? null : ReportUnpriced(model);
        }

        return price.RetiredOn is { } day && ModelPrices.IsRetired(price) ? Report(Retired, model, price, day, context) : null;
    }

    /// <summary>Reports a model with the day of its end and, where one is known, its successor with both prices.</summary>
    internal static Diagnostic Report(DiagnosticDescriptor finding, NamedModel model, ModelPrice price, DateTimeOffset day, FileContext context)
    {
        string? next = FindSuccessor(price);
        string successor = next is null ? "" : $"; its successor is {next}{DescribePrices(next, price)}";
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Model, IsOfSameClass(next, price, context) ? next : null);
        return Diagnostic.Create(finding, model.Site, model.FixLocations, properties, model.Id, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), successor);
    }

    // The first of the successors whose end isn't announced itself; the last known one where there is none.
    private static string? FindSuccessor(ModelPrice price)
    {
        string? successor = price.Successor;
        for (int step = 0; step < MaxSuccessors && ModelPrices.Find(successor) is { RetiredOn: not null, Successor: { } next }; step++)
        {
            successor = next;
        }

        return successor;
    }

    // Cheap models may follow each other; a premium one follows only a model that cost as much.
    private static bool IsOfSameClass(string? successor, ModelPrice price, FileContext context)
    {
        if (ModelPrices.Find(successor) is not { } next)
        {
            return false;
        }

        return !PriceCatalog.Embedded.IsPremium(next, context.Settings.PremiumInputPrice)
            || (ModelPrices.GetRates(next) is { } after && ModelPrices.GetRates(price) is { } before && after.Input <= before.Input && after.Output <= before.Output);
    }

    private static Diagnostic? ReportUnpriced(NamedModel model)
    {
        if (!MakersPrefixes.Any(prefix => model.Id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        IReadOnlyList<string> nearest = PriceCatalog.Embedded.Nearest(model.Id);
        return nearest.Count == 0 ? Diagnostic.Create(Unpriced, model.Site, model.Id) : Diagnostic.Create(UnpricedWithNearest, model.Site, model.Id, string.Join(", ", nearest));
    }

    private static string DescribePrices(string successor, ModelPrice retired)
    {
        if (ModelPrices.GetRates(successor) is not { Input: not null } rates)
        {
            return "";
        }

        string before = ModelPrices.GetRates(retired) is { Input: not null } own ? $" against {ModelPrices.Format(own)}" : "";
        return $" ({ModelPrices.Format(rates)}{before} per million tokens)";
    }
}
