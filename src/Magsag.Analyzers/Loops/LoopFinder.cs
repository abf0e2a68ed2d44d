using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Loops;

/// <summary>Finds the loop that repeats what stands at a place in code. A retry and a loop over a handful of constants are looked through.</summary>
internal static class LoopFinder
{
    private static readonly HashSet<string> Repeaters = new(StringComparer.Ordinal)
    {
        "Select", "SelectMany", "SelectAwait", "SelectAwaitWithCancellation", "ForEach", "ForEachAsync", "ForEachAwaitAsync", "ForEachAwaitWithCancellationAsync", "ForAsync", "For", "ForAll", "ConvertAll",
    };

    private static readonly HashSet<string> Memoizers = new(StringComparer.Ordinal) { "GetOrCreate", "GetOrCreateAsync", "GetOrAdd", "GetOrAddAsync", "GetOrSet", "GetOrSetAsync", "AddOrUpdate" };

    private static readonly string[] RetryWords = ["retry", "retries", "attempt", "tries"];

    /// <summary>The loop; null when there is none in the method, local function or lambda around the place.</summary>
    public static EnclosingLoop? Find(SyntaxNode place, SemanticModel semantics) => Find(place, semantics, out _);

    /// <inheritdoc cref="Find(SyntaxNode, SemanticModel)"/>
    /// <param name="place">The place.</param>
    /// <param name="semantics">The semantics of its file.</param>
    /// <param name="function">The function in which the place runs at most once when that is called; null when there is a loop, or when how often it runs isn't known.</param>
    public static EnclosingLoop? Find(SyntaxNode place, SemanticModel semantics, out SyntaxNode? function)
    {
        function = null;
        SyntaxNode inner = place;
        for (SyntaxNode? node = inner.Parent; node is not null; inner = node, node = node.Parent)
        {
            switch (node)
            {
                case InvocationExpressionSyntax invocation when invocation.ArgumentList == inner && IsMemoizer(invocation):
                case AccessorDeclarationSyntax or BaseTypeDeclarationSyntax:
                    return null;
                case BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax:
                    function = node;
                    return null;
                case AnonymousFunctionExpressionSyntax { Parent: EqualsValueClauseSyntax }:
                    function = node;
                    return null;
                case AnonymousFunctionExpressionSyntax lambda when RunsWhereItStands(lambda, semantics):
                    break;
                case AnonymousFunctionExpressionSyntax lambda when FindRepeater(lambda) is { } repeater:
                    if (!LoopItems.AreFew(LoopItems.GetSource(repeater), semantics))
                    {
                        return new EnclosingLoop(repeater, lambda);
                    }

                    break;
                case AnonymousFunctionExpressionSyntax:
                    // How often any other lambda runs isn't known here.
                    return null;
                default:
                    if (FindStatement(node, inner, semantics) is { } loop && !IsRetry(place, loop))
                    {
                        return loop;
                    }

                    break;
            }
        }

        return null;
    }

    /// <summary>The method that calls a lambda, or a method that is passed by its name, for each item; null when none does.</summary>
    public static InvocationExpressionSyntax? FindRepeater(ExpressionSyntax function) =>
        function.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax invocation } && SyntaxNames.GetCalledName(invocation) is { } name && Repeaters.Contains(name) ? invocation : null;

    /// <summary>True when something around a place may repeat it. By syntax alone, and without an allocation.</summary>
    public static bool MayRepeat(SyntaxNode place)
    {
        for (SyntaxNode? node = place.Parent; node is not null and not MemberDeclarationSyntax; node = node.Parent)
        {
            if (node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or QueryExpressionSyntax
                || (node is AnonymousFunctionExpressionSyntax lambda && FindRepeater(lambda) is not null))
            {
                return true;
            }
        }

        return false;
    }

    private static EnclosingLoop? FindStatement(SyntaxNode node, SyntaxNode inner, SemanticModel semantics) => node switch
    {
        CommonForEachStatementSyntax loop when loop.Statement == inner && !LoopItems.AreFew(loop.Expression, semantics) => new EnclosingLoop(loop, loop.Statement),
        QueryExpressionSyntax query when query.Body == inner && !LoopItems.AreFew(query.FromClause.Expression, semantics) => new EnclosingLoop(query, query.Body),
        ForStatementSyntax loop when loop.Statement == inner && !LoopItems.AreFew(loop) => new EnclosingLoop(loop, loop.Statement),
        WhileStatementSyntax loop when loop.Statement == inner => new EnclosingLoop(loop, loop.Statement),
        DoStatementSyntax loop when loop.Statement == inner => new EnclosingLoop(loop, loop.Statement),
        _ => null,
    };

    private static bool IsMemoizer(InvocationExpressionSyntax invocation) => SyntaxNames.GetCalledName(invocation) is { } name && Memoizers.Contains(name);

    private static bool IsRetry(SyntaxNode place, EnclosingLoop loop) => LoopExits.IsLeftAfter(place, loop)
        || (loop.Reason != LoopReason.Items && (loop.Condition?.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(static name => Array.Exists(RetryWords, word => name.Identifier.ValueText.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)) == true));

    // `Task.Run(() => …)`, helpers that retry, and the project's own methods that call the function they are passed.
    private static bool RunsWhereItStands(AnonymousFunctionExpressionSyntax lambda, SemanticModel semantics)
    {
        if (lambda.Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax invocation } argument || SyntaxNames.GetCalledName(invocation) is not { } name || Repeaters.Contains(name))
        {
            return false;
        }

        return name.Contains("Retry") || name is "Execute" or "ExecuteAsync"
            || (name is "Run" or "StartNew" && invocation.Expression is MemberAccessExpressionSyntax { Expression: { } owner } && SyntaxNames.GetLastName(owner) is "Task" or "Factory")
            || CallsArgument(invocation, argument, semantics);
    }

    private static bool CallsArgument(InvocationExpressionSyntax invocation, ArgumentSyntax argument, SemanticModel semantics) =>
        semantics.GetSymbolInfo(invocation).Symbol is IMethodSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations } method
        && FindParameter(method, argument, invocation) is { } parameter
        && declarations[0].GetSyntax() is { } helper && helper is MethodDeclarationSyntax or LocalFunctionStatementSyntax
        && helper.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => SyntaxNames.GetCalledName(call) == parameter || call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner, Name.Identifier.ValueText: "Invoke" } && owner.Identifier.ValueText == parameter)
        && !KnownAnswers.AreLookedUpIn(helper);

    private static string? FindParameter(IMethodSymbol method, ArgumentSyntax argument, InvocationExpressionSyntax invocation) => argument.NameColon?.Name.Identifier.ValueText
        ?? (invocation.ArgumentList.Arguments.IndexOf(argument) is var index && index >= 0 && index < method.Parameters.Length ? method.Parameters[index].Name : null);
}
