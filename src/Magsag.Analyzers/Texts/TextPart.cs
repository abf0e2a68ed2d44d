using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Texts;

/// <summary>A value that is part of a text. Found by syntax alone, before anything is bound.</summary>
/// <param name="Site">Where the value stands in the text: a hole of an interpolated string with its braces, or the value itself.</param>
/// <param name="Value">The value.</param>
/// <param name="Text">The interpolated string, the sum or the chain of appends that the value is part of.</param>
internal sealed record TextPart(SyntaxNode Site, ExpressionSyntax Value, ExpressionSyntax Text)
{
    /// <summary>Finds the texts that a value is part of, directly or through a local variable.</summary>
    public static IEnumerable<TextPart> Find(ExpressionSyntax value)
    {
        value = ClimbMembers(value);
        if (FindText(value) is { } part)
        {
            return [part];
        }

        return value.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } && FindScope(variable) is { } scope
            ? FindUses(variable.Identifier.ValueText, scope, variable.Span.End).Select(FindText).OfType<TextPart>()
            : [];
    }

    /// <summary>Where the local variable that holds the text is used, with the members that are called on it; nothing for a text in no variable.</summary>
    public IEnumerable<ExpressionSyntax> FindUsesOfVariable() => FindVariable() is var (name, scope) ? FindUses(name, scope, Text.Span.End) : [];

    /// <summary>The text and, where a string builder collects it, what the same block appends before and after.</summary>
    public IEnumerable<ExpressionSyntax> FindPieces()
    {
        if (FindVariable() is not var (name, scope))
        {
            return [Text];
        }

        return scope.ChildNodes().Select(static node => node is GlobalStatementSyntax global ? global.Statement : node).Select(node => node switch
        {
            ExpressionStatementSyntax { Expression: InvocationExpressionSyntax append } when FindBuilder(append) == name => append,
            LocalDeclarationStatementSyntax { Declaration.Variables: { } variables } => variables.FirstOrDefault(variable => variable.Identifier.ValueText == name)?.Initializer?.Value,
            _ => null,
        }).OfType<ExpressionSyntax>();
    }

    private (string Name, SyntaxNode Scope)? FindVariable() => Text.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } when FindScope(variable) is { } scope => (variable.Identifier.ValueText, scope),
        ExpressionStatementSyntax statement when FindBuilder(Text) is { } name && FindScope(statement) is { } scope => (name, scope),
        _ => null,
    };

    // `text` of `text.Append(a).Append(b)`.
    private static string? FindBuilder(ExpressionSyntax chain)
    {
        while (chain is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } append && ConstantText.IsAppend(append))
        {
            chain = access.Expression;
        }

        return (chain as IdentifierNameSyntax)?.Identifier.ValueText;
    }

    // `a.Now.Date.ToString("d")` of `a.Now`.
    private static ExpressionSyntax ClimbMembers(ExpressionSyntax value)
    {
        while (value.Parent is InvocationExpressionSyntax or MemberAccessExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            value = (ExpressionSyntax)value.Parent;
        }

        return value;
    }

    private static TextPart? FindText(ExpressionSyntax value)
    {
        SyntaxNode site = value.Parent is InterpolationSyntax hole ? hole : value;
        SyntaxNode text = site;
        while (text.Parent is InterpolationSyntax or InterpolatedStringExpressionSyntax or ParenthesizedExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression })
        {
            text = text.Parent;
        }

        if (text.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax append } && ConstantText.IsAppend(append))
        {
            text = append;
            while (text.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next })
            {
                text = next;
            }
        }

        if (text.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax form } && ConstantText.IsForm(form))
        {
            text = form;
            while (text.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } && ConstantText.IsForm(next))
            {
                text = next;
            }
        }

        return text == value ? null : new TextPart(site, value, (ExpressionSyntax)text);
    }

    private static SyntaxNode? FindScope(SyntaxNode node) => node.Ancestors().FirstOrDefault(static ancestor => ancestor is BlockSyntax or CompilationUnitSyntax);

    private static IEnumerable<ExpressionSyntax> FindUses(string name, SyntaxNode scope, int from) => scope.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Where(use => use.SpanStart > from && use.Identifier.ValueText == name && !(use.Parent is MemberAccessExpressionSyntax access && access.Name == use))
        .Select(ClimbMembers);
}
