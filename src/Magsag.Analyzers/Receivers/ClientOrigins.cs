using Magsag.Analyzers.Sdks;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Receivers;

/// <summary>Tells whose code makes a client: an SDK's, the platform's, or that of somebody who isn't known.</summary>
internal static class ClientOrigins
{
    /// <summary>True for a member of a library that is neither a known SDK nor the platform: what it returns may do anything.</summary>
    public static bool IsForeign(ISymbol member)
    {
        if (!member.DeclaringSyntaxReferences.IsEmpty || member.ContainingType is not { TypeKind: not TypeKind.Error } type || KnownApis.IsOfSdk(type))
        {
            return false;
        }

        INamespaceSymbol root = type.ContainingNamespace;
        while (root is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            root = root.ContainingNamespace;
        }

        return root.Name is not ("System" or "Microsoft" or "Azure" or "Aspire");
    }

    /// <summary>True for a type of no known SDK.</summary>
    public static bool IsUnknown(ITypeSymbol? type) => type is null or { TypeKind: TypeKind.Error } || !KnownApis.IsOfSdk(type);

    /// <summary>True for a provider of services.</summary>
    public static bool IsServiceProvider(ITypeSymbol? type) => type is not null && (type.Name == "IServiceProvider" || type.AllInterfaces.Any(static contract => contract.Name == "IServiceProvider"));
}
