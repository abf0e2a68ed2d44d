using System.Collections.Concurrent;
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
    private static readonly string[] ClientInterfaces = [.. Pipelines.Select(static pipeline => pipeline.ClientInterface)];
    private static readonly string[] Reducers = [.. Pipelines.Select(static pipeline => pipeline.ReducerStep).Concat(SdkTable.All.SelectMany(static table => table.HistoryReducers)).Distinct()];
    private static readonly string[] FreeRegistrations = [.. SdkTable.All.SelectMany(static table => table.FreeRegistrations)];
    private static readonly string[] LocalServers = [.. SdkTable.All.SelectMany(static table => table.LocalServers).Select(SdkNames.GetLast)];
    private static readonly string[] FreeClients = [.. SdkTable.All.SelectMany(static table => table.FreeClients).Select(SdkNames.GetLast)];

    private readonly ConcurrentDictionary<SyntaxTree, bool> _localServers = new();
    private readonly Lazy<bool> _setsCap = new(() => AnyCall(compilation, OptionsSteps, static (name, call) => OptionsSteps.Contains(name) && Mentions(call.ArgumentList.ToString(), CapMembers)));
    private readonly Lazy<bool> _reducesHistory = new(() => AnyCall(compilation, Reducers, static (name, _) => Reducers.Contains(name)));
    private readonly Lazy<bool> _addsCache = new(() => AnyCall(compilation, ["Cache"], static (name, _) => ClientPipeline.IsCacheStep(name)));
    private readonly Lazy<bool> _startsLocalServers = new(() => compilation.SyntaxTrees.Any(static tree => Names(tree, LocalServers)));
    private readonly Lazy<bool> _createsFreeClients = new(() => compilation.SyntaxTrees.Any(static tree => CreatesFreeClient(tree) || DeclaresClient(tree)));

    /// <summary>True when some code runs a server on the machine itself: any client of unknown origin may talk to that.</summary>
    public bool StartsLocalServers => _startsLocalServers.Value;

    /// <summary>True when some code creates clients that cost nothing, or is a client itself: one that comes from outside may be such a one.</summary>
    public bool CreatesFreeClients => _createsFreeClients.Value || StartsLocalServers;

    /// <summary>True when some pipeline gives calls a default cap.</summary>
    public bool SetsCap => _setsCap.Value;

    /// <summary>True when some pipeline has a cache.</summary>
    public bool AddsCache => _addsCache.Value;

    /// <summary>True when some code shortens histories.</summary>
    public bool ReducesHistory => _reducesHistory.Value;

    /// <summary>True when a file names a server on the machine itself for other than a free client: a client of unknown origin in it may talk to that.</summary>
    public bool NamesLocalServer(SyntaxTree tree) => _localServers.GetOrAdd(tree, static candidate => Mentions(candidate, Endpoints.Local)
        && candidate.GetRoot().DescendantNodes().OfType<LiteralExpressionSyntax>().Any(static literal => literal.Token.Value is string text && Endpoints.IsLocal(text) && !IsOfFreeClient(literal)));

    private static bool IsOfFreeClient(LiteralExpressionSyntax address) =>
        address.Ancestors().OfType<ObjectCreationExpressionSyntax>().Any(static creation => FreeClients.Contains(SyntaxNames.GetTypeName(creation.Type)));

    private static bool CreatesFreeClient(SyntaxTree tree) => Names(tree, FreeClients)
        || (Mentions(tree, FreeRegistrations) && tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
            .Any(static name => name.Parent is MemberAccessExpressionSyntax && FreeRegistrations.Any(prefix => name.Identifier.ValueText.StartsWith(prefix, StringComparison.Ordinal))));

    private static bool Names(SyntaxTree tree, string[] types) => Mentions(tree, types)
        && tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Any(name => types.Contains(name.Identifier.ValueText));

    private static bool DeclaresClient(SyntaxTree tree) => Mentions(tree, ClientInterfaces)
        && tree.GetRoot().DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<TypeDeclarationSyntax>()
            .Any(static type => type.BaseList?.Types.Any(static contract => contract is SimpleBaseTypeSyntax { Type: IdentifierNameSyntax { Identifier.ValueText: { } name } } && ClientInterfaces.Contains(name)) == true);

    private static bool AnyCall(Compilation compilation, string[] words, Func<string, InvocationExpressionSyntax, bool> matches) => compilation.SyntaxTrees.Any(tree => Mentions(tree, words)
        && tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: { } name } && matches(name, call)));

    private static bool Mentions(SyntaxTree tree, string[] words) => Mentions(tree.GetText().ToString(), words);

    private static bool Mentions(string text, string[] words) => Array.Exists(words, word => text.IndexOf(word, StringComparison.Ordinal) >= 0);
}
