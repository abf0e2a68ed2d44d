using System.Collections.Immutable;
using Magsag.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Moves the sentence that changes with every call to the end of the prompt.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(VolatilePromptFix))]
internal sealed class VolatilePromptFix : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(VolatilePromptRule.Id);

    internal override string Title => "Move it to the end";

    // Only a first sentence with the one hole in it can be moved without changing what the others say.
    internal override FixEdit? CreateEdit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (diagnostic.FindNode(root).FirstAncestorOrSelf<InterpolationSyntax>() is not { Parent: InterpolatedStringExpressionSyntax text } hole
            || diagnostic.FindTarget(root) != text
            || !text.StringStartToken.IsKind(SyntaxKind.InterpolatedStringStartToken))
        {
            return null;
        }

        int index = text.Contents.IndexOf(hole);
        if (index > 1 || (index == 1 && text.Contents[0] is InterpolatedStringTextSyntax before && before.TextToken.Text.IndexOf(". ", StringComparison.Ordinal) >= 0)
            || index + 1 >= text.Contents.Count || text.Contents[index + 1] is not InterpolatedStringTextSyntax after)
        {
            return null;
        }

        string rest = after.TextToken.Text;
        int end = rest.IndexOf(". ", StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        string first = string.Concat(text.Contents.Take(index + 1)) + rest.Substring(0, end + 1);
        string others = rest.Substring(end + 2) + string.Concat(text.Contents.Skip(index + 2));
        ExpressionSyntax moved = SyntaxFactory.ParseExpression($"$\"{others.TrimEnd()} {first}\"").WithTriviaFrom(text);
        return new FixEdit(text, editor => editor.ReplaceNode(text, moved));
    }
}
