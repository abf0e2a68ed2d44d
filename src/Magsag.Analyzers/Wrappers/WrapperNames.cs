using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Wrappers;

/// <summary>The names of the project's own methods that may call a model, directly or through one more of them. Found by syntax alone, in files that name an SDK's call.</summary>
internal sealed class WrapperNames
{
    /// <summary>How many methods of the project are followed from a loop to the call.</summary>
    public const int Levels = 2;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly WordSet _words;

    private WrapperNames(Compilation compilation, KnownApis apis, CancellationToken cancellationToken)
    {
        HashSet<string> called = apis.Names.Calls;
        for (int level = 0; level < Levels && called.Count > 0; level++)
        {
            var words = new WordSet(called);
            called = [.. compilation.SyntaxTrees.SelectMany(tree => FindCallers(tree, called, words, cancellationToken)).Where(name => !_names.Contains(name))];
            _names.UnionWith(called);
        }

        _words = new WordSet(_names);
    }

    public static WrapperNames Find(Compilation compilation, KnownApis apis, CancellationToken cancellationToken) => new(compilation, apis, cancellationToken);

    /// <summary>True for the name of a method that may be one.</summary>
    public bool Contains(string name) => _names.Contains(name);

    /// <summary>True when a text has one of the names.</summary>
    public bool OccurIn(string text) => _words.OccurIn(text);

    private static IEnumerable<string> FindCallers(SyntaxTree tree, HashSet<string> called, WordSet words, CancellationToken cancellationToken)
    {
        if (!words.OccurIn(tree.GetText(cancellationToken).ToString()))
        {
            return [];
        }

        return tree.GetRoot(cancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(invocation => SyntaxNames.GetCalledName(invocation) is { } name && called.Contains(name))
            .Select(static invocation => FindCaller(invocation)).OfType<string>();
    }

    // The method, the local function or the variable with a lambda that makes a call.
    private static string? FindCaller(SyntaxNode call)
    {
        for (SyntaxNode? node = call.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case MethodDeclarationSyntax method:
                    return method.Identifier.ValueText;
                case LocalFunctionStatementSyntax function:
                    return function.Identifier.ValueText;
                case VariableDeclaratorSyntax { Initializer.Value: AnonymousFunctionExpressionSyntax lambda } variable when lambda.Span.Contains(call.Span):
                    return variable.Identifier.ValueText;
            }
        }

        return null;
    }
}
