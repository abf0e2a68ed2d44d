using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Texts;

/// <summary>Finds the parts of a text that never change, wherever they are declared: in interpolations, sums and string builders.</summary>
internal sealed class ConstantText(SemanticModel semantics, CancellationToken cancellationToken)
{
    /// <summary>The constant parts of a text in their order, each with where it is used.</summary>
    public IEnumerable<(string Text, int Position)> Find(ExpressionSyntax expression) => expression switch
    {
        InterpolatedStringExpressionSyntax text => text.Contents.SelectMany(content => content switch
        {
            InterpolatedStringTextSyntax part => [(part.TextToken.ValueText, part.SpanStart)],
            InterpolationSyntax hole => Find(hole.Expression),
            _ => [],
        }),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => Find(sum.Left).Concat(Find(sum.Right)),
        ParenthesizedExpressionSyntax parenthesized => Find(parenthesized.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: { } builder } } append when IsAppend(append) =>
            Find(builder).Concat(append.ArgumentList.Arguments.SelectMany(argument => Find(argument.Expression))),
        ObjectCreationExpressionSyntax { ArgumentList.Arguments: { } initial } => initial.SelectMany(argument => Find(argument.Expression)),
        _ => GetConstant(expression) is { } constant ? [(constant, expression.SpanStart)] : [],
    };

    public static bool IsAppend(InvocationExpressionSyntax invocation) => SyntaxNames.GetCalledName(invocation) is "Append" or "AppendLine";

    private string? GetConstant(ExpressionSyntax expression)
    {
        if (semantics.GetConstantValue(expression, cancellationToken) is { HasValue: true, Value: var value })
        {
            return value as string;
        }

        return expression is IdentifierNameSyntax or MemberAccessExpressionSyntax && GetInitial(semantics.GetSymbolInfo(expression, cancellationToken).Symbol) is { } initial
            && semantics.GetConstantValue(initial, cancellationToken) is { HasValue: true, Value: string text } ? text : null;
    }

    // What a variable that is never set again is initialized with.
    private ExpressionSyntax? GetInitial(ISymbol? symbol) =>
        symbol is ILocalSymbol or IFieldSymbol { IsReadOnly: true }
        && symbol.DeclaringSyntaxReferences.FirstOrDefault() is { } reference && reference.SyntaxTree == semantics.SyntaxTree
        && reference.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } initial } declarator
        && (symbol is IFieldSymbol || !IsAssigned(symbol.Name, declarator)) ? initial : null;

    private static bool IsAssigned(string local, VariableDeclaratorSyntax declarator) => declarator.Ancestors().FirstOrDefault(static node => node is BlockSyntax or CompilationUnitSyntax) is { } scope
        && scope.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment => assignment.Left is IdentifierNameSyntax name && name.Identifier.ValueText == local);
}
