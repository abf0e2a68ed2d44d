using Magsag.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>A fix that adds a step to the pipeline which creates a client.</summary>
internal abstract class PipelineFix : DocumentFix
{
    /// <summary>The step, as a call on the builder (<c>UseSomething()</c>); null when it can't be added here.</summary>
    internal abstract string? GetStep(ClientPipeline pipeline, Compilation compilation);

    /// <summary>The pipeline whose builder is in scope; null when there is none.</summary>
    internal static ClientPipeline? FindPipeline(SemanticModel semantics, int position) => SdkTable.All.Select(static table => table.Pipeline)
        .FirstOrDefault(pipeline => pipeline is not null && !semantics.LookupNamespacesAndTypes(position, name: SdkNames.GetLast(pipeline.Builder)).IsEmpty);

    internal override FixEdit? CreateEdit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (diagnostic.FindTarget(root) is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax last } creation
            || FindPipeline(semantics, creation.SpanStart) is not { } pipeline
            || GetStep(pipeline, semantics.Compilation) is not { } step)
        {
            return null;
        }

        // Innermost but for the client itself, so that a cache's hits cost nothing and each round of a tool loop is a call.
        if (last.Name.Identifier.ValueText == pipeline.Build)
        {
            return new FixEdit(creation, editor => editor.ReplaceNode(last.Expression, (current, _) => Call((ExpressionSyntax)current, step, last.OperatorToken).WithTrailingTrivia(current.GetTrailingTrivia())));
        }

        return new FixEdit(creation, editor => editor.ReplaceNode(creation, (current, _) =>
        {
            var client = (ExpressionSyntax)current;
            SyntaxToken dot = SyntaxFactory.Token(SyntaxKind.DotToken);
            return Call(Call(Call(client.WithoutTrailingTrivia(), pipeline.ToBuilder + "()", dot), step, dot), pipeline.Build + "()", dot).WithTrailingTrivia(client.GetTrailingTrivia());
        }));
    }

    // The dot brings along its line break and indentation where the pipeline's steps stand on lines of their own.
    private static InvocationExpressionSyntax Call(ExpressionSyntax receiver, string call, SyntaxToken dot)
    {
        var method = (InvocationExpressionSyntax)SyntaxFactory.ParseExpression(call);
        return method.WithExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, dot, (SimpleNameSyntax)method.Expression));
    }
}
