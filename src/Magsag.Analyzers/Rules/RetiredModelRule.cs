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

    public Diagnostic? Analyze(NamedModel model, FileContext context)
    {
        if (ModelPrices.Find(model.Id) is not { } price)
        {
            return context.Settings.Allows(model.Id) ? null : ReportUnpriced(model);
        }

        return price.RetiredOn is { } day && ModelPrices.IsRetired(price) ? Report(Retired, model, price, day) : null;
    }

    /// <summary>Reports a model with the day of its end and, where one is known, its successor with its price.</summary>
    internal static Diagnostic Report(DiagnosticDescriptor finding, NamedModel model, ModelPrice price, DateTimeOffset day)
    {
        string successor = price.Successor is { } next ? $"; its successor is {next}{DescribePrice(next)}" : "";
        return Diagnostic.Create(finding, model.Site, model.FixLocations, ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Model, price.Successor), model.Id, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), successor);
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

    private static string DescribePrice(string model) =>
        ModelPrices.GetRates(model) is { Input: not null } rates ? $" ({ModelPrices.Format(rates)} per million tokens)" : "";
}
