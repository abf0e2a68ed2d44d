using System.Globalization;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Texts;

/// <summary>Finds the parts of a text that never change, wherever they are declared: in interpolations, sums, formats, replacements and string builders.</summary>
/// <param name="semantics">The semantics of the file.</param>
/// <param name="site">A value in the text. Constants that it stands inside of, such as a format, are cut in two there.</param>
/// <param name="cancellationToken">Ends the analysis.</param>
internal sealed class ConstantText(SemanticModel semantics, SyntaxNode site, CancellationToken cancellationToken)
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
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: { } template, Name.Identifier.ValueText: "Replace" }, ArgumentList.Arguments: { Count: > 1 } arguments } =>
            arguments[1].Span.Contains(site.Span) && GetConstant(arguments[0].Expression) is { Length: > 0 } placeholder ? Find(template).SelectMany(piece => Cut(piece, placeholder)) : Find(template),
        InvocationExpressionSyntax { ArgumentList.Arguments: { } arguments } form when IsFormat(form) => FindInFormat(arguments),
        InvocationExpressionSyntax form when IsForm(form) => form.ArgumentList.Arguments.SelectMany(argument => Find(argument.Expression)),
        ObjectCreationExpressionSyntax { ArgumentList.Arguments: { } initial } => initial.SelectMany(argument => Find(argument.Expression)),
        _ => GetConstant(expression) is { } constant ? [(constant, expression.SpanStart)] : [],
    };

    public static bool IsAppend(InvocationExpressionSyntax invocation) => SyntaxNames.GetCalledName(invocation) is "Append" or "AppendLine";

    /// <summary>True for a method that puts its arguments together to a text.</summary>
    public static bool IsForm(InvocationExpressionSyntax invocation) => SyntaxNames.GetCalledName(invocation) switch
    {
        "Replace" => invocation.ArgumentList.Arguments.Count > 1,
        "Format" or "Concat" or "Join" or "Create" => IsOfString(invocation),
        "Invariant" => true,
        _ => false,
    };

    private static bool IsFormat(InvocationExpressionSyntax invocation) => SyntaxNames.GetCalledName(invocation) == "Format" && IsOfString(invocation);

    private static bool IsOfString(InvocationExpressionSyntax invocation) => (invocation.Expression as MemberAccessExpressionSyntax)?.Expression is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.StringKeyword } or IdentifierNameSyntax { Identifier.ValueText: "String" };

    // The format may come after a culture.
    private IEnumerable<(string Text, int Position)> FindInFormat(SeparatedSyntaxList<ArgumentSyntax> arguments)
    {
        int format = arguments.Count > 1 && GetConstant(arguments[0].Expression) is null ? 1 : 0;
        if (GetConstant(arguments[format].Expression) is not { } text)
        {
            return [];
        }

        int number = arguments.IndexOf(argument => argument.Span.Contains(site.Span)) - format - 1;
        return number < 0 ? [(text, arguments[format].SpanStart)] : Cut((text, arguments[format].SpanStart), "{" + number.ToString(CultureInfo.InvariantCulture));
    }

    // What stands before the placeholder of the site comes before the site, the rest after it.
    private IEnumerable<(string Text, int Position)> Cut((string Text, int Position) piece, string placeholder)
    {
        int index = piece.Text.IndexOf(placeholder, StringComparison.Ordinal);
        return index < 0 ? [piece] : [(piece.Text.Substring(0, index), Math.Min(piece.Position, site.SpanStart - 1)), (piece.Text.Substring(index + placeholder.Length), site.Span.End)];
    }

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
