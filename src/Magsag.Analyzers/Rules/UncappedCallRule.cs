using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers;

/// <summary>MAG001: a call without an output token cap.</summary>
internal sealed class UncappedCallRule : ICallRule
{
    public const string Id = "MAG001";

    // A cap of so many times the team's usual one limits nothing.
    private const int HardlyACap = 16;

    public DiagnosticDescriptor Descriptor { get; } = Rule.Describe(
        Id,
        "Call without an output token cap",
        DiagnosticSeverity.Warning,
        "Output tokens cost several times as much as input tokens, and without a cap one answer may run to the model's limit.");

    public Diagnostic? Judge(LlmCall call, RuleContext context)
    {
        if (call.Api.CapIsRequired)
        {
            return JudgeValue(call, context);
        }

        if (call.Api.Kind != ApiKind.Text || call.Options.Cap is CapState.Capped or CapState.Unknown || call.Receiver.MayCap)
        {
            return null;
        }

        // A client from outside may have come through a pipeline that gives it a default cap.
        if (call.Api.HasPipelines && !call.Receiver.IsComplete && context.Pipelines.SetsCap)
        {
            return null;
        }

        return Diagnostic.Create(Descriptor, call.Location, AdditionalLocations(call), FactsOf(call, context), Describe(call));
    }

    // Where every request must name a cap, it is the number that says whether it is one.
    private Diagnostic? JudgeValue(LlmCall call, RuleContext context)
    {
        if (call.Options is not { Cap: CapState.Capped, CapValue: { } cap } || cap < (long)context.Settings.MaxOutputTokens * HardlyACap)
        {
            return null;
        }

        string cost = ModelPrices.RatesOf(call.Model)?.Output is { } rate
            ? $", {ModelPrices.Dollars(Math.Round(cap * rate / 1_000_000m, 2))} a call on {call.Model}"
            : "";
        return Diagnostic.Create(Descriptor, call.Location, AdditionalLocations(call), FactsOf(call, context), $"Hardly capped: up to {cap.ToString("#,##0", CultureInfo.InvariantCulture)} output tokens{cost}");
    }

    private static string Describe(LlmCall call)
    {
        string? model = call.Model;
        if (call.Options.Cap == CapState.PartlyCapped)
        {
            return "Uncapped on one of the paths that lead here: the answer may use as many output tokens as the model can produce";
        }

        if (ModelPrices.Find(model) is { MaxOutputTokens: { } most } price && ModelPrices.RatesOf(price)?.Output is { } rate)
        {
            string cost = ModelPrices.Dollars(Math.Round(most * rate / 1_000_000m, 2));
            return $"Uncapped: up to {most.ToString("#,##0", CultureInfo.InvariantCulture)} output tokens, {cost} a call on {model}";
        }

        return "Uncapped: the answer may use as many output tokens as the model can produce";
    }

    private static IEnumerable<Location> AdditionalLocations(LlmCall call) =>
        call.Options.Cap is CapState.Uncapped or CapState.Capped or CapState.PartlyCapped && call.Options.Creation is { } creation ? [creation.GetLocation()] : [];

    private static ImmutableDictionary<string, string?> FactsOf(LlmCall call, RuleContext context)
    {
        string? fix = call.Options switch
        {
            { Cap: CapState.Uncapped or CapState.Capped or CapState.PartlyCapped, Creation: not null } => CapFixes.SetInCreation,
            { Cap: CapState.Uncapped or CapState.Capped or CapState.PartlyCapped } => null,
            _ when call.Api.CapParameter is { } parameter => call.Operation.TargetMethod.Parameters.Any(candidate => candidate.Name == parameter) ? CapFixes.AddCapArgument : null,
            _ when call.Api.OptionsCarriers.Length > 0 => null,
            _ when call.OptionsParameter is not null => CapFixes.AddOptions,
            _ when call.Operation.TargetMethod.Parameters.LastOrDefault() is { IsParams: true } => CapFixes.MessagesToList,
            _ when context.Apis.ModelParameterOf(call.Operation.TargetMethod) is not null => CapFixes.ArgumentsToRequest,
            _ => null,
        };
        return ImmutableDictionary<string, string?>.Empty
            .Add(DiagnosticFacts.Fix, fix)
            .Add(DiagnosticFacts.OptionsType, call.Api.NewOptionsType ?? call.Api.OptionsType ?? "")
            .Add(DiagnosticFacts.OptionsParameter, call.OptionsParameter?.Name)
            .Add(DiagnosticFacts.CapMember, call.Api.CapContainer ?? call.Api.CapMember ?? call.Api.CapParameter)
            .Add(DiagnosticFacts.Cap, CapText(call.Api, context.Settings.MaxOutputTokens.ToString(CultureInfo.InvariantCulture)));
    }

    private static string CapText(LlmApi api, string cap) => api.CapContainerType is { } container ? $"new global::{container} {{ {api.CapMember} = {cap} }}" : cap;
}
