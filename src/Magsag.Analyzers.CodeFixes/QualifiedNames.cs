using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Parses code with full names, which are right in every file; the simplifier shortens them where a using allows it.</summary>
internal static class QualifiedNames
{
    public static ExpressionSyntax Parse(string expression) => Simplifiable(SyntaxFactory.ParseExpression(expression));

    public static T Simplifiable<T>(T code)
        where T : SyntaxNode => code
            .ReplaceNodes(code.DescendantNodes().Where(static node => node is NameSyntax { Parent: not NameSyntax } or MemberAccessExpressionSyntax), static (_, node) => node.WithAdditionalAnnotations(Simplifier.Annotation))
            .WithAdditionalAnnotations(Simplifier.Annotation);
}
