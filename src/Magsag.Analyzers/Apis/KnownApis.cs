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
    private readonly Dictionary<string, ToolLoop[]> _toolLoopsByMethod;
    private readonly HashSet<string> _freeClients;
    private readonly HashSet<string> _cappingFactories;
    private readonly HashSet<string> _optionsHolders;
    private readonly HashSet<string> _optionsHolderFactories;
    private readonly HashSet<string> _modelEnums;
    private readonly HashSet<string> _paidRegistrations;
    private readonly MarkedMethods _marked;
    private readonly string[] _namespaces;
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _namingConstructors = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _wrappers = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, string> _names = new(SymbolEqualityComparer.Default);

    private KnownApis(SdkTable[] tables, MarkedMethods marked)
    {
        _marked = marked;
        Names = new SdkNames(tables, marked.Names);
        _apisByMethod = tables.SelectMany(static table => table.Apis)
            .SelectMany(static api => api.Methods.Select(method => (method, api)))
            .GroupBy(static pair => pair.method, static pair => pair.api)
            .ToDictionary(static group => group.Key, static group => group.ToArray());
        _modelSitesByMethod = tables.SelectMany(static table => table.ModelSites).GroupBy(static site => site.Method).ToDictionary(static group => group.Key, static group => group.ToArray());
        _apisByOptionsType = tables.SelectMany(static table => table.Apis).Where(static api => api.OptionsType is not null).GroupBy(static api => api.OptionsType!).ToDictionary(static group => group.Key, static group => group.First());
        _deploymentReceivers = [.. tables.SelectMany(static table => table.DeploymentReceivers)];
        _toolLoopsByMethod = tables.SelectMany(static table => table.ToolLoops).GroupBy(static loop => loop.Method).ToDictionary(static group => group.Key, static group => group.ToArray());
        _freeClients = [.. tables.SelectMany(static table => table.FreeClients)];
        _cappingFactories = [.. tables.SelectMany(static table => table.CappingFactories)];
        _optionsHolders = [.. tables.SelectMany(static table => table.OptionsHolders)];
        _optionsHolderFactories = [.. tables.SelectMany(static table => table.OptionsHolderFactories)];
        _paidRegistrations = [.. tables.SelectMany(static table => table.PaidRegistrations)];
        _namespaces = [.. SdkTable.All.Select(static table => table.Marker.Substring(0, table.Marker.LastIndexOf('.'))).Distinct()];
        _modelEnums = [.. tables.SelectMany(static table => table.ModelEnums)];
    }

    /// <summary>The known SDKs of a compilation; null when it references none.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="hasWrappers">True when the team named wrappers of its own, which may hide an SDK.</param>
    public static KnownApis? Find(Compilation compilation, bool hasWrappers = false)
    {
        SdkTable[] referenced = [.. SdkTable.All.Where(table => !compilation.GetTypesByMetadataName(table.Marker).IsEmpty)];
        MarkedMethods marked = MarkedMethods.Of(compilation);
        return referenced.Length == 0 && !hasWrappers && !marked.Exist ? null : new KnownApis(referenced, marked);
    }

    /// <summary>The names without which code concerns none of them.</summary>
    public SdkNames Names { get; }

    /// <summary>True when code of any name may concern them: a team's mark on its own methods comes from another assembly, which may have marked methods too.</summary>
    public bool MayHaveAnyName => _marked.MayHaveAnyName;

    /// <summary>True when a method or constructor may have a parameter that names a model.</summary>
    public bool NamesModel(IMethodSymbol method)
    {
        if (method.MethodKind != MethodKind.Constructor)
        {
            return _modelSitesByMethod.ContainsKey(method.Name);
        }

        if (!_namingConstructors.TryGetValue(method, out bool names))
        {
            names = ModelParameterOf(method) is not null;
            _namingConstructors.TryAdd(method, names);
        }

        return names;
    }

    /// <summary>True when a type belongs to an SDK that is known.</summary>
    public bool IsOfSdk(ITypeSymbol type)
    {
        string space = type.ContainingNamespace?.ToDisplayString() ?? "";
        return _namespaces.Any(known => space.StartsWith(known, StringComparison.Ordinal) && (space.Length == known.Length || space[known.Length] == '.'));
    }

    /// <summary>True when a method is a team's own wrapper: marked with an attribute named <c>CostlyCall</c>, or named in the settings.</summary>
    public bool IsWrapper(IMethodSymbol method, AnalyzerSettings settings)
    {
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return (_marked.Exist && _wrappers.GetOrAdd(definition, MarkedMethods.IsMarked))
            || (settings.HasCostMethods && settings.IsCostMethod(definition.ContainingType is { } type ? NameOf(type) : "", definition.Name));
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
            if (IsDeclaredBy(method, api) && !IsProtocol(method, api) && (!api.RequiresOptions || method.Parameters.Any(parameter => IsOptions(parameter.Type, api))))
            {
                return api;
            }
        }

        return null;
    }

    /// <summary>The parameter of a method or constructor that names a model; null when there is none.</summary>
    public IParameterSymbol? ModelParameterOf(IMethodSymbol method) => ModelParameterOf(method, out _);

    /// <inheritdoc cref="ModelParameterOf(IMethodSymbol)"/>
    /// <param name="method">The method.</param>
    /// <param name="judgesDefault">True when leaving the parameter out is a choice that costs.</param>
    public IParameterSymbol? ModelParameterOf(IMethodSymbol method, out bool judgesDefault)
    {
        judgesDefault = false;
        string name = method.MethodKind == MethodKind.Constructor ? ModelSite.Constructor : method.Name;
        if (!_modelSitesByMethod.TryGetValue(name, out ModelSite[] sites))
        {
            return null;
        }

        foreach (ModelSite site in sites)
        {
            if (IsOrDerivesFrom(method.ContainingType, site.Type)
                && method.Parameters.FirstOrDefault(parameter => parameter.Name == site.Parameter && parameter.Type.SpecialType == SpecialType.System_String) is { } parameter)
            {
                judgesDefault = site.JudgesDefault;
                return parameter;
            }
        }

        return null;
    }

    /// <summary>The loop of tool calls that a method begins; null when it begins none.</summary>
    public ToolLoop? ToolLoopOf(IMethodSymbol method) => _toolLoopsByMethod.TryGetValue(method.Name, out ToolLoop[] loops)
        ? loops.FirstOrDefault(loop => loop.Type == NameOf((method.ReducedFrom ?? method).ContainingType))
        : null;

    /// <summary>The API whose options a type is; null when it is none.</summary>
    public LlmApi? ApiOfOptions(ITypeSymbol? type) =>
        type is not null && _apisByOptionsType.TryGetValue(NameOf(type), out LlmApi api) ? api : null;

    /// <summary>True when strings given to the receiver name deployments, behind which any model may stand.</summary>
    public bool NamesDeployments(ITypeSymbol? receiver) => receiver is not null && _deploymentReceivers.Contains(NameOf(receiver));

    /// <summary>True when a client costs nothing, whoever calls it.</summary>
    public bool IsFree(ITypeSymbol? client) => _freeClients.Count > 0 && client is not null && _freeClients.Contains(NameOf(client));

    /// <summary>The names by which code that makes free clients can be told.</summary>
    public static IEnumerable<string> FreeClientNames { get; } = SdkTable.All.SelectMany(static table => table.FreeClients).Select(static name => name.Substring(name.LastIndexOf('.') + 1)).ToArray();

    /// <summary>True when a method registers a paid service, whose server is known.</summary>
    public bool RegistersPaid(string method) => _paidRegistrations.Contains(method);

    /// <summary>True when the client that a method makes caps by itself.</summary>
    public bool Caps(IMethodSymbol factory) => _cappingFactories.Count > 0 && _cappingFactories.Contains($"{NameOf((factory.ReducedFrom ?? factory).ContainingType)}.{factory.Name}");

    /// <summary>True when a type is made around a client and may bring options of its own.</summary>
    public bool HoldsOptions(ITypeSymbol? type) => _optionsHolders.Count > 0 && type is not null && _optionsHolders.Contains(NameOf(type));

    /// <summary>True when a method makes such a type, options and all.</summary>
    public bool MakesOptionsHolder(IMethodSymbol factory) => _optionsHolderFactories.Contains(factory.Name) && HoldsOptions(factory.ReturnType);

    /// <summary>The id of the model that a member of an SDK's enumeration stands for; null when it is no such member.</summary>
    public string? ModelOf(IFieldSymbol member) => _modelEnums.Count > 0 && member.ContainingType.TypeKind == TypeKind.Enum && _modelEnums.Contains(NameOf(member.ContainingType))
        ? ModelEnumName.ToId(member.Name)
        : null;

    /// <summary>True for the options of an API themselves.</summary>
    public bool IsOptions(ITypeSymbol? type, LlmApi api) => type is not null && api.OptionsType is not null && NameOf(type) is var name && (api.OptionsType == name || api.OptionsSubtypes.Contains(name));

    /// <summary>True for a type that carries an API's options inside it.</summary>
    public bool IsCarrier(ITypeSymbol? type, LlmApi api) => type is not null && api.OptionsCarriers.Length > 0 && api.OptionsCarriers.Contains(NameOf(type));

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
