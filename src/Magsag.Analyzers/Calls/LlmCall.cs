using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers;

/// <summary>One call to a model, understood once; the rules only judge it.</summary>
internal sealed class LlmCall
{
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

    public Location Location => Operation.Syntax.GetLocation();

    /// <summary>Understands an invocation; null when it calls no model.</summary>
    public static LlmCall? TryCreate(IInvocationOperation operation, KnownApis apis, CancellationToken cancellationToken)
    {
        if (operation.SemanticModel is not { } semantics || apis.ApiOf(operation.TargetMethod) is not { } api)
        {
            return null;
        }

        IArgumentOperation? argument = operation.Arguments.FirstOrDefault(candidate => apis.IsOptions(candidate.Parameter?.Type, api));
        var tracker = new OptionsTracker(api, apis, semantics, cancellationToken);
        TrackedOptions options = argument switch
        {
            null => new TrackedOptions(CapState.Absent),
            { ArgumentKind: ArgumentKind.DefaultValue } => new TrackedOptions(CapState.Absent),
            _ => tracker.Track(argument.Value),
        };
        IOperation? client = operation.Instance ?? (operation.TargetMethod.IsExtensionMethod && operation.Arguments.Length > 0 ? operation.Arguments[0].Value : null);
        ReceiverTrace receiver = new ReceiverTracer(apis, semantics, cancellationToken).Trace(client);
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

    private static string? ModelArgumentOf(IInvocationOperation operation, KnownApis apis) => apis.ModelParameterOf(operation.TargetMethod) is { } parameter
        ? Constants.TextOf(operation.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter.Name)?.Value)
        : null;
}
