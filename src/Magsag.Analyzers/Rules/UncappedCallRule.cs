using System.Collections.Immutable;
using System.Globalization;
using Magsag.Pricing;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers;

/// <summary>MAG001: a call without an output token cap.</summary>
internal sealed class UncappedCallRule : IRule
{
    public const string Id = "MAG001";

    public DiagnosticDescriptor Descriptor { get; } = new(
        Id,
        "Call without an output token cap",
        "{0}",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Output tokens cost several times as much as input tokens, and without a cap one answer may run to the model's limit.",
        Rule.HelpRoot + Id + ".md");

    public Diagnostic? Judge(LlmCall call, RuleContext context)
    {
        if (call.Api.Kind != ApiKind.Text || call.Options.Cap is CapState.Capped or CapState.Unknown || call.Receiver.MayCap)
        {
            return null;
        }

        // A client from outside may have come through a pipeline that gives it a default cap.
        if (call.Api.HasPipelines && !call.Receiver.IsComplete && context.Pipelines.SetsCap)
        {
            return null;
        }

        return Diagnostic.Create(Descriptor, call.Location, AdditionalLocations(call), FactsOf(call, context), Describe(call.Model));
    }

    private static string Describe(string? model)
    {
        if (ModelPrices.Find(model) is { MaxOutputTokens: { } most } price && ModelPrices.RatesOf(price)?.Output is { } rate)
        {
            string cost = ModelPrices.Dollars(Math.Round(most * rate / 1_000_000m, 2));
            return $"Uncapped: up to {most.ToString("#,##0", CultureInfo.InvariantCulture)} output tokens, {cost} a call on {model}";
        }

        return "Uncapped: the answer may use as many output tokens as the model can produce";
    }

    private static IEnumerable<Location> AdditionalLocations(LlmCall call) =>
        call.Options.Cap == CapState.Uncapped && call.Options.Creation is { } creation ? [creation.GetLocation()] : [];

    private static ImmutableDictionary<string, string?> FactsOf(LlmCall call, RuleContext context)
    {
        string? fix = call.Options switch
        {
            { Cap: CapState.Uncapped, Creation: not null } => CapFixes.SetInCreation,
            { Cap: CapState.Uncapped } => null,
            _ when call.OptionsParameter is not null => CapFixes.AddOptions,
            _ when call.Operation.TargetMethod.Parameters.LastOrDefault() is { IsParams: true } => CapFixes.MessagesToList,
            _ when context.Apis.ModelParameterOf(call.Operation.TargetMethod) is not null => CapFixes.ArgumentsToRequest,
            _ => null,
        };
        return ImmutableDictionary<string, string?>.Empty
            .Add(DiagnosticFacts.Fix, fix)
            .Add(DiagnosticFacts.OptionsType, call.Api.OptionsType)
            .Add(DiagnosticFacts.OptionsParameter, call.OptionsParameter?.Name)
            .Add(DiagnosticFacts.CapMember, call.Api.CapMember)
            .Add(DiagnosticFacts.Cap, context.Settings.MaxOutputTokens.ToString(CultureInfo.InvariantCulture));
    }
}
