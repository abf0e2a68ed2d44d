using System.Collections.Concurrent;
using Magsag.Analyzers.Settings;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Sdks;

/// <summary>The SDKs that a compilation references, and which of its symbols belong to them.</summary>
internal sealed class KnownApis
{
    // Types are compared by name: two SDKs may declare a public type of the same name, for which a look-up by metadata name returns nothing.
    private static readonly SymbolDisplayFormat FullName = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters);

    private static readonly string[] Namespaces = [.. SdkTable.All.Select(static table => table.Marker.Substring(0, table.Marker.LastIndexOf('.'))).Distinct()];

    private readonly SdkTable[] _tables;
    private readonly MarkedMethods _marked;
    private readonly Dictionary<string, LlmApi[]> _apisByMethod;
    private readonly Dictionary<string, LlmApi> _apisByOptionsType;
    private readonly Dictionary<string, ModelParameter[]> _modelParametersByMethod;
    private readonly Dictionary<string, ToolLoop[]> _toolLoopsByMethod;
    private readonly HashSet<string> _deploymentReceivers;
    private readonly HashSet<string> _freeClients;
    private readonly HashSet<string> _cappingFactories;
    private readonly HashSet<string> _optionsHolders;
    private readonly Dictionary<string, HolderFactory[]> _holderFactories;
    private readonly HashSet<string> _modelMembers;
    private readonly HashSet<string> _carriers;
    private readonly HashSet<string> _modelEnums;
    private readonly HashSet<string> _clients;
    private readonly HashSet<string> _sessions;
    private readonly HashSet<string> _histories;
    private readonly HashSet<string> _conversationNames;
    private readonly HashSet<string> _messages;
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _constructorsWithModel = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _wrappers = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, string> _names = new(SymbolEqualityComparer.Default);

    private KnownApis(SdkTable[] tables, MarkedMethods marked)
    {
        _tables = tables;
        _marked = marked;
        Names = new SdkNames(tables, marked.Names);
        Pipelines = [.. tables.Select(static table => table.Pipeline).OfType<ClientPipeline>()];
        _apisByMethod = tables.SelectMany(static table => table.Apis)
            .SelectMany(static api => api.Methods.Select(method => (method, api)))
            .GroupBy(static pair => pair.method, static pair => pair.api)
            .ToDictionary(static group => group.Key, static group => group.ToArray());
        _apisByOptionsType = tables.SelectMany(static table => table.Apis).Where(static api => api.OptionsType is not null).GroupBy(static api => api.OptionsType!).ToDictionary(static group => group.Key, static group => group.First());
        _modelParametersByMethod = tables.SelectMany(static table => table.ModelParameters).GroupBy(static parameter => parameter.Method).ToDictionary(static group => group.Key, static group => group.ToArray());
        _toolLoopsByMethod = tables.SelectMany(static table => table.ToolLoops).GroupBy(static loop => loop.Method).ToDictionary(static group => group.Key, static group => group.ToArray());
        _deploymentReceivers = Collect(static table => table.DeploymentReceivers);
        _freeClients = Collect(static table => table.FreeClients);
        _cappingFactories = Collect(static table => table.CappingFactories);
        _optionsHolders = Collect(static table => table.OptionsHolders);
        _holderFactories = tables.SelectMany(static table => table.HolderFactories).GroupBy(static factory => factory.Method).ToDictionary(static group => group.Key, static group => group.ToArray());
        _modelMembers = Collect(static table => table.ModelMembers);
        _carriers = Collect(static table => [.. table.Apis.SelectMany(static api => api.OptionsCarriers)]);
        _modelEnums = Collect(static table => table.ModelEnums);
        _clients = [.. Pipelines.SelectMany(static pipeline => pipeline.Clients)];
        _sessions = Collect(static table => table.SessionTypes);
        _histories = Collect(static table => table.HistoryTypes);
        _conversationNames = [.. _sessions.Concat(_histories).Select(SdkNames.GetLast)];
        _messages = Collect(static table => table.MessageTypes);
        MessageAdders = Collect(static table => table.MessageAdders);
        TurnAdders = Collect(static table => table.TurnAdders);
        HistoryReducers = Collect(static table => table.HistoryReducers);
        InstructionNames = Collect(static table => table.InstructionNames);
        SystemRoles = Collect(static table => table.SystemRoles);
        ToolCallNames = Collect(static table => table.ToolCallNames);
    }

    /// <summary>The known SDKs of a compilation; null when it references none.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="index">The words of its files.</param>
    /// <param name="hasWrappers">True when the settings name wrappers, which may hide an SDK that the project doesn't reference itself.</param>
    public static KnownApis? Find(Compilation compilation, NameIndex index, bool hasWrappers = false)
    {
        SdkTable[] referenced = [.. SdkTable.All.Where(table => Exists(compilation.GlobalNamespace, table.Marker))];
        MarkedMethods marked = MarkedMethods.Find(compilation, index);
        return referenced.Length == 0 && !hasWrappers && !marked.Exist ? null : new KnownApis(referenced, marked);
    }

    /// <summary>The names without which code concerns none of them.</summary>
    public SdkNames Names { get; }

    /// <summary>True when code of any name may concern them: the attribute that marks wrappers comes from another assembly, which may have marked methods too.</summary>
    public bool MayHaveAnyName => _marked.MayHaveAnyName;

    /// <inheritdoc cref="SdkTable.Pipeline"/>
    public ClientPipeline[] Pipelines { get; }

    /// <inheritdoc cref="SdkTable.MessageAdders"/>
    public HashSet<string> MessageAdders { get; }

    /// <inheritdoc cref="SdkTable.TurnAdders"/>
    public HashSet<string> TurnAdders { get; }

    /// <inheritdoc cref="SdkTable.HistoryReducers"/>
    public HashSet<string> HistoryReducers { get; }

    /// <inheritdoc cref="SdkTable.InstructionNames"/>
    public HashSet<string> InstructionNames { get; }

    /// <inheritdoc cref="SdkTable.ToolCallNames"/>
    public HashSet<string> ToolCallNames { get; }

    /// <inheritdoc cref="SdkTable.SystemRoles"/>
    public HashSet<string> SystemRoles { get; }

    /// <summary>True when a method or constructor may have a parameter that names a model.</summary>
    public bool MayNameModel(IMethodSymbol method)
    {
        if (method.MethodKind != MethodKind.Constructor)
        {
            return _modelParametersByMethod.ContainsKey(method.Name);
        }

        if (!_constructorsWithModel.TryGetValue(method, out bool names))
        {
            names = FindModelParameter(method) is not null;
            _constructorsWithModel.TryAdd(method, names);
        }

        return names;
    }

    /// <summary>True when a type belongs to a known SDK.</summary>
    public static bool IsOfSdk(ITypeSymbol type)
    {
        string space = type.ContainingNamespace?.ToDisplayString() ?? "";
        return Namespaces.Any(known => space.StartsWith(known, StringComparison.Ordinal) && (space.Length == known.Length || space[known.Length] == '.'));
    }

    /// <summary>True when a method is a team's own wrapper: marked with an attribute named <c>CostlyCall</c>, or named in the settings.</summary>
    public bool IsWrapper(IMethodSymbol method, AnalyzerSettings settings)
    {
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return (_marked.Exist && _wrappers.GetOrAdd(definition, MarkedMethods.IsMarked))
            || (settings.HasCostMethods && settings.IsCostMethod(definition.ContainingType is { } type ? GetFullName(type) : "", definition.Name));
    }

    /// <summary>The API that a method belongs to; null when the method isn't known to call a model.</summary>
    public LlmApi? FindApi(IMethodSymbol method)
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
    public IParameterSymbol? FindModelParameter(IMethodSymbol method) => FindModelParameter(method, out _);

    /// <inheritdoc cref="FindModelParameter(IMethodSymbol)"/>
    /// <param name="method">The method.</param>
    /// <param name="defaultIsPremium">True when leaving the parameter out is a choice that costs.</param>
    public IParameterSymbol? FindModelParameter(IMethodSymbol method, out bool defaultIsPremium)
    {
        defaultIsPremium = false;
        string name = method.MethodKind == MethodKind.Constructor ? ModelParameter.Constructor : method.Name;
        if (!_modelParametersByMethod.TryGetValue(name, out ModelParameter[] candidates))
        {
            return null;
        }

        foreach (ModelParameter candidate in candidates)
        {
            if ((IsOrDerivesFrom(method.ContainingType, candidate.Type) || Is(GetExtendedType(method), candidate.Type))
                && method.Parameters.FirstOrDefault(parameter => parameter.Name == candidate.Name && parameter.Type.SpecialType == SpecialType.System_String) is { } parameter)
            {
                defaultIsPremium = candidate.DefaultIsPremium;
                return parameter;
            }
        }

        return null;
    }

    /// <summary>The loop of tool calls that a method begins; null when it begins none.</summary>
    public ToolLoop? FindToolLoop(IMethodSymbol method) => _toolLoopsByMethod.TryGetValue(method.Name, out ToolLoop[] loops)
        ? loops.FirstOrDefault(loop => loop.Type == GetFullName((method.ReducedFrom ?? method).ContainingType))
        : null;

    /// <summary>The API whose options a type is; null when it is none.</summary>
    public LlmApi? FindApiByOptions(ITypeSymbol? type) =>
        type is not null && _apisByOptionsType.TryGetValue(GetFullName(type), out LlmApi api) ? api : null;

    /// <summary>True when a member of a type that is no call's options names a model.</summary>
    public bool IsModelMember(IPropertySymbol member) => _modelMembers.Count > 0 && _modelMembers.Contains($"{GetFullName(member.ContainingType)}.{member.Name}");

    /// <summary>True when strings given to the receiver name deployments, behind which any model may stand.</summary>
    public bool NamesDeployments(ITypeSymbol? receiver) => IsIn(_deploymentReceivers, receiver);

    /// <summary>True when a client's calls cost nothing.</summary>
    public bool IsFree(ITypeSymbol? client) => IsIn(_freeClients, client);

    /// <summary>True when a type has this full name.</summary>
    public bool Is(ITypeSymbol? type, string fullName) => type is not null && GetFullName(type) == fullName;

    /// <summary>True for a client that pipelines wrap.</summary>
    public bool IsClient(ITypeSymbol? type) => IsIn(_clients, type?.OriginalDefinition);

    /// <summary>The container of services that a type is; null when it is none.</summary>
    public ServiceContainer? FindContainer(ITypeSymbol? type) =>
        Array.Find(_tables, table => table.ServiceContainer is { } container && Is(type, container.Type))?.ServiceContainer;

    /// <summary>The paid service that a method registers; null when it registers none.</summary>
    public PaidRegistration? FindPaidRegistration(string method) => _tables.SelectMany(static table => table.PaidRegistrations).FirstOrDefault(registration => registration.Method == method);

    /// <summary>The options of a client that name its server; null when a type isn't such options.</summary>
    public EndpointOptions? FindEndpointOptions(ITypeSymbol? type) =>
        _tables.SelectMany(static table => table.EndpointOptions).FirstOrDefault(options => Is(type, options.Type));

    /// <summary>True when the client that a method creates has a default cap.</summary>
    public bool Caps(IMethodSymbol factory) => _cappingFactories.Count > 0
        && (_cappingFactories.Contains($"{GetFullName((factory.ReducedFrom ?? factory).ContainingType)}.{factory.Name}")
            || (GetExtendedType(factory) is { } extended && _cappingFactories.Contains($"{GetFullName(extended)}.{factory.Name}")));

    /// <summary>True when a type is created around a client and may bring options of its own.</summary>
    public bool HoldsOptions(ITypeSymbol? type) => IsIn(_optionsHolders, type);

    /// <summary>The table's entry for a method that creates such a type, options and all; null when it doesn't, or may have got it from elsewhere.</summary>
    public HolderFactory? FindHolderFactory(IMethodSymbol factory) => HoldsOptions(factory.ReturnType)
        ? FindHolderFactory(factory.Name, GetExtendedType(factory) ?? factory.ContainingType, parameter => factory.Parameters.Any(candidate => candidate.Name == parameter))
        : null;

    /// <summary>The same for a method that is known by its name alone, called on a type.</summary>
    public HolderFactory? FindHolderFactory(string method, ITypeSymbol? receiver, Func<string, bool> hasParameter) => _holderFactories.TryGetValue(method, out HolderFactory[] candidates)
        ? Array.Find(candidates, candidate => (candidate.Sources.Length == 0 || IsOneOf(receiver, candidate.Sources)) && (candidate.RequiredParameter is not { } required || hasParameter(required)))
        : null;

    /// <summary>The id of the model that a member of an SDK's enumeration stands for; null when it is no such member.</summary>
    public string? GetModelId(IFieldSymbol member) => member.ContainingType.TypeKind == TypeKind.Enum && IsIn(_modelEnums, member.ContainingType)
        ? ModelEnumName.ToId(member.Name)
        : null;

    /// <summary>True for the options of an API themselves.</summary>
    public bool IsOptions(ITypeSymbol? type, LlmApi api) => type is not null && api.OptionsType is not null && GetFullName(type) is var name && (api.OptionsType == name || api.OptionsSubtypes.Contains(name));

    /// <summary>True for a type that carries an API's options inside it.</summary>
    public bool IsCarrier(ITypeSymbol? type, LlmApi api) => type is not null && api.OptionsCarriers.Length > 0 && api.OptionsCarriers.Contains(GetFullName(type));

    /// <summary>True for a type that carries any API's options inside it.</summary>
    public bool IsCarrier(ITypeSymbol? type) => IsIn(_carriers, type);

    /// <summary>True for a configuration that may hold an API's options where they can't be seen.</summary>
    public bool IsOpaqueConfiguration(ITypeSymbol? type, LlmApi api) => api.OpaqueConfiguration is { } configuration && Is(type, configuration);

    /// <summary>True for a type that keeps a conversation between its calls.</summary>
    public bool IsSession(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (IsIn(_sessions, type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True for a type that holds the messages of a conversation.</summary>
    public bool IsHistory(ITypeSymbol type) => IsIn(_histories, type)
        || (type is INamedTypeSymbol { Name: "List" or "IList", TypeArguments: { Length: 1 } messages } && IsIn(_messages, messages[0]));

    /// <summary>True for a message of a conversation.</summary>
    public bool IsMessage(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (IsIn(_messages, type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True for the name of a type that keeps a conversation or its history.</summary>
    public bool IsConversation(string? typeName) => typeName is not null && _conversationNames.Contains(typeName);

    // Through the namespaces, whose names binding has merged already: a look-up by metadata name asks each of some hundred references for each SDK.
    private static bool Exists(INamespaceSymbol root, string type)
    {
        string[] path = type.Split('.');
        INamespaceSymbol? space = root;
        foreach (string name in path.Take(path.Length - 1))
        {
            space = space.GetMembers(name).OfType<INamespaceSymbol>().FirstOrDefault();
            if (space is null)
            {
                return false;
            }
        }

        return !space.GetTypeMembers(path[path.Length - 1], 0).IsEmpty;
    }

    // What an extension method extends.
    private static ITypeSymbol? GetExtendedType(IMethodSymbol method) => (method.ReducedFrom ?? method) is { IsExtensionMethod: true, Parameters: { Length: > 0 } parameters } ? parameters[0].Type : null;

    private bool IsOneOf(ITypeSymbol? type, string[] names) => type is not null && (names.Contains(GetFullName(type)) || type.AllInterfaces.Any(contract => names.Contains(GetFullName(contract)))
        || (type is INamedTypeSymbol { BaseType: { SpecialType: not SpecialType.System_Object } ancestor } && IsOneOf(ancestor, names)));

    private HashSet<string> Collect(Func<SdkTable, string[]> names) => [.. _tables.SelectMany(names)];

    private bool IsIn(HashSet<string> types, ITypeSymbol? type) => types.Count > 0 && type is not null && types.Contains(GetFullName(type));

    private bool IsDeclaredBy(IMethodSymbol method, LlmApi api)
    {
        INamedTypeSymbol declaring = method.ContainingType;
        if (api.Types.Contains(GetFullName(declaring.OriginalDefinition)))
        {
            return true;
        }

        // A class that implements the interface itself, or derives from a client.
        return method.MethodKind == MethodKind.Ordinary && !method.IsStatic
            && (api.Types.Any(type => IsOrDerivesFrom(declaring, type)) || declaring.AllInterfaces.Any(contract => api.Types.Contains(GetFullName(contract.OriginalDefinition))));
    }

    private bool IsProtocol(IMethodSymbol method, LlmApi api) =>
        api.ProtocolParameter is { } raw && method.Parameters.Any(parameter => Is(parameter.Type, raw));

    private bool IsOrDerivesFrom(INamedTypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (Is(type, name))
            {
                return true;
            }
        }

        return false;
    }

    private string GetFullName(ITypeSymbol type) => _names.GetOrAdd(type, static symbol => symbol.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(FullName));
}
