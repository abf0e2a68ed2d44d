using System.Collections.Immutable;
using Magsag.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Names another model: the cheaper one, the successor, or one that the policy allows.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ModelNameFix))]
internal sealed class ModelNameFix : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(PremiumModelRule.Id, RetiredModelRule.Id, ForbiddenModelRule.Id);

    internal override string Title => "Use another model";

    internal override string GetTitle(Diagnostic diagnostic) =>
        diagnostic.GetProperty(DiagnosticProperties.Model) is { } model ? $"Use {model}" : Title;

    internal override FixEdit? CreateEdit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (diagnostic.GetProperty(DiagnosticProperties.Model) is not { } model || diagnostic.FindTarget(root) is not LiteralExpressionSyntax literal)
        {
            return null;
        }

        LiteralExpressionSyntax replacement = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(model)).WithTriviaFrom(literal);
        return new FixEdit(literal, editor => editor.ReplaceNode(literal, replacement));
    }
}
