using System.Collections.Concurrent;
using Magsag.Analyzers.Flows;
using Magsag.Analyzers.Receivers;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Calls;

/// <summary>What pipelines anywhere in the project do: a client that comes from outside a file may have passed through them.</summary>
/// <remarks>Read only when a rule would otherwise report, and first as text: hardly any file has one of the words, and the others needn't be walked.</remarks>
internal sealed class ProjectPipelines(Compilation compilation)
{
    // Of all SDKs, not only those referenced: the project that registers a client may be another one than that of its SDK.
    private static readonly ClientPipeline[] Pipelines = [.. SdkTable.All.Select(static table => table.Pipeline).OfType<ClientPipeline>()];
    private static readonly string[] OptionsSteps = [.. Pipelines.Select(static pipeline => pipeline.OptionsStep)];
    private static readonly string[] CapMembers = [.. Pipelines.Select(static pipeline => pipeline.CapMember)];
    private static readonly string[] ClientInterfaces = [.. SdkTable.All.SelectMany(static table => table.ClientInterfaces)];
    private static readonly string[] Reducers = [.. Pipelines.Select(static pipeline => pipeline.ReducerStep).Concat(SdkTable.All.SelectMany(static table => table.HistoryReducers)).Distinct()];
    private static readonly string[] FreeRegistrations = [.. SdkTable.All.SelectMany(static table => table.FreeRegistrations)];
    private static readonly string[] LocalServers = [.. SdkTable.All.SelectMany(static table => table.LocalServers).Select(SdkNames.GetLast)];
    private static readonly string[] FreeClients = [.. SdkTable.All.SelectMany(static table => table.FreeClients).Select(SdkNames.GetLast)];

    private readonly ConcurrentDictionary<SyntaxTree, bool> _localServers = new();
    private readonly Lazy<ClientReach> _capped = new(() => ReachOfSteps(compilation, OptionsSteps, static (name, call) => OptionsSteps.Contains(name) && Mentions(call.ArgumentList.ToString(), CapMembers)));
    private readonly Lazy<ClientReach> _cached = new(() => ReachOfSteps(compilation, ["Cache"], static (name, _) => ClientPipeline.IsCacheStep(name)));
    private readonly Lazy<ClientReach> _free = new(() => ReachOfFreeClients(compilation));
    private readonly Lazy<bool> _reducesHistory = new(() => FindCalls(compilation, Reducers, static (name, _) => Reducers.Contains(name)).Any());
    private readonly Lazy<bool> _startsLocalServers = new(() => compilation.SyntaxTrees.Any(static tree => FindNames(tree, LocalServers).Any()));

    /// <summary>True when some code runs a server on the machine itself: any client of unknown origin may talk to that.</summary>
    public bool StartsLocalServers => _startsLocalServers.Value;

    /// <summary>True when what a call is made on may be a client that costs nothing, or one of the project's own.</summary>
    public bool MayBeFree(ReceiverTrace receiver) => StartsLocalServers || _free.Value.MayBe(receiver);

    /// <summary>True when what a call is made on may come from a pipeline that gives calls a default cap.</summary>
    public bool MayBeCapped(ReceiverTrace receiver) => _capped.Value.MayBe(receiver);

    /// <summary>True when what a call is made on may come from a pipeline that has a cache.</summary>
    public bool MayBeCached(ReceiverTrace receiver) => _cached.Value.MayBe(receiver);

    /// <summary>True when some code shortens histories.</summary>
    public bool ReducesHistory => _reducesHistory.Value;

    /// <summary>True when a file names a server on the machine itself for other than a free client: a client of unknown origin in it may talk to that.</summary>
    public bool NamesLocalServer(SyntaxTree tree) => _localServers.GetOrAdd(tree, static candidate => Mentions(candidate, Endpoints.Local)
        && candidate.GetRoot().DescendantNodes().OfType<LiteralExpressionSyntax>().Any(static literal => literal.Token.Value is string text && Endpoints.IsLocal(text) && !IsOfFreeClient(literal)));

    private static bool IsOfFreeClient(LiteralExpressionSyntax address) =>
        address.Ancestors().OfType<ObjectCreationExpressionSyntax>().Any(static creation => FreeClients.Contains(SyntaxNames.GetTypeName(creation.Type)));

    private static ClientReach ReachOfSteps(Compilation compilation, string[] words, Func<string, InvocationExpressionSyntax, bool> isStep) => ClientFlow.Follow(compilation, FindCalls(compilation, words, isStep), mayBeUsedElsewhere: true);

    private static ClientReach ReachOfFreeClients(Compilation compilation)
    {
        string[] own = [.. compilation.SyntaxTrees.SelectMany(FindClients).Distinct()];
        string[] types = [.. FreeClients, .. own];
        return ClientFlow.Follow(compilation, compilation.SyntaxTrees.SelectMany(tree => FindNames(tree, types)).Select(FindStart).OfType<SyntaxNode>()
            .Concat(FindCalls(compilation, FreeRegistrations, static (name, _) => FreeRegistrations.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))), mayBeUsedElsewhere: false);
    }

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

    private static IEnumerable<SimpleNameSyntax> FindNames(SyntaxTree tree, string[] types) => Mentions(tree, types)
        ? tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Where(name => types.Contains(name.Identifier.ValueText))
        : [];

    // Classes of the project that are clients themselves.
    private static IEnumerable<string> FindClients(SyntaxTree tree) => Mentions(tree, ClientInterfaces)
        ? tree.GetRoot().DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<TypeDeclarationSyntax>()
            .Where(static type => type.BaseList?.Types.Any(static contract => contract is SimpleBaseTypeSyntax { Type: IdentifierNameSyntax { Identifier.ValueText: { } name } } && ClientInterfaces.Contains(name)) == true)
            .Select(static type => type.Identifier.ValueText)
        : [];

    private static IEnumerable<InvocationExpressionSyntax> FindCalls(Compilation compilation, string[] words, Func<string, InvocationExpressionSyntax, bool> matches) => compilation.SyntaxTrees
        .Where(tree => Mentions(tree, words))
        .SelectMany(static tree => tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
        .Where(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: { } name } && matches(name, call));

    private static bool Mentions(SyntaxTree tree, string[] words) => Mentions(tree.GetText().ToString(), words);

    private static bool Mentions(string text, string[] words) => Array.Exists(words, word => text.IndexOf(word, StringComparison.Ordinal) >= 0);
}
