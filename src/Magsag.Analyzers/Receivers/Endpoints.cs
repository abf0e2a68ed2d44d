using Magsag.Analyzers.Models;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Receivers;

/// <summary>Reads which server a client talks to: many serve the same protocol, some of them on the machine itself.</summary>
internal static class Endpoints
{
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
            trace.IsUnknownImplementation |= IsStub(FindMember(value, options.TransportMember));
            (bool isGiven, string? address) = FindEndpoint(value, options.Member);
            trace.IsFree |= address is not null && IsLocal(address);
            trace.HasUnknownEndpoint |= isGiven && address is null;
        }
    }

    /// <summary>True when a transport or a handler that is created inside an expression is the project's own.</summary>
    public static bool IsStub(IOperation? transport) => transport?.DescendantsAndSelf().Any(static operation => operation is IObjectCreationOperation created && IsStub(created.Type)) == true;

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
