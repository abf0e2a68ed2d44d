using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers;

/// <summary>One call to a model, understood once; the rules only judge it.</summary>
internal sealed class LlmCall
{
    private static readonly LlmApi Wrapper = new(ApiKind.Wrapper, [], [], null, null, null);

    public required LlmApi Api { get; init; }

    public required IInvocationOperation Operation { get; init; }

    /// <summary>The parameter that takes options; null for an overload that has none.</summary>
    public required IParameterSymbol? OptionsParameter { get; init; }

    /// <summary>What is known of the options that the call passes.</summary>
    public required TrackedOptions Options { get; init; }

    /// <summary>What is known of the client.</summary>
    public required ReceiverTrace Receiver { get; init; }

    /// <summary>The client expression.</summary>
    public required IOperation? Client { get; init; }

    public required SemanticModel Semantics { get; init; }

    /// <summary>The model that answers, when it is a constant.</summary>
    public string? Model { get; init; }

    private IReadOnlyList<ExpressionSyntax>? _prompt;

    /// <summary>The pieces that the prompt is made of, found when the first rule asks.</summary>
    public IReadOnlyList<ExpressionSyntax> PromptOf(RuleContext context) => _prompt ??= PromptSyntax.Of(this, context.Apis, context.CancellationToken);

    public Location Location => Operation.Syntax.GetLocation();

    /// <summary>Understands an invocation; null when it calls no model.</summary>
    public static LlmCall? TryCreate(IInvocationOperation operation, RuleContext context)
    {
        KnownApis apis = context.Apis;
        if (operation.SemanticModel is not { } semantics
            || (apis.ApiOf(operation.TargetMethod) ?? (apis.IsWrapper(operation.TargetMethod, context.Settings) ? Wrapper : null)) is not { } api)
        {
            return null;
        }

        IOperation? client = operation.Receiver();
        IOperation? called = api.CalledParameter is { } name ? operation.Arguments.For(name)?.Value : client;
        ReceiverTrace receiver = context.Receivers.Trace(called);
        if (receiver.IsFree || (api.RequiresHolder && receiver.HolderArguments is null))
        {
            return null;
        }

        TrackedOptions options = OptionsOf(operation, api, receiver, apis, new OptionsTracker(api, apis, semantics, context.CancellationToken));
        return new LlmCall
        {
            Api = api,
            Operation = operation,
            OptionsParameter = operation.TargetMethod.Parameters.FirstOrDefault(parameter => apis.IsOptions(parameter.Type, api)),
            Options = options,
            Receiver = receiver,
            Client = client,
            Semantics = semantics,
            Model = options.Model ?? ModelArgumentOf(operation, apis) ?? receiver.Model,
        };
    }

    private static TrackedOptions OptionsOf(IInvocationOperation operation, LlmApi api, ReceiverTrace receiver, KnownApis apis, OptionsTracker tracker)
    {
        if (operation.Arguments.Any(argument => argument.ArgumentKind != ArgumentKind.DefaultValue && api.EscapeParameters.Contains(argument.Parameter?.Name)))
        {
            return TrackedOptions.Unknown;
        }

        if (api.CapParameter is { } cap)
        {
            return CapArgumentOf(operation, cap);
        }

        TrackedOptions options = TrackArgument(operation.Arguments, api, apis, tracker);
        if (!api.ReceiverHasOptions || options.Cap is CapState.Capped or CapState.Unknown)
        {
            return options;
        }

        // A configuration of the SDK's own may hold options that aren't seen.
        return receiver.HolderArguments is { } made && !made.Any(static argument => argument.Parameter?.Type.Name == "PromptTemplateConfig") ? TrackArgument(made, api, apis, tracker) : TrackedOptions.Unknown;
    }

    private static TrackedOptions TrackArgument(IEnumerable<IArgumentOperation> arguments, LlmApi api, KnownApis apis, OptionsTracker tracker) =>
        arguments.FirstOrDefault(candidate => apis.IsOptions(candidate.Parameter?.Type, api) || apis.IsCarrier(candidate.Parameter?.Type, api)) switch
        {
            null or { ArgumentKind: ArgumentKind.DefaultValue } => new TrackedOptions(CapState.Absent),
            { } argument => tracker.Track(argument.Value),
        };

    private static TrackedOptions CapArgumentOf(IInvocationOperation operation, string parameter) =>
        operation.Arguments.For(parameter) switch
        {
            null or { ArgumentKind: ArgumentKind.DefaultValue } => new TrackedOptions(CapState.Absent),
            { Value.ConstantValue: { HasValue: true, Value: null } } => new TrackedOptions(CapState.Absent),
            { } given => new TrackedOptions(CapState.Capped, CapValue: Constants.NumberOf(given.Value)),
        };

    private static string? ModelArgumentOf(IInvocationOperation operation, KnownApis apis) => apis.ModelParameterOf(operation.TargetMethod) is { } parameter
        ? Constants.ModelOf(operation.Arguments.For(parameter.Name)?.Value, apis)
        : null;
}
