using System.Collections.Immutable;
using System.Globalization;
using Magsag.Pricing;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers;

/// <summary>MAG009: a model that its provider has retired, or that nobody has a price for.</summary>
internal sealed class RetiredModelRule : IModelRule
{
    public const string Id = "MAG009";

    // Names that begin like this belong to one maker, whatever service sells them: not to know one is a gap or a slip of the pen.
    private static readonly string[] MakersPrefixes = ["gpt-", "o1-", "o3-", "o4-", "claude-", "gemini-", "text-embedding-"];

    public DiagnosticDescriptor Descriptor { get; } = Rule.Describe(
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

        if (price.RetiredOn is not { } retired || retired > context.Prices.Now)
        {
            return null;
        }

        string day = retired.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string text = price.Successor is { } successor ? $"{model.Id} was retired on {day}; its successor is {successor}{Costs(successor, context.Prices)}" : $"{model.Id} was retired on {day}";
        return Diagnostic.Create(Descriptor, model.Site, model.FixLocations, Facts(price.Successor), text);
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

    private static string Costs(string model, ModelPrices prices) =>
        prices.RatesOf(model) is { Input: not null } rates ? $" ({ModelPrices.Describe(rates)} per million tokens)" : "";
}
