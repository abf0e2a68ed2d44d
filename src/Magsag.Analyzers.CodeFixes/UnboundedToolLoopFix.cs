using System.Collections.Immutable;
using Magsag.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Caps the rounds of a loop of tool calls.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnboundedToolLoopFix))]
internal sealed class UnboundedToolLoopFix : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UnboundedToolLoopRule.Id);

    internal override string Title => "Cap the rounds";

    internal override FixEdit? CreateEdit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (diagnostic.GetProperty(DiagnosticProperties.OptionsParameter) is not { } parameter
            || diagnostic.GetProperty(DiagnosticProperties.Cap) is not { } cap
            || diagnostic.FindNode(root).FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } invocation
            || invocation.ArgumentList.Arguments.Any(argument => argument.Expression.IsKind(SyntaxKind.NullLiteralExpression)))
        {
            return null;
        }

        ExpressionSyntax value = SyntaxFactory.ParseExpression(diagnostic.GetProperty(DiagnosticProperties.CapMember) is { } member ? $"loop => loop.{member} = {cap}" : cap);
        ArgumentListSyntax arguments = invocation.ArgumentList;
        ArgumentSyntax added = SyntaxFactory.Argument(value).WithNameColon(SyntaxFactory.NameColon(SyntaxFactory.IdentifierName(parameter)).WithTrailingTrivia(SyntaxFactory.Space));
        added = arguments.Arguments.Count == 0 ? added : added.WithLeadingTrivia(SyntaxFactory.Space);
        return new FixEdit(arguments, editor => editor.ReplaceNode(arguments, (current, _) => ((ArgumentListSyntax)current).AddArguments(added)));
    }
}
