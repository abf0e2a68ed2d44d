using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers;

/// <summary>Reads which server a client of the OpenAI protocol talks to: many serve it, some of them on the machine itself.</summary>
internal static class Endpoints
{
    /// <summary>How the addresses of servers on the machine itself begin.</summary>
    public static string[] Local { get; } = ["http://localhost", "http://127.0.0.1"];

    public static void Read(IOperation? made, ReceiverTrace trace, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (made is not IObjectCreationOperation creation)
        {
            return;
        }

        foreach (IArgumentOperation argument in creation.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.Explicit && argument.Parameter?.Type.Name is "OpenAIClientOptions" or "ResponsesClientOptions")
            {
                Judge(EndpointOf(argument.Value, semantics, cancellationToken), trace);
            }
        }
    }

    private static void Judge((bool IsGiven, string? Address) endpoint, ReceiverTrace trace)
    {
        trace.IsFree |= endpoint.Address is { } address && IsLocal(address);
        trace.HasOpenEndpoint |= endpoint is { IsGiven: true, Address: null };
    }

    public static bool IsLocal(string address) => Local.Any(beginning => address.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));

    private static (bool IsGiven, string? Address) EndpointOf(IOperation? options, SemanticModel semantics, CancellationToken cancellationToken)
    {
        options = options.Unwrapped();
        if (options is ILocalReferenceOperation { Local.DeclaringSyntaxReferences: { Length: > 0 } references }
            && references[0].GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } initial } && initial.SyntaxTree == semantics.SyntaxTree)
        {
            options = semantics.GetOperation(initial, cancellationToken) ?? options;
        }

        if (options is not IObjectCreationOperation creation)
        {
            return (true, null);
        }

        IOperation? endpoint = creation.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>()
            .FirstOrDefault(static member => (member.Target as IMemberReferenceOperation)?.Member.Name == "Endpoint")?.Value;
        return endpoint is null ? (false, null) : (true, (endpoint as IObjectCreationOperation)?.Arguments.Select(static argument => Constants.TextOf(argument.Value)).FirstOrDefault());
    }
}
