using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers;

/// <summary>What pipelines anywhere in the compilation do: a client that comes from outside may have passed through them.</summary>
/// <remarks>Read as text and only when a rule would otherwise speak, so that a compilation pays for it once and only with a reason.</remarks>
internal sealed class PipelineSettings(Compilation compilation)
{
    private static readonly string[] FreeRegistrations = [.. SdkTable.All.SelectMany(static table => table.FreeRegistrations)];

    private readonly ConcurrentDictionary<SyntaxTree, bool> _localServers = new();
    private readonly Lazy<bool> _setsCap = new(() => AnyCall(compilation, static (name, call) => name == "ConfigureOptions" && call.ArgumentList.ToString().Contains("MaxOutputTokens")));
    private readonly Lazy<bool> _reducesHistory = new(() => AnyCall(compilation, static (name, _) => name is "UseChatReducer" or "ReduceAsync" or "ReduceInPlaceAsync"));
    private readonly Lazy<bool> _records = new(() => AnyCall(compilation, static (name, _) => name.Contains("CostTracking")));
    private readonly Lazy<bool> _addsCache = new(() => AnyCall(compilation, static (name, _) => name.StartsWith("Use", StringComparison.Ordinal) && name.Contains("Cache")));

    private readonly Lazy<bool> _makesFreeClients = new(() => AnyFreeClient(compilation, [.. KnownApis.FreeClientNames]));

    /// <summary>True when some code makes clients that cost nothing: one that comes from outside may be such a one.</summary>
    public bool MakesFreeClients => _makesFreeClients.Value;

    /// <summary>True when a file makes clients of a server on the machine itself: one of unknown origin in it may be such a one.</summary>
    public bool NamesLocalServer(SyntaxTree tree) => _localServers.GetOrAdd(tree, static candidate => candidate.GetRoot().DescendantTokens().Any(static token =>
        token.IsKind(SyntaxKind.StringLiteralToken) && Endpoints.IsLocal(token.ValueText)));

    /// <summary>True when some pipeline gives calls a default cap.</summary>
    public bool SetsCap => _setsCap.Value;

    /// <summary>True when some pipeline has a cache.</summary>
    public bool AddsCache => _addsCache.Value;

    /// <summary>True when some code shortens histories.</summary>
    public bool ReducesHistory => _reducesHistory.Value;

    /// <summary>True when some pipeline records costs.</summary>
    public bool Records => _records.Value;

    private static bool AnyFreeClient(Compilation compilation, HashSet<string> names) =>
        compilation.SyntaxTrees.Any(tree => tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Any(name =>
            names.Contains(name.Identifier.ValueText) || (FreeRegistrations.Any(prefix => name.Identifier.ValueText.StartsWith(prefix, StringComparison.Ordinal)) && name.Parent is MemberAccessExpressionSyntax)));

    private static bool AnyCall(Compilation compilation, Func<string, InvocationExpressionSyntax, bool> matches)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
            {
                if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: { } name } } call && matches(name, call))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
