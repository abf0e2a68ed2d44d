using Magsag.Analyzers.Models;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Receivers;

/// <summary>Reads which server a client talks to: many serve the same protocol, some of them on the machine itself.</summary>
internal static class Endpoints
{
    // A handler inside a client inside a transport, each in a variable of its own.
    private const int MaxDepth = 4;

    /// <summary>How the addresses of servers on the machine itself begin.</summary>
    public static string[] Local { get; } = ["http://localhost", "http://127.0.0.1"];

    public static bool IsLocal(string address) => Local.Any(prefix => address.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads the options among the arguments that a client or a factory of clients is created with.</summary>
    public static void Read(IEnumerable<IOperation?> arguments, ReceiverTrace trace, KnownApis apis, SemanticModel semantics, CancellationToken cancellationToken)
    {
        foreach (IOperation? argument in arguments)
        {
            if (apis.FindEndpointOptions(argument?.Type) is not { } options)
            {
                continue;
            }

            IOperation? value = Initializers.Resolve(argument, semantics, cancellationToken);
            trace.IsUnknownImplementation |= IsStub(FindMember(value, options.TransportMember), semantics, cancellationToken);
            if (options.Member is not { } member)
            {
                continue;
            }

            (bool isGiven, string? address) = FindEndpoint(value, member);
            trace.IsFree |= address is not null && IsLocal(address);
            trace.HasUnknownEndpoint |= isGiven && address is null;
        }
    }

    /// <summary>True when a transport or a handler that is created inside an expression is the project's own.</summary>
    public static bool IsStub(IOperation? transport, SemanticModel semantics, CancellationToken cancellationToken, int depth = 0) => transport?.DescendantsAndSelf().Any(operation => operation switch
    {
        IObjectCreationOperation created => IsStub(created.Type),
        ILocalReferenceOperation local when depth < MaxDepth => IsStub(local.Type) || (Initializers.Resolve(local, semantics, cancellationToken) is { } initial && initial != local && IsStub(initial, semantics, cancellationToken, depth + 1)),
        IParameterReferenceOperation or IFieldReferenceOperation => IsStub(operation.Type),
        _ => false,
    }) == true;

    private static IOperation? FindMember(IOperation? options, string member) => (options as IObjectCreationOperation)?.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>()
        .FirstOrDefault(assignment => (assignment.Target as IMemberReferenceOperation)?.Member.Name == member)?.Value;

    // A handler of the project's own answers itself, unless it hands requests on.
    private static bool IsStub(ITypeSymbol? type) => type?.DeclaringSyntaxReferences.IsEmpty == false && Bases(type).All(static ancestor => ancestor.Name != "DelegatingHandler");

    private static IEnumerable<ITypeSymbol> Bases(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            yield return type;
        }
    }

    private static (bool IsGiven, string? Address) FindEndpoint(IOperation? options, string member)
    {
        if (options is not IObjectCreationOperation)
        {
            return (true, null);
        }

        IOperation? endpoint = FindMember(options, member);
        return endpoint is null ? (false, null) : (true, ReadAddress(endpoint));
    }

    /// <summary>The address that an expression gives, as a text or as a <c>new Uri("…")</c>; null when it isn't constant.</summary>
    public static string? ReadAddress(IOperation? endpoint) =>
        ConstantValues.GetText(endpoint) ?? (endpoint.Unwrapped() as IObjectCreationOperation)?.Arguments.Select(static argument => ConstantValues.GetText(argument.Value)).FirstOrDefault();
}
