using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Receivers;

/// <summary>Reads which server a client talks to: many serve the same protocol, some of them on the machine itself.</summary>
internal static class Endpoints
{
    // A handler inside a client inside a transport, each in a variable of its own.
    private const int MaxDepth = 4;

    private static readonly string[] AddressWords = ["endpoint", "baseurl", "baseuri", "baseaddress", "serverurl", "apiurl"];

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
            IOperation? transport = FindMember(argument, value, options.TransportMember, semantics, cancellationToken);
            trace.IsUnknownImplementation |= IsStub(transport, semantics, cancellationToken);
            if (options.Member is { } member)
            {
                ServerKind server = value is not IObjectCreationOperation ? ServerKind.Unknown
                    : FindMember(argument, value, member, semantics, cancellationToken) is { } endpoint ? ServerAddresses.Judge(endpoint, semantics, cancellationToken)
                    : ServerKind.Hosted;
                trace.AddServer(server);
            }
        }
    }

    /// <summary>Reads the arguments of the project's own method that makes a client and can't be followed: <c>factory(key, model, endpoint)</c>.</summary>
    public static void ReadOwnFactory(IInvocationOperation factory, ReceiverTrace trace, SemanticModel semantics, CancellationToken cancellationToken)
    {
        foreach (IArgumentOperation argument in factory.Arguments.Where(argument => argument.ArgumentKind == ArgumentKind.Explicit && (NamesAddress(argument.Parameter?.Name) || NamesAddress(argument.Value.Syntax.ToString()))))
        {
            ServerKind server = ServerAddresses.Judge(argument.Value, semantics, cancellationToken);
            trace.AddServer(server == ServerKind.Local ? ServerKind.Unknown : server);
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

    // What a member is set to, where the options are made or by a statement after that.
    private static IOperation? FindMember(IOperation? options, IOperation? made, string member, SemanticModel semantics, CancellationToken cancellationToken) =>
        (made as IObjectCreationOperation)?.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>().FirstOrDefault(assignment => (assignment.Target as IMemberReferenceOperation)?.Member.Name == member)?.Value
        ?? (options.Unwrapped() is ILocalReferenceOperation { Local: var local } && FindAssigned(local, member, semantics, cancellationToken) is { } assigned ? semantics.GetOperation(assigned, cancellationToken) : null);

    private static ExpressionSyntax? FindAssigned(ILocalSymbol options, string member, SemanticModel semantics, CancellationToken cancellationToken) =>
        Initializers.FindDeclarator(options, semantics, cancellationToken)?.Ancestors().FirstOrDefault(static node => node is BlockSyntax or CompilationUnitSyntax)?.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .FirstOrDefault(assignment => assignment.Left is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner } access && owner.Identifier.ValueText == options.Name && access.Name.Identifier.ValueText == member)?.Right;

    // A handler of the project's own answers itself, unless it hands requests on.
    private static bool IsStub(ITypeSymbol? type) => type?.DeclaringSyntaxReferences.IsEmpty == false && Bases(type).All(static ancestor => ancestor.Name != "DelegatingHandler");

    private static IEnumerable<ITypeSymbol> Bases(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            yield return type;
        }
    }

    private static bool NamesAddress(string? name) => name is not null && Array.Exists(AddressWords, word => name.EndsWith(word, StringComparison.OrdinalIgnoreCase));
}
