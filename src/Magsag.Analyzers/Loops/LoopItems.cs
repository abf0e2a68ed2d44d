using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Loops;

/// <summary>Tells how many items a loop has, where the code says so.</summary>
internal static class LoopItems
{
    // A cache would hardly pay for itself with so few constant items.
    private const int Few = 5;

    /// <summary>True for a handful of constants, in place or in a variable that nothing changes.</summary>
    public static bool AreFew(ExpressionSyntax? items, SemanticModel semantics) => AreFew(items) || (items is IdentifierNameSyntax name && semantics.GetSymbolInfo(name).Symbol switch
    {
        ILocalSymbol local => FindInitial(local, semantics) is { } initial && AreFew(initial.Initializer?.Value)
            && initial.Ancestors().FirstOrDefault(static node => node is BlockSyntax or CompilationUnitSyntax) is { } scope && !LoopInvariance.IsChangedIn(local, scope),
        IFieldSymbol { IsReadOnly: true } field => AreFew(FindInitial(field, semantics)?.Initializer?.Value),
        _ => false,
    });

    /// <summary>True for a loop that counts to a handful.</summary>
    public static bool AreFew(ForStatementSyntax loop) => loop.Condition is BinaryExpressionSyntax { Right: LiteralExpressionSyntax { Token.Value: int bound } } && bound <= Few;

    /// <summary>The items that a method with a lambda goes through: what it is called on, or its first argument.</summary>
    public static ExpressionSyntax? GetSource(InvocationExpressionSyntax repeater) => repeater.Expression is MemberAccessExpressionSyntax { Expression: { } owner }
        && owner is not IdentifierNameSyntax { Identifier.ValueText: "Parallel" or "Enumerable" or "AsyncEnumerable" }
            ? owner
            : repeater.ArgumentList.Arguments.FirstOrDefault()?.Expression;

    private static VariableDeclaratorSyntax? FindInitial(ISymbol variable, SemanticModel semantics) =>
        variable.DeclaringSyntaxReferences.FirstOrDefault() is { } reference && reference.SyntaxTree == semantics.SyntaxTree ? reference.GetSyntax() as VariableDeclaratorSyntax : null;

    private static bool AreFew(ExpressionSyntax? items) => items switch
    {
        InitializerExpressionSyntax initializer => initializer.Expressions.Count <= Few,
        BaseObjectCreationExpressionSyntax { Initializer: { Expressions.Count: > 0 } initializer } => AreFew(initializer),
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => AreFew(initializer),
        ImplicitArrayCreationExpressionSyntax { Initializer: { } initializer } => AreFew(initializer),
        CollectionExpressionSyntax collection => collection.Elements.Count <= Few && collection.Elements.All(static element => element is ExpressionElementSyntax),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: { } source, Name.Identifier.ValueText: { } method }, ArgumentList.Arguments: { } arguments } =>
            (method is "Take" or "Range" or "Repeat" && arguments.LastOrDefault()?.Expression is LiteralExpressionSyntax { Token.Value: int count } && count <= Few)
            || (method is "ToList" or "ToArray" or "AsEnumerable" or "Reverse" or "Select" && AreFew(source)),
        _ => false,
    };
}
