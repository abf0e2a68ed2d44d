using System.Collections.Immutable;
using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Models;
using Magsag.Pricing.Permissions;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Rules;

/// <summary>MAG012: a model that the policy doesn't allow.</summary>
internal sealed class ForbiddenModelRule : IModelRule
{
    public const string Id = "MAG012";

    private static readonly DiagnosticDescriptor Forbidden = RuleDescriptor.Create(
        Id,
        "Model isn't allowed by the policy",
        "{0} is forbidden by the policy",
        DiagnosticSeverity.Warning,
        "The team's policy says which models may be used; the gate or the budget will refuse this one.");

    private static readonly DiagnosticDescriptor NotAllowed = Forbidden.WithMessage("{0} isn't among the models that the policy allows");
    private static readonly DiagnosticDescriptor NeedsApproval = Forbidden.WithMessage("{0} needs an approval by the policy");
    private static readonly DiagnosticDescriptor ForbiddenWithChoice = WithChoice(Forbidden);
    private static readonly DiagnosticDescriptor NotAllowedWithChoice = WithChoice(NotAllowed);
    private static readonly DiagnosticDescriptor NeedsApprovalWithChoice = WithChoice(NeedsApproval);

    public DiagnosticDescriptor Descriptor => Forbidden;

    public int Rank => 0;

    public bool IsConclusive => true;

    public Diagnostic? Analyze(NamedModel model, FileContext context)
    {
        ModelPermission permission = context.Settings.GetPermission(model.Id);
        if (permission == ModelPermission.Granted)
        {
            return null;
        }

        string? instead = FindAllowed(model.Id, context);
        DiagnosticDescriptor finding = permission switch
        {
            ModelPermission.Forbidden => instead is null ? Forbidden : ForbiddenWithChoice,
            ModelPermission.NotAllowed => instead is null ? NotAllowed : NotAllowedWithChoice,
            _ => instead is null ? NeedsApproval : NeedsApprovalWithChoice,
        };
        return Diagnostic.Create(finding, model.Site, model.FixLocations, ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Model, instead), model.Id, instead);
    }

    private static DiagnosticDescriptor WithChoice(DiagnosticDescriptor rule) => rule.WithMessage(rule.MessageFormat + "; {1} is allowed");

    private static string? FindAllowed(string model, FileContext context)
    {
        string? candidate = context.Settings.FirstAllowedModel ?? (ModelPrices.Find(model) is { } price ? ModelPrices.FindEconomyModel(price, context.Settings)?.Model : null);
        return candidate is not null && context.Settings.GetPermission(candidate) == ModelPermission.Granted ? candidate : null;
    }
}
