using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Receivers;

/// <summary>Finds what a dictionary or a list of clients, agents or functions holds: in its initializer, and what the code around it adds.</summary>
internal sealed class MapValues(SemanticModel semantics, CancellationToken cancellationToken)
{
    private static readonly HashSet<string> Adders = new(StringComparer.Ordinal) { "Add", "TryAdd", "Append", "Insert" };

    /// <summary>The values under a key; all of them when the key isn't constant or is null. Nothing when the collection comes from elsewhere.</summary>
    public IReadOnlyList<ExpressionSyntax> Find(IOperation? map, ExpressionSyntax? key)
    {
        ISymbol? symbol = map.Unwrapped() switch
        {
            ILocalReferenceOperation local => local.Local,
            IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private } field } => field,
            _ => null,
        };
        SyntaxNode? declaration = symbol?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken);
        if (declaration is not VariableDeclaratorSyntax declarator || declaration.SyntaxTree != semantics.SyntaxTree || FindScope(declarator) is not { } scope)
        {
            return [];
        }

        (ExpressionSyntax? Key, ExpressionSyntax Value)[] entries = [.. FindInitial(declarator.Initializer?.Value), .. FindAdded(symbol!.Name, scope)];
        if (key is not null && GetConstant(key) is { } constant && Array.FindAll(entries, entry => entry.Key is not null && Equals(GetConstant(entry.Key), constant)) is { Length: > 0 } own)
        {
            entries = own;
        }

        return [.. entries.Select(static entry => entry.Value)];
    }

    /// <summary>What a variable of a <c>foreach</c> or of a look-up (<c>TryGetValue(key, out var value)</c>) may hold.</summary>
    public IReadOnlyList<ExpressionSyntax> FindFor(ILocalSymbol variable) => variable.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) switch
    {
        ForEachStatementSyntax each when each.SyntaxTree == semantics.SyntaxTree => Find(semantics.GetOperation(each.Expression, cancellationToken), null),
        SingleVariableDesignationSyntax { Parent: DeclarationExpressionSyntax { Parent: ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } look } arguments } } } when look.SyntaxTree == semantics.SyntaxTree
            => Find(semantics.GetOperation(access.Expression, cancellationToken), arguments.Arguments[0].Expression),
        _ => [],
    };

    private object? GetConstant(ExpressionSyntax key) => semantics.GetConstantValue(key, cancellationToken) is { HasValue: true, Value: { } value } ? value : null;

    private static SyntaxNode? FindScope(VariableDeclaratorSyntax declarator) => declarator.Parent?.Parent is FieldDeclarationSyntax { Parent: TypeDeclarationSyntax type }
        ? type
        : declarator.Ancestors().FirstOrDefault(static node => node is BlockSyntax or CompilationUnitSyntax);

    // `new() { ["a"] = x }`, `{ { "a", x } }`, `[x, y]`, `new[] { x, y }`.
    private static IEnumerable<(ExpressionSyntax? Key, ExpressionSyntax Value)> FindInitial(ExpressionSyntax? initial) => initial switch
    {
        BaseObjectCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions.SelectMany(FindElement),
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions.SelectMany(FindElement),
        ImplicitArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions.SelectMany(FindElement),
        InitializerExpressionSyntax initializer => initializer.Expressions.SelectMany(FindElement),
        CollectionExpressionSyntax collection => collection.Elements.OfType<ExpressionElementSyntax>().Select(static element => ((ExpressionSyntax?)null, element.Expression)),
        _ => [],
    };

    private static IEnumerable<(ExpressionSyntax? Key, ExpressionSyntax Value)> FindElement(ExpressionSyntax element) => element switch
    {
        AssignmentExpressionSyntax { Left: ImplicitElementAccessSyntax { ArgumentList.Arguments: { Count: 1 } keys } } entry => [(keys[0].Expression, entry.Right)],
        AssignmentExpressionSyntax => [],
        InitializerExpressionSyntax { Expressions: { Count: 2 } pair } => [(pair[0], pair[1])],
        _ => [(null, element)],
    };

    // `map["a"] = x;`, `map.Add("a", x)`, `list.Add(x)`.
    private static IEnumerable<(ExpressionSyntax? Key, ExpressionSyntax Value)> FindAdded(string map, SyntaxNode scope)
    {
        foreach (IdentifierNameSyntax use in scope.DescendantNodes().OfType<IdentifierNameSyntax>().Where(use => use.Identifier.ValueText == map))
        {
            SyntaxNode whole = use.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } self ? self : use;
            switch (whole.Parent)
            {
                case ElementAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment, ArgumentList.Arguments: { Count: 1 } keys } element when assignment.Left == element:
                    yield return (keys[0].Expression, assignment.Right);
                    break;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: { } method, Parent: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } } when Adders.Contains(method):
                    yield return (arguments.Count > 1 ? arguments[0].Expression : null, arguments[arguments.Count - 1].Expression);
                    break;
            }
        }
    }
}
