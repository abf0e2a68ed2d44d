using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Names another model: the cheaper one, the successor, or one that the policy allows.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ModelNameFix))]
public sealed class ModelNameFix : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(PremiumModelRule.Id, RetiredModelRule.Id, ForbiddenModelRule.Id);

    internal override string Title => "Use another model";

    internal override string TitleOf(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(DiagnosticFacts.Model, out string? model) && model is not null ? $"Use {model}" : Title;

    internal override FixEdit? CreateEdit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticFacts.Model, out string? model) || model is null
            || diagnostic.AdditionalLocations.Count != 1
            || root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true) is not LiteralExpressionSyntax literal)
        {
            return null;
        }

        LiteralExpressionSyntax cheaper = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(model)).WithTriviaFrom(literal);
        return new FixEdit(literal, editor => editor.ReplaceNode(literal, cheaper));
    }
}
