using System.Collections.Immutable;
using System.Globalization;
using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Caps;
using Magsag.Analyzers.Options;
using Magsag.Analyzers.Sdks;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Rules;

/// <summary>MAG001: a call without an output token cap.</summary>
internal sealed class UncappedCallRule : ICallRule
{
    public const string Id = "MAG001";

    // A cap of so many times the team's usual one limits nothing.
    private const int HighCapFactor = 16;

    private static readonly DiagnosticDescriptor Uncapped = RuleDescriptor.Create(
        Id,
        "Call without an output token cap",
        "Uncapped: the answer may use as many output tokens as the model can produce",
        DiagnosticSeverity.Warning,
        "Output tokens cost several times as much as input tokens, and without a cap one answer may run to the model's limit.");

    private static readonly DiagnosticDescriptor UncappedWithCost = Uncapped.WithMessage("Uncapped: up to {0} output tokens, {1} a call on {2}");
    private static readonly DiagnosticDescriptor PartlyCapped = Uncapped.WithMessage("Uncapped on one of the paths that lead here: the answer may use as many output tokens as the model can produce");
    private static readonly DiagnosticDescriptor HighCap = Uncapped.WithMessage("Hardly capped: up to {0} output tokens");
    private static readonly DiagnosticDescriptor HighCapWithCost = Uncapped.WithMessage("Hardly capped: up to {0} output tokens, {1} a call on {2}");

    public DiagnosticDescriptor Descriptor => Uncapped;

    public Diagnostic? Analyze(LlmCall call, FileContext context)
    {
        if (call.Api.CapIsRequired)
        {
            return AnalyzeCap(call, context);
        }

        if (call.Api.Kind != ApiKind.Text || call.Options.Cap is CapState.Capped or CapState.Unknown || call.Receiver.MayCap)
        {
            return null;
        }

        // Server and model are the configuration's: it may be any.
        if (call.Receiver.HasNamedEndpoint && ModelPrices.Find(call.Model) is null)
        {
            return null;
        }

        // A client from outside may have come through a pipeline that gives it a default cap.
        if (call.Api.HasPipelines && !call.Receiver.IsComplete && context.Pipelines.MayBeCapped(call.Receiver, ServiceKinds.Text))
        {
            return null;
        }

        if (call.Options.Cap == CapState.PartlyCapped)
        {
            return Report(PartlyCapped, call, context);
        }

        return ModelPrices.Find(call.Model) is { MaxOutputTokens: { } max } price && ModelPrices.GetRates(price)?.Output is { } rate
            ? Report(UncappedWithCost, call, context, ModelPrices.FormatTokens(max), ModelPrices.FormatCost(max, rate, decimals: 2), call.Model)
            : Report(Uncapped, call, context);
    }

    // Where every request must name a cap, its value tells whether it is one.
    private static Diagnostic? AnalyzeCap(LlmCall call, FileContext context)
    {
        if (call.Options is not { Cap: CapState.Capped, CapValue: { } cap } || cap < (long)context.Settings.MaxOutputTokens * HighCapFactor)
        {
            return null;
        }

        return ModelPrices.GetRates(call.Model)?.Output is { } rate
            ? Report(HighCapWithCost, call, context, ModelPrices.FormatTokens(cap), ModelPrices.FormatCost(cap, rate, decimals: 2), call.Model)
            : Report(HighCap, call, context, ModelPrices.FormatTokens(cap));
    }

    private static Diagnostic Report(DiagnosticDescriptor finding, LlmCall call, FileContext context, params object?[] arguments) =>
        Diagnostic.Create(finding, call.Location, GetFixLocations(call), GetProperties(call, context), arguments);

    private static IEnumerable<Location> GetFixLocations(LlmCall call) => (HasOptions(call) ? call.Options.Creation : call.Options.Carrier) is { } creation ? [creation.GetLocation()] : [];

    private static bool HasOptions(LlmCall call) => call.Options.Cap is CapState.Uncapped or CapState.Capped or CapState.PartlyCapped;

    private static ImmutableDictionary<string, string?> GetProperties(LlmCall call, FileContext context)
    {
        FittingCap cap = CapEstimate.Find(call, context.Settings, ModelPrices.Find(call.Model)?.MaxOutputTokens);
        string tokens = cap.Tokens.ToString(CultureInfo.InvariantCulture);
        bool isExtension = HasOptions(call) && call.Options.Creation is { } creation && !HasMember(call, creation, call.Api.CapPath);
        bool isCarried = call.OptionsParameter is null && call.Api.NewCarrier is not null;
        return ImmutableDictionary<string, string?>.Empty
            .Add(DiagnosticProperties.Fix, ChooseFix(call, context))
            .Add(DiagnosticProperties.OptionsType, call.Api.NewOptionsType ?? call.Api.OptionsType ?? "")
            .Add(DiagnosticProperties.OptionsParameter, (call.OptionsParameter ?? FindCarrierParameter(call, context))?.Name)
            .Add(DiagnosticProperties.Carrier, isCarried ? call.Api.NewCarrier : null)
            .Add(DiagnosticProperties.CapMember, isExtension ? call.Api.ExtensionMember : call.Api.CapPath ?? call.Api.CapParameter)
            .Add(DiagnosticProperties.Cap, isExtension ? call.Api.NewExtension?.Replace("{0}", tokens) : FormatCap(call.Api, tokens))
            .Add(DiagnosticProperties.CapTitle, cap.Reason is { } reason ? $"{ModelPrices.FormatTokens(cap.Tokens)} ({reason})" : ModelPrices.FormatTokens(cap.Tokens));
    }

    private static string? ChooseFix(LlmCall call, FileContext context) => call.Operation.TargetMethod.Parameters switch
    {
        _ when HasOptions(call) => call.Options.Creation is { } creation && (HasMember(call, creation, call.Api.CapPath) || HasMember(call, creation, call.Api.ExtensionMember)) ? CapFix.SetInCreation : null,
        var parameters when call.Api.CapParameter is { } cap => parameters.Any(candidate => candidate.Name == cap) ? CapFix.AddCapArgument : null,
        _ when !ExistsNewOptions(call) => null,
        _ when call.Options.Carrier is not null => CapFix.SetInCarrier,
        _ when call.Api.OptionsCarriers.Length > 0 && call.OptionsParameter is null => call.Api.NewCarrier is not null && FindCarrierParameter(call, context) is not null ? CapFix.AddOptions : null,
        _ when call.OptionsParameter is not null => CapFix.AddOptions,
        var parameters when call.Api.NewUserMessage is not null && parameters.LastOrDefault() is { IsParams: true } => CapFix.MessagesToList,
        _ => call.Api.RequestForm is null ? null : CapFix.ArgumentsToRequest,
    };

    private static IParameterSymbol? FindCarrierParameter(LlmCall call, FileContext context) => call.Operation.TargetMethod.Parameters.FirstOrDefault(parameter => context.Apis.IsCarrier(parameter.Type, call.Api));

    // A base class of the options may lack the cap that a derived class has.
    private static bool HasMember(LlmCall call, SyntaxNode creation, string? member)
    {
        for (ITypeSymbol? type = call.Semantics.GetTypeInfo(creation).Type; type is not null; type = type.BaseType)
        {
            if (!type.GetMembers(member ?? "").IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    // The options may belong to a package that the project doesn't reference.
    private static bool ExistsNewOptions(LlmCall call) => !call.Semantics.Compilation.GetTypesByMetadataName(call.Api.NewOptionsType ?? call.Api.OptionsType ?? "").IsEmpty;

    private static string FormatCap(LlmApi api, string cap) => api.CapContainerType is { } container ? $"new global::{container} {{ {api.CapMember} = {cap} }}" : cap;
}
