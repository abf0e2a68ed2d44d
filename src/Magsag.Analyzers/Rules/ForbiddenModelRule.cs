using System.Collections.Immutable;
using Magsag.Pricing.Permissions;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers;

/// <summary>MAG012: a model that the policy doesn't allow.</summary>
internal sealed class ForbiddenModelRule : IModelRule
{
    public const string Id = "MAG012";

    public DiagnosticDescriptor Descriptor { get; } = Rule.Describe(
        Id,
        "Model isn't allowed by the policy",
        DiagnosticSeverity.Warning,
        "The team's policy says which models may be used; the gate or the budget will refuse this one.");

    public Diagnostic? Judge(NamedModel model, RuleContext context)
    {
        string? text = context.Settings.PermissionOf(model.Id) switch
        {
            ModelPermission.Forbidden => $"{model.Id} is forbidden by the policy",
            ModelPermission.NotAllowed => $"{model.Id} isn't among the models that the policy allows",
            ModelPermission.NeedsApproval => $"{model.Id} needs an approval by the policy",
            _ => null,
        };
        if (text is null)
        {
            return null;
        }

        string? instead = InsteadOf(model.Id, context);
        ImmutableDictionary<string, string?> facts = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticFacts.Model, instead);
        return Diagnostic.Create(Descriptor, model.Site, model.FixLocations, facts, instead is null ? text : $"{text}; {instead} is allowed");
    }

    private static string? InsteadOf(string model, RuleContext context)
    {
        string? candidate = context.Settings.FirstAllowedModel ?? (ModelPrices.Find(model) is { } price ? ModelPrices.EconomyOf(price, context.Settings)?.Model : null);
        return candidate is not null && context.Settings.PermissionOf(candidate) == ModelPermission.Granted ? candidate : null;
    }
}
