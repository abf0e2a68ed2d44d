using System.Collections.Immutable;
using Magsag.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Makes JSON in a prompt compact.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IndentedJsonFix))]
internal sealed class IndentedJsonFix : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(IndentedJsonRule.Id);

    internal override string Title => "Make it compact";

    internal override FixEdit? CreateEdit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (diagnostic.GetProperty(DiagnosticProperties.Fix) != IndentedJsonRule.TurnOff)
        {
            return null;
        }

        return diagnostic.FindTarget(root) switch
        {
            AssignmentExpressionSyntax member => new FixEdit(member, editor => editor.ReplaceNode(member.Right, SyntaxFactory.LiteralExpression(SyntaxKind.FalseLiteralExpression).WithTriviaFrom(member.Right))),
            MemberAccessExpressionSyntax formatting => new FixEdit(formatting, editor => editor.ReplaceNode(formatting.Name, SyntaxFactory.IdentifierName("None").WithTriviaFrom(formatting.Name))),
            ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } tree } => Compact(semantics, tree, access, cancellationToken),
            _ => null,
        };
    }

    // `tree.ToString()` → `tree.ToString(SaveOptions.DisableFormatting)`
    private static FixEdit? Compact(SemanticModel semantics, InvocationExpressionSyntax tree, MemberAccessExpressionSyntax access, CancellationToken cancellationToken)
    {
        if (semantics.GetTypeInfo(access.Expression, cancellationToken).Type is not { } type || IndentedJsonRule.GetCompactCall(type.Name) is not { } call
            || tree.ArgumentList.DescendantTrivia().Any(static trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
        {
            return null;
        }

        var compact = (InvocationExpressionSyntax)SyntaxFactory.ParseExpression(call);
        compact = compact.ReplaceNodes(compact.ArgumentList.DescendantNodes().OfType<MemberAccessExpressionSyntax>(), static (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
        return new FixEdit(tree, editor => editor.ReplaceNode(tree, compact
            .WithExpression(access.WithName(((SimpleNameSyntax)compact.Expression).WithTriviaFrom(access.Name)))
            .WithTriviaFrom(tree)
            .WithAdditionalAnnotations(Simplifier.Annotation)));
    }
}
