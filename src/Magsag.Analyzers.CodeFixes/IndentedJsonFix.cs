using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Makes JSON in a prompt compact.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IndentedJsonFix))]
public sealed class IndentedJsonFix : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(IndentedJsonRule.Id);

    internal override string Title => "Make it compact";

    internal override FixEdit? CreateEdit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticFacts.Fix, out string? fix) || fix != IndentedJsonRule.TurnOff || diagnostic.AdditionalLocations.Count != 1)
        {
            return null;
        }

        return root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true) switch
        {
            AssignmentExpressionSyntax member => new FixEdit(member, editor => editor.ReplaceNode(member.Right, SyntaxFactory.LiteralExpression(SyntaxKind.FalseLiteralExpression).WithTriviaFrom(member.Right))),
            MemberAccessExpressionSyntax formatting => new FixEdit(formatting, editor => editor.ReplaceNode(formatting.Name, SyntaxFactory.IdentifierName("None").WithTriviaFrom(formatting.Name))),
            _ => null,
        };
    }
}
