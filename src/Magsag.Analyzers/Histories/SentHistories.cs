using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Histories;

/// <summary>Finds the lists of messages that an argument sends: itself, copied into another list, or inside a request.</summary>
internal sealed class SentHistories(SemanticModel semantics, FileContext context)
{
    // Bounds the work for lists that are copied from copies.
    private const int MaxDepth = 3;

    // Methods that copy a list whole.
    private static readonly HashSet<string> Copiers = new(StringComparer.Ordinal) { "ToList", "ToArray", "Append", "Prepend", "Concat" };

    /// <summary>The lists, those that are sent as they are first.</summary>
    public IEnumerable<SentHistory> Find(ExpressionSyntax expression) => Find(expression, null, 0);

    private IEnumerable<SentHistory> Find(ExpressionSyntax? expression, ILocalSymbol? copy, int depth) => depth > MaxDepth ? [] : expression switch
    {
        IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } => FindVariable(semantics.GetSymbolInfo(expression, context.CancellationToken).Symbol, copy, depth),
        CollectionExpressionSyntax list => list.Elements.OfType<SpreadElementSyntax>().SelectMany(spread => Find(spread.Expression, copy, depth + 1)),
        BaseObjectCreationExpressionSyntax creation => (creation.ArgumentList?.Arguments.Select(static argument => argument.Expression) ?? [])
            .Concat(creation.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>().Select(static member => member.Right) ?? [])
            .SelectMany(given => Find(given, copy, depth + 1)),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: { } source, Name.Identifier.ValueText: { } method } } when Copiers.Contains(method) => Find(source, copy, depth + 1),
        _ => [],
    };

    private IEnumerable<SentHistory> FindVariable(ISymbol? variable, ILocalSymbol? copy, int depth)
    {
        ITypeSymbol? type = variable switch
        {
            ILocalSymbol local => local.Type,
            IFieldSymbol { DeclaredAccessibility: Accessibility.Private } field => field.Type,
            _ => null,
        };
        if (type is null)
        {
            return [];
        }

        IEnumerable<SentHistory> own = context.Apis.IsHistory(type) ? [new SentHistory(variable!, copy)] : [];
        return variable is ILocalSymbol copied && Initializers.FindDeclarator(copied, semantics, context.CancellationToken) is { } declarator
            ? own.Concat(FindCopied(declarator).SelectMany(source => Find(source, copied, depth + 1)))
            : own;
    }

    // What a local variable is initialized with, and the lists that are added to it whole.
    private static IEnumerable<ExpressionSyntax> FindCopied(VariableDeclaratorSyntax copy)
    {
        SyntaxNode? scope = copy.Ancestors().FirstOrDefault(static node => node is BlockSyntax or CompilationUnitSyntax);
        IEnumerable<ExpressionSyntax> added = scope?.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(invocation => invocation is { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner, Name.Identifier.ValueText: "AddRange" }, ArgumentList.Arguments.Count: 1 }
                && owner.Identifier.ValueText == copy.Identifier.ValueText)
            .Select(static invocation => invocation.ArgumentList.Arguments[0].Expression) ?? [];
        return copy.Initializer?.Value is { } initial ? added.Prepend(initial) : added;
    }
}
