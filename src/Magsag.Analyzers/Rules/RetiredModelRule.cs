using System.Collections.Immutable;
using System.Globalization;
using Magsag.Pricing.Catalogue;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers;

/// <summary>MAG009: a model that its provider has retired, or that nobody has a price for.</summary>
internal sealed class RetiredModelRule : IModelRule
{
    public const string Id = "MAG009";

    // Names that begin like this belong to one maker, whatever service sells them: not to know one is a gap or a slip of the pen.
    private static readonly string[] MakersPrefixes = ["gpt-", "o1-", "o3-", "o4-", "claude-", "gemini-", "text-embedding-"];

    public DiagnosticDescriptor Descriptor => Description;

    internal static DiagnosticDescriptor Description { get; } = Rule.Describe(
        Id,
        "Model is unpriced or retired",
        DiagnosticSeverity.Info,
        "A retired model stops answering, and what a model without a price costs is unknown everywhere: in the ledger, to the gate and to budgets.");

    public Diagnostic? Judge(NamedModel model, RuleContext context)
    {
        if (ModelPrices.Find(model.Id) is not { } price)
        {
            return context.Settings.Allows(model.Id) ? null : Unpriced(model);
        }

        return price.RetiredOn is { } day && ModelPrices.IsRetired(price) ? Leaving(Descriptor, model, price, day, "was retired on") : null;
    }

    internal static Diagnostic Leaving(DiagnosticDescriptor descriptor, NamedModel model, ModelPrice price, DateTimeOffset day, string when)
    {
        string successor = price.Successor is { } next ? $"; its successor is {next}{Costs(next)}" : "";
        return Diagnostic.Create(descriptor, model.Site, model.FixLocations, Facts(price.Successor), $"{model.Id} {when} {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}{successor}");
    }

    private Diagnostic? Unpriced(NamedModel model)
    {
        if (!MakersPrefixes.Any(prefix => model.Id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        IReadOnlyList<string> nearest = PriceCatalog.Embedded.Nearest(model.Id);
        string names = nearest.Count == 0 ? "" : $" (nearest: {string.Join(", ", nearest)})";
        return Diagnostic.Create(Descriptor, model.Site, [], Facts(null), $"{model.Id} has no price in the catalogue, so the cost of its calls is unknown{names}");
    }

    private static ImmutableDictionary<string, string?> Facts(string? model) => ImmutableDictionary<string, string?>.Empty.Add(DiagnosticFacts.Model, model);

    private static string Costs(string model) =>
        ModelPrices.RatesOf(model) is { Input: not null } rates ? $" ({ModelPrices.Describe(rates)} per million tokens)" : "";
}
