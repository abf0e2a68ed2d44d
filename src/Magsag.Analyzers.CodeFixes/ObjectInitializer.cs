using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Edits the object initializer of an object creation, in the layout that it has.</summary>
internal static class ObjectInitializer
{
    /// <summary>Sets a member, in place of what the initializer sets it to.</summary>
    public static FixEdit SetMember(BaseObjectCreationExpressionSyntax creation, AssignmentExpressionSyntax assignment)
    {
        // `MaxOutputTokens = null` says that there is no cap: it is replaced, not doubled.
        string member = assignment.Left.ToString();
        AssignmentExpressionSyntax? existing = creation.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>().FirstOrDefault(candidate => candidate.Left.ToString() == member);
        return existing is null
            ? new FixEdit(creation, editor => editor.ReplaceNode(creation, (current, _) => WithMember((BaseObjectCreationExpressionSyntax)current, assignment)))
            : new FixEdit(existing, editor => editor.ReplaceNode(existing.Right, assignment.Right.WithTriviaFrom(existing.Right)));
    }

    private static BaseObjectCreationExpressionSyntax WithMember(BaseObjectCreationExpressionSyntax creation, AssignmentExpressionSyntax assignment)
    {
        if (creation.Initializer is not { } initializer)
        {
            SyntaxTriviaList trailing = creation.GetTrailingTrivia();
            return creation.WithoutTrailingTrivia().WithInitializer(CreateInitializer(assignment)).WithTrailingTrivia(trailing);
        }

        if (initializer.Expressions.Count == 0)
        {
            return creation.WithInitializer(CreateInitializer(assignment).WithTriviaFrom(initializer));
        }

        SyntaxNodeOrTokenList items = initializer.Expressions.GetWithSeparators();
        ExpressionSyntax first = initializer.Expressions[0];
        bool trailingComma = initializer.Expressions.SeparatorCount == initializer.Expressions.Count;
        bool ownLines = first.GetLeadingTrivia().Any(SyntaxKind.WhitespaceTrivia) && initializer.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        if (trailingComma)
        {
            ExpressionSyntax added = ownLines ? assignment.WithLeadingTrivia(GetIndent(first)) : assignment;
            SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(initializer.Expressions.GetSeparators().Last().TrailingTrivia.Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia) || trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
            items = items.Add(added).Add(comma);
        }
        else
        {
            ExpressionSyntax last = initializer.Expressions.Last();
            SyntaxTriviaList end = last.GetTrailingTrivia();
            SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(ownLines ? end : SyntaxFactory.TriviaList(SyntaxFactory.Space));
            ExpressionSyntax added = (ownLines ? assignment.WithLeadingTrivia(GetIndent(first)) : assignment)
                .WithTrailingTrivia(ownLines ? end.Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) : end);
            items = items.Replace(last, last.WithoutTrailingTrivia()).Add(comma).Add(added);
        }

        return creation.WithInitializer(initializer.WithExpressions(SyntaxFactory.SeparatedList<ExpressionSyntax>(items)));
    }

    private static SyntaxTriviaList GetIndent(SyntaxNode member) =>
        SyntaxFactory.TriviaList(member.GetLeadingTrivia().LastOrDefault(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));

    private static InitializerExpressionSyntax CreateInitializer(AssignmentExpressionSyntax assignment) => SyntaxFactory.InitializerExpression(
        SyntaxKind.ObjectInitializerExpression,
        SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space),
        SyntaxFactory.SingletonSeparatedList<ExpressionSyntax>(assignment.WithTrailingTrivia(SyntaxFactory.Space)),
        SyntaxFactory.Token(SyntaxKind.CloseBraceToken));
}
