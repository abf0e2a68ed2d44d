using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers;

/// <summary>The SDKs that a compilation references, and which of its symbols are theirs.</summary>
internal sealed class KnownApis
{
    // Types are compared by name: two SDKs may declare a public type of the same name, for which a look-up by metadata name answers nothing.
    private static readonly SymbolDisplayFormat FullName = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters);

    private readonly Dictionary<string, LlmApi[]> _apisByMethod;
    private readonly Dictionary<string, ModelSite[]> _modelSitesByMethod;
    private readonly Dictionary<string, LlmApi> _apisByOptionsType;
    private readonly HashSet<string> _deploymentReceivers;
    private readonly ConcurrentDictionary<ITypeSymbol, string> _names = new(SymbolEqualityComparer.Default);

    private KnownApis(SdkTable[] tables)
    {
        _apisByMethod = tables.SelectMany(static table => table.Apis)
            .SelectMany(static api => api.Methods.Select(method => (method, api)))
            .GroupBy(static pair => pair.method, static pair => pair.api)
            .ToDictionary(static group => group.Key, static group => group.ToArray());
        _modelSitesByMethod = tables.SelectMany(static table => table.ModelSites).GroupBy(static site => site.Method).ToDictionary(static group => group.Key, static group => group.ToArray());
        _apisByOptionsType = tables.SelectMany(static table => table.Apis).Where(static api => api.OptionsType is not null).ToDictionary(static api => api.OptionsType!);
        _deploymentReceivers = [.. tables.SelectMany(static table => table.DeploymentReceivers)];
    }

    /// <summary>The known SDKs of a compilation; null when it references none.</summary>
    public static KnownApis? Find(Compilation compilation)
    {
        SdkTable[] referenced = [.. SdkTable.All.Where(table => !compilation.GetTypesByMetadataName(table.Marker).IsEmpty)];
        return referenced.Length == 0 ? null : new KnownApis(referenced);
    }

    /// <summary>The API that a method belongs to; null when calling it costs nothing that Magsag knows of.</summary>
    public LlmApi? ApiOf(IMethodSymbol method)
    {
        if (!_apisByMethod.TryGetValue(method.Name, out LlmApi[] candidates))
        {
            return null;
        }

        foreach (LlmApi api in candidates)
        {
            if (IsDeclaredBy(method, api) && !IsProtocol(method, api))
            {
                return api;
            }
        }

        return null;
    }

    /// <summary>The parameter of a method or constructor that names a model; null when there is none.</summary>
    public IParameterSymbol? ModelParameterOf(IMethodSymbol method)
    {
        string name = method.MethodKind == MethodKind.Constructor ? ".ctor" : method.Name;
        if (!_modelSitesByMethod.TryGetValue(name, out ModelSite[] sites))
        {
            return null;
        }

        foreach (ModelSite site in sites)
        {
            if (IsOrDerivesFrom(method.ContainingType, site.Type)
                && method.Parameters.FirstOrDefault(parameter => parameter.Name == site.Parameter && parameter.Type.SpecialType == SpecialType.System_String) is { } parameter)
            {
                return parameter;
            }
        }

        return null;
    }

    /// <summary>The API whose options a type is; null when it is none.</summary>
    public LlmApi? ApiOfOptions(ITypeSymbol? type) =>
        type is not null && _apisByOptionsType.TryGetValue(NameOf(type), out LlmApi api) ? api : null;

    /// <summary>True when strings given to the receiver name deployments, behind which any model may stand.</summary>
    public bool NamesDeployments(ITypeSymbol? receiver) => receiver is not null && _deploymentReceivers.Contains(NameOf(receiver));

    public bool IsOptions(ITypeSymbol? type, LlmApi api) => type is not null && api.OptionsType == NameOf(type);

    private bool IsDeclaredBy(IMethodSymbol method, LlmApi api)
    {
        INamedTypeSymbol declaring = method.ContainingType;
        if (api.Types.Contains(NameOf(declaring.OriginalDefinition)))
        {
            return true;
        }

        // A class that implements the interface itself, or derives from a client.
        return method.MethodKind == MethodKind.Ordinary && !method.IsStatic
            && (api.Types.Any(type => IsOrDerivesFrom(declaring, type)) || declaring.AllInterfaces.Any(contract => api.Types.Contains(NameOf(contract.OriginalDefinition))));
    }

    private bool IsProtocol(IMethodSymbol method, LlmApi api) =>
        api.ProtocolParameter is { } raw && method.Parameters.Any(parameter => NameOf(parameter.Type) == raw);

    private bool IsOrDerivesFrom(INamedTypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (NameOf(type) == name)
            {
                return true;
            }
        }

        return false;
    }

    private string NameOf(ITypeSymbol type) => _names.GetOrAdd(type, static symbol => symbol.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(FullName));
}
