using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>A fix that adds a step to the pipeline which makes a client.</summary>
public abstract class PipelineFix : DocumentFix
{
    /// <summary>The step, as a call on the builder: <c>UseSomething()</c>.</summary>
    internal abstract string Step { get; }

    internal override FixEdit? CreateEdit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (diagnostic.AdditionalLocations.Count != 1
            || root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax made
            || semantics.LookupNamespacesAndTypes(made.SpanStart, name: "ChatClientBuilder").IsEmpty
            || made.Expression is not MemberAccessExpressionSyntax last)
        {
            return null;
        }

        // Innermost but for the client itself, so that a cache's hits cost nothing and each round of a tool loop is a call.
        if (last.Name.Identifier.ValueText == "Build")
        {
            return new FixEdit(made, editor => editor.ReplaceNode(last.Expression, (current, _) => Call((ExpressionSyntax)current, Step, last.OperatorToken).WithTrailingTrivia(current.GetTrailingTrivia())));
        }

        return new FixEdit(made, editor => editor.ReplaceNode(made, (current, _) =>
        {
            var client = (ExpressionSyntax)current;
            SyntaxToken dot = SyntaxFactory.Token(SyntaxKind.DotToken);
            return Call(Call(Call(client.WithoutTrailingTrivia(), "AsBuilder()", dot), Step, dot), "Build()", dot).WithTrailingTrivia(client.GetTrailingTrivia());
        }));
    }

    // The dot brings along its line break and indentation where the pipeline's steps stand on lines of their own.
    private static InvocationExpressionSyntax Call(ExpressionSyntax receiver, string call, SyntaxToken dot)
    {
        var method = (InvocationExpressionSyntax)SyntaxFactory.ParseExpression(call);
        return method.WithExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, dot, (SimpleNameSyntax)method.Expression));
    }
}
