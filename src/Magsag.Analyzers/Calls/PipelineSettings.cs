using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers;

/// <summary>What pipelines anywhere in the compilation do: a client that comes from outside may have passed through them.</summary>
/// <remarks>Read only when a rule would otherwise speak, and first as text: hardly any file has one of the words, and the others needn't be walked.</remarks>
internal sealed class PipelineSettings(Compilation compilation)
{
    private static readonly string[] FreeRegistrations = [.. SdkTable.All.SelectMany(static table => table.FreeRegistrations)];
    private static readonly string[] FreeNames = [.. KnownApis.FreeClientNames];

    private readonly ConcurrentDictionary<SyntaxTree, bool> _localServers = new();
    private readonly Lazy<bool> _setsCap = new(() => AnyCall(compilation, ["ConfigureOptions"], static (name, call) => name == "ConfigureOptions" && call.ArgumentList.ToString().Contains("MaxOutputTokens")));
    private readonly Lazy<bool> _reducesHistory = new(() => AnyCall(compilation, ["UseChatReducer", "ReduceAsync", "ReduceInPlaceAsync"], static (name, _) => name is "UseChatReducer" or "ReduceAsync" or "ReduceInPlaceAsync"));
    private readonly Lazy<bool> _addsCache = new(() => AnyCall(compilation, ["Cache"], static (name, _) => name.StartsWith("Use", StringComparison.Ordinal) && name.Contains("Cache")));
    private readonly Lazy<bool> _makesFreeClients = new(() => compilation.SyntaxTrees.Any(static tree => MakesFreeClient(tree) || DeclaresClient(tree)));

    /// <summary>True when some code makes clients that cost nothing, or is a client itself: one that comes from outside may be such a one.</summary>
    public bool MakesFreeClients => _makesFreeClients.Value;

    /// <summary>True when some pipeline gives calls a default cap.</summary>
    public bool SetsCap => _setsCap.Value;

    /// <summary>True when some pipeline has a cache.</summary>
    public bool AddsCache => _addsCache.Value;

    /// <summary>True when some code shortens histories.</summary>
    public bool ReducesHistory => _reducesHistory.Value;

    /// <summary>True when a file makes clients of a server on the machine itself: one of unknown origin in it may be such a one.</summary>
    public bool NamesLocalServer(SyntaxTree tree) => _localServers.GetOrAdd(tree, static candidate => Mentions(candidate, Endpoints.Local)
        && candidate.GetRoot().DescendantNodes().OfType<LiteralExpressionSyntax>().Any(static literal => literal.Token.Value is string text && Endpoints.IsLocal(text)));

    private static bool MakesFreeClient(SyntaxTree tree) => (Mentions(tree, FreeNames) || Mentions(tree, FreeRegistrations))
        && tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Any(static name => FreeNames.Contains(name.Identifier.ValueText)
            || (name.Parent is MemberAccessExpressionSyntax && FreeRegistrations.Any(prefix => name.Identifier.ValueText.StartsWith(prefix, StringComparison.Ordinal))));

    private static bool DeclaresClient(SyntaxTree tree) => Mentions(tree, ["IChatClient"])
        && tree.GetRoot().DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<TypeDeclarationSyntax>()
            .Any(static type => type.BaseList?.Types.Any(static contract => contract is SimpleBaseTypeSyntax { Type: IdentifierNameSyntax { Identifier.ValueText: "IChatClient" } }) == true);

    private static bool AnyCall(Compilation compilation, string[] words, Func<string, InvocationExpressionSyntax, bool> matches) => compilation.SyntaxTrees.Any(tree => Mentions(tree, words)
        && tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: { } name } && matches(name, call)));

    private static bool Mentions(SyntaxTree tree, string[] words)
    {
        string text = tree.GetText().ToString();
        return Array.Exists(words, word => text.IndexOf(word, StringComparison.Ordinal) >= 0);
    }
}
