using System.Collections.Concurrent;
using Magsag.Analyzers.Flows;
using Magsag.Analyzers.Receivers;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Calls;

/// <summary>What pipelines anywhere in the project do: a client that comes from outside a file may have passed through them.</summary>
/// <remarks>Read only when a rule would otherwise report, and only in files that have the names.</remarks>
internal sealed class ProjectPipelines(Compilation compilation, NameIndex index)
{
    // Of all SDKs, not only those referenced: the project that registers a client may be another one than that of its SDK.
    private static readonly ClientPipeline[] Pipelines = [.. SdkTable.All.Select(static table => table.Pipeline).OfType<ClientPipeline>()];
    private static readonly NameSet OptionsSteps = new(Pipelines.Select(static pipeline => pipeline.OptionsStep));
    private static readonly string[] CapMembers = [.. Pipelines.Select(static pipeline => pipeline.CapMember)];
    private static readonly string[][] ClientInterfaces = [.. SdkTable.All.Select(static table => table.ClientInterfaces).Where(static contracts => contracts.Length > 0)];
    private static readonly NameSet Reducers = new(Pipelines.Select(static pipeline => pipeline.ReducerStep).Concat(SdkTable.All.SelectMany(static table => table.HistoryReducers)));
    private static readonly string[] FreeRegistrations = [.. SdkTable.All.SelectMany(static table => table.FreeRegistrations)];
    private static readonly NameSet LocalServers = new(SdkTable.All.SelectMany(static table => table.LocalServers).Select(SdkNames.GetLast));
    private static readonly NameSet FreeClients = new(SdkTable.All.SelectMany(static table => table.FreeClients).Select(SdkNames.GetLast));
    private static readonly NameSet LocalHosts = new(["localhost", "127"]);
    private readonly ConcurrentDictionary<string, bool> _calledMethods = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string[], ClientReach> _own = new();
    private readonly Lazy<ClientReach> _capped = new(() => ClientFlow.Follow(compilation, index, FindCalls(index.FindFiles(OptionsSteps), static (name, call) => OptionsSteps.Contains(name) && MentionsCap(call)), mayBeUsedElsewhere: true));
    private readonly Lazy<ClientReach> _cached = new(() => ClientFlow.Follow(compilation, index, FindCalls(index.FindFilesWithStep(ClientPipeline.IsCacheStep), static (name, _) => ClientPipeline.IsCacheStep(name)), mayBeUsedElsewhere: true));
    private readonly Lazy<ClientReach> _free = new(() => ClientFlow.Follow(compilation, index, FindFreeClients(index)));
    private readonly Lazy<Dictionary<SyntaxTree, ClientReach>> _local = new(() => index.FindFiles(LocalHosts).Select(file => (file, addresses: FindAddresses(file).ToArray())).Where(static found => found.addresses.Length > 0)
        .ToDictionary(static found => found.file, found => ClientFlow.Follow(compilation, index, found.addresses, endsUnseen: true)));
    private readonly Lazy<bool> _reducesHistory = new(() => FindCalls(index.FindFiles(Reducers), static (name, _) => Reducers.Contains(name)).Any());
    private readonly Lazy<bool> _startsLocalServers = new(() => FindNames(index, LocalServers).Any());

    /// <summary>True when some code runs a server on the machine itself: any client of unknown origin may talk to that.</summary>
    public bool StartsLocalServers => _startsLocalServers.Value;

    /// <summary>True when some code shortens histories.</summary>
    public bool ReducesHistory => _reducesHistory.Value;

    /// <summary>True when a file of the project may have one of the names.</summary>
    public bool MayName(NameSet names) => index.FindFiles(names).Any();

    /// <summary>True when what a call is made on may be a client that costs nothing, or one of the project's own.</summary>
    /// <param name="receiver">What the call is made on.</param>
    /// <param name="kind">What it produces.</param>
    /// <param name="client">The type of the client: one of another SDK's own can't stand behind an interface.</param>
    public bool MayBeFree(ReceiverTrace receiver, ServiceKinds kind, ITypeSymbol? client) => StartsLocalServers || MayBe(_free.Value, receiver, kind) || _local.Value.Values.Any(reach => MayBe(reach, receiver, kind))
        || ClientInterfaces.Any(contracts => !IsOfOther(client, contracts) && _own.GetOrAdd(contracts, FollowOwnClients).MayBe(receiver, kind));

    /// <summary>True when what a call is made on may come from a pipeline that gives calls a default cap.</summary>
    public bool MayBeCapped(ReceiverTrace receiver, ServiceKinds kind) => _capped.Value.MayBe(receiver, kind);

    /// <summary>True when what a call is made on may come from a pipeline that has a cache.</summary>
    public bool MayBeCached(ReceiverTrace receiver, ServiceKinds kind) => _cached.Value.MayBe(receiver, kind);

    /// <summary>True when a file names a server on the machine itself, and for whom isn't seen: a client of unknown origin in it may talk to that.</summary>
    public bool NamesLocalServer(SyntaxTree file) => _local.Value.TryGetValue(file, out ClientReach? reach) && reach.IsLost;

    // A method that nothing calls, such as a plugin's, is given whichever container there is.
    private bool MayBe(ClientReach reach, ReceiverTrace receiver, ServiceKinds kind) => reach.MayBe(receiver, kind) || (reach.IsContained && receiver.ContainerTaker is { } method && !IsCalled(method));

    private bool IsCalled(string method) => _calledMethods.GetOrAdd(method, name => index.FindFiles(name).SelectMany(static file => file.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()).Any(call => SyntaxNames.GetCalledName(call) == name));

    private static bool IsOfOther(ITypeSymbol? client, string[] contracts) => client is { TypeKind: TypeKind.Interface } && !contracts.Contains(client.Name) && ClientInterfaces.Any(others => others.Contains(client.Name));

    private static bool MentionsCap(InvocationExpressionSyntax step) => step.ArgumentList.DescendantNodes().OfType<IdentifierNameSyntax>().Any(static name => CapMembers.Contains(name.Identifier.ValueText));

    private static IEnumerable<LiteralExpressionSyntax> FindAddresses(SyntaxTree file) => file.GetRoot().DescendantNodes().OfType<LiteralExpressionSyntax>()
        .Where(static literal => literal.IsKind(SyntaxKind.StringLiteralExpression) && ServerAddresses.MayServeModels(literal) && !IsOfFreeClient(literal));

    private static bool IsOfFreeClient(LiteralExpressionSyntax address) =>
        address.Ancestors().OfType<ObjectCreationExpressionSyntax>().Any(static creation => FreeClients.Contains(SyntaxNames.GetTypeName(creation.Type)));

    private static IEnumerable<SyntaxNode> FindFreeClients(NameIndex index) => FindNames(index, FreeClients).Select(FindStart).OfType<SyntaxNode>()
        .Concat(FindCalls(index.FindFilesWithStep(IsFreeRegistration), static (name, _) => IsFreeRegistration(name)));

    private static bool IsFreeRegistration(string method) => Array.Exists(FreeRegistrations, prefix => method.StartsWith(prefix, StringComparison.Ordinal));

    // Classes of the project that are clients themselves.
    private ClientReach FollowOwnClients(string[] contracts)
    {
        var types = new NameSet(index.FindFiles(new NameSet(contracts)).SelectMany(file => FindClients(file, contracts)));
        return ClientFlow.Follow(compilation, index, FindNames(index, types).Select(FindStart).OfType<SyntaxNode>());
    }

    private static IEnumerable<string> FindClients(SyntaxTree file, string[] contracts) => file.GetRoot().DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<TypeDeclarationSyntax>()
        .Where(type => type.BaseList?.Types.Any(contract => contract is SimpleBaseTypeSyntax { Type: IdentifierNameSyntax { Identifier.ValueText: { } name } } && contracts.Contains(name)) == true)
        .Select(static type => type.Identifier.ValueText);

    // What a mention of a client's type makes: the client, a variable that holds one, or a registration.
    private static SyntaxNode? FindStart(SimpleNameSyntax type)
    {
        SyntaxNode whole = type;
        while (whole.Parent is QualifiedNameSyntax or AliasQualifiedNameSyntax or NullableTypeSyntax)
        {
            whole = whole.Parent;
        }

        return whole.Parent switch
        {
            ObjectCreationExpressionSyntax creation => creation,
            VariableDeclarationSyntax declaration => declaration.Variables[0],
            ParameterSyntax { Parent.Parent: not RecordDeclarationSyntax } parameter => parameter,
            PropertyDeclarationSyntax property => property,
            MethodDeclarationSyntax method => method,
            TypeArgumentListSyntax { Parent: GenericNameSyntax generic } => generic.Ancestors().OfType<InvocationExpressionSyntax>().FirstOrDefault(call => call.Expression.Span.Contains(generic.Span)),
            _ => null,
        };
    }

    private static IEnumerable<SimpleNameSyntax> FindNames(NameIndex index, NameSet types) => index.FindFiles(types)
        .SelectMany(static file => file.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()).Where(name => types.Contains(name.Identifier.ValueText));

    private static IEnumerable<InvocationExpressionSyntax> FindCalls(IEnumerable<SyntaxTree> files, Func<string, InvocationExpressionSyntax, bool> matches) => files
        .SelectMany(static file => file.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
        .Where(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: { } name } && matches(name, call));
}
