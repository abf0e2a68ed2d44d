using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Rules;

/// <summary>Tells whether the text of a <c>StringBuilder</c> or a <c>StringWriter</c> comes from a writer of XML or JSON that indents.</summary>
internal static class IndentedWriters
{
    /// <summary>Where the writer is set to indent; null when no such writer wrote the text.</summary>
    public static SyntaxNode? FindIndentation(InvocationExpressionSyntax text, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (text is not { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax target, Name.Identifier.ValueText: "ToString" } }
            || semantics.GetSymbolInfo(target, cancellationToken).Symbol is not ILocalSymbol { Type.Name: "StringBuilder" or "StringWriter" } local
            || local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not VariableDeclaratorSyntax declarator
            || declarator.Ancestors().FirstOrDefault(static node => node is BlockSyntax or CompilationUnitSyntax) is not { } scope)
        {
            return null;
        }

        return scope.DescendantNodes()
            .Where(node => node.SpanStart < text.SpanStart)
            .Select(node => node switch
            {
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Create" }, ArgumentList.Arguments: { Count: > 1 } arguments } when IsTarget(arguments[0], local)
                    => WriterOptions.FindMember(arguments[1].Expression, "XmlWriterSettings", "Indent", semantics, cancellationToken),
                BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } created when IsTarget(arguments[0], local) && IsWriter(created) => FindFormatting(created, scope),
                _ => null,
            })
            .FirstOrDefault(static indentation => indentation is not null);
    }

    /// <summary>True for the creation of a writer that has a formatting of its own.</summary>
    public static bool IsWriter(BaseObjectCreationExpressionSyntax created) =>
        (created is ObjectCreationExpressionSyntax { Type: { } type } ? SyntaxNames.GetTypeName(type) : ((created.Parent?.Parent?.Parent as VariableDeclarationSyntax)?.Type is { } declared ? SyntaxNames.GetTypeName(declared) : null)) is "XmlTextWriter" or "JsonTextWriter";

    private static bool IsTarget(ArgumentSyntax argument, ILocalSymbol local) => argument.Expression is IdentifierNameSyntax name && name.Identifier.ValueText == local.Name;

    // `{ Formatting = Formatting.Indented }`, or the same on the variable later.
    private static SyntaxNode? FindFormatting(BaseObjectCreationExpressionSyntax created, SyntaxNode scope)
    {
        string? writer = (created.Parent?.Parent as VariableDeclaratorSyntax)?.Identifier.ValueText;
        IEnumerable<AssignmentExpressionSyntax> initial = created.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>().Where(static member => SyntaxNames.GetLastName(member.Left) == "Formatting") ?? [];
        IEnumerable<AssignmentExpressionSyntax> later = scope.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .Where(assignment => assignment.Left is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner, Name.Identifier.ValueText: "Formatting" } && owner.Identifier.ValueText == writer);
        return initial.Concat(later).Select(static assignment => assignment.Right).FirstOrDefault(static value => SyntaxNames.GetLastName(value) == "Indented");
    }
}
