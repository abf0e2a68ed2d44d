using Magsag.Analyzers.Models;
using Magsag.Analyzers.Options;
using Magsag.Analyzers.Receivers;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Magsag.Pricing.Catalogue;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Calls;

/// <summary>A call to a model with all that the rules need to know of it.</summary>
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

    /// <summary>The expressions that make up the prompt, found when the first rule asks for them.</summary>
    public IReadOnlyList<ExpressionSyntax> GetPrompt(FileContext context) => _prompt ??= PromptExpressions.Find(this, context.Apis, context.CancellationToken);

    public Location Location => Operation.Syntax.GetLocation();

    /// <summary>The call that an invocation is; null when it calls no model, or one that costs nothing.</summary>
    public static LlmCall? TryCreate(IInvocationOperation operation, FileContext context) => FindApi(operation, context) is { } api
        ? TryCreate(operation, context, context.Receivers.Trace(FindCalled(operation, api), operation.Arguments.For(api.KernelParameter)?.Value ?? operation.Receiver()))
        : null;

    /// <summary>True for an invocation that may be a call, depending on what it is made on.</summary>
    public static bool MayBe(IInvocationOperation operation, FileContext context) => FindApi(operation, context) is not null;

    /// <summary>What an invocation asks: a client, an agent, or a function made from a prompt.</summary>
    public static IOperation? FindCalled(IInvocationOperation operation, KnownApis apis) => apis.FindApi(operation.TargetMethod) is { } api ? FindCalled(operation, api) : null;

    /// <inheritdoc cref="TryCreate(IInvocationOperation, FileContext)"/>
    /// <param name="operation">The invocation.</param>
    /// <param name="context">What is known of its file.</param>
    /// <param name="receiver">What is known of what it asks.</param>
    public static LlmCall? TryCreate(IInvocationOperation operation, FileContext context, ReceiverTrace receiver)
    {
        KnownApis apis = context.Apis;
        if (operation.SemanticModel is not { } semantics || FindApi(operation, context) is not { } api || receiver.IsFree || (api.RequiresHolder && !receiver.HasHolder))
        {
            return null;
        }

        TrackedOptions options = TrackOptions(operation, api, receiver, apis, semantics, context.CancellationToken);
        return new LlmCall
        {
            Api = api,
            Operation = operation,
            OptionsParameter = operation.TargetMethod.Parameters.FirstOrDefault(parameter => apis.IsOptions(parameter.Type, api)),
            Options = options,
            Receiver = receiver,
            Client = operation.Receiver(),
            Semantics = semantics,
            Model = options.Model ?? FindModelArgument(operation, apis) ?? receiver.Model,
        };
    }

    private static LlmApi? FindApi(IInvocationOperation operation, FileContext context) =>
        context.Apis.FindApi(operation.TargetMethod) ?? (context.Apis.IsWrapper(operation.TargetMethod, context.Settings) ? Wrapper : null);

    private static IOperation? FindCalled(IInvocationOperation operation, LlmApi api) => api.CalledParameter is { } name ? operation.Arguments.For(name)?.Value : operation.Receiver();

    /// <summary>True for a client of an unknown library or of the project's own, and for one of unknown origin in code that talks to servers on the machine itself.</summary>
    public bool MayBeFree(FileContext context)
    {
        bool isPriced = Model is not null && PriceCatalog.Embedded.Find(Model) is not null;
        return Receiver.IsUnknownImplementation
            || (!Receiver.IsComplete && (IsOnlyImplementation(context.Apis) ? context.Pipelines.StartsLocalServers : context.Pipelines.MayBeFree(Receiver, Api.Services, Client?.Type)))
            || (Receiver.HasUnknownEndpoint && !isPriced)
            || (!Receiver.IsComplete && context.Pipelines.NamesLocalServer(Semantics.SyntaxTree));
    }

    // A class of an SDK that wraps no client of another one: what is created elsewhere can't stand behind it.
    private bool IsOnlyImplementation(KnownApis apis) => Client?.Type is { TypeKind: TypeKind.Class } client && KnownApis.IsOfSdk(client)
        && !Api.HasPipelines && !Api.ReceiverHasOptions && apis.FindContainer(client) is null;

    private static TrackedOptions TrackOptions(IInvocationOperation operation, LlmApi api, ReceiverTrace receiver, KnownApis apis, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (operation.Arguments.Any(argument => argument.ArgumentKind != ArgumentKind.DefaultValue && api.EscapeParameters.Contains(argument.Parameter?.Name)))
        {
            return TrackedOptions.Unknown;
        }

        if (api.CapParameter is { } cap)
        {
            return TrackCapArgument(operation, cap);
        }

        TrackedOptions options = TrackValues(operation.Arguments.Where(static argument => argument.ArgumentKind != ArgumentKind.DefaultValue).Select(static argument => new HolderValue(argument.Parameter?.Type, argument.Value)), api, apis, semantics, cancellationToken);
        if (!api.ReceiverHasOptions || options.Cap is CapState.Capped or CapState.Unknown)
        {
            return options;
        }

        return receiver.Alternatives.Count > 0
            ? receiver.Alternatives.Select(one => TrackHolder(one, api, apis, semantics, cancellationToken)).Aggregate(static (all, one) => all.Or(one)) with { Creation = null, Carrier = null }
            : TrackHolder(receiver, api, apis, semantics, cancellationToken);
    }

    private static TrackedOptions TrackHolder(ReceiverTrace receiver, LlmApi api, KnownApis apis, SemanticModel semantics, CancellationToken cancellationToken) =>
        receiver is { Holder: { } created, IsHolderOpaque: false } && !created.Any(value => apis.IsOpaqueConfiguration(value.Type, api)) ? TrackValues(created, api, apis, semantics, cancellationToken) : TrackedOptions.Unknown;

    private static TrackedOptions TrackValues(IEnumerable<HolderValue> values, LlmApi api, KnownApis apis, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (values.Where(candidate => apis.IsOptions(candidate.Type, api) || apis.IsCarrier(candidate.Type, api)).Select(static candidate => candidate.Value).FirstOrDefault() is not { } given)
        {
            return new TrackedOptions(CapState.Absent);
        }

        // What an agent was made with may stand in another file, which a fix can't change.
        TrackedOptions tracked = new OptionsTracker(api, apis, given.SemanticModel ?? semantics, cancellationToken).Track(given);
        return given.Syntax.SyntaxTree == semantics.SyntaxTree ? tracked : tracked with { Creation = null, Carrier = null };
    }

    private static TrackedOptions TrackCapArgument(IInvocationOperation operation, string parameter) =>
        operation.Arguments.For(parameter) switch
        {
            null or { ArgumentKind: ArgumentKind.DefaultValue } => new TrackedOptions(CapState.Absent),
            { Value.ConstantValue: { HasValue: true, Value: null } } => new TrackedOptions(CapState.Absent),
            { } given => new TrackedOptions(CapState.Capped, CapValue: ConstantValues.GetNumber(given.Value)),
        };

    private static string? FindModelArgument(IInvocationOperation operation, KnownApis apis) => apis.FindModelParameter(operation.TargetMethod) is { } parameter
        ? ConstantValues.GetModel(operation.Arguments.For(parameter.Name)?.Value, apis)
        : null;
}
