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

    private readonly NameSet _names;

    private WrapperNames(NameIndex index, KnownApis apis, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var called = new NameSet(apis.Names.Calls);
        for (int level = 0; level < Levels; level++)
        {
            string[] callers = [.. index.FindFiles(called, cancellationToken).SelectMany(tree => FindCallers(tree, called, cancellationToken)).Where(name => !names.Contains(name)).Distinct()];
            names.UnionWith(callers);
            called = new NameSet(callers);
        }

        _names = new NameSet(names);
    }

    public static WrapperNames Find(NameIndex index, KnownApis apis, CancellationToken cancellationToken) => new(index, apis, cancellationToken);

    /// <summary>True for the name of a method that may be one.</summary>
    public bool Contains(string name) => _names.Contains(name);

    /// <summary>False when surely none of the names occurs in a file.</summary>
    public bool MayOccurIn(FileNames file) => _names.MayOccurIn(file);

    private static IEnumerable<string> FindCallers(SyntaxTree tree, NameSet called, CancellationToken cancellationToken) => tree.GetRoot(cancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>()
        .Where(invocation => called.Contains(SyntaxNames.GetCalledName(invocation)))
        .Select(static invocation => FindCaller(invocation)).OfType<string>();

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
