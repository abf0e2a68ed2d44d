using Magsag.Analyzers.Loops;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Keeps the answers of a loop in a dictionary, by the one text in which its questions differ.</summary>
internal sealed class RememberedAnswers(SemanticModel semantics, InvocationExpressionSyntax call, StatementSyntax loop, CancellationToken cancellationToken)
{
    private const string Answers = "answers";
    private const string Question = "question";
    private const string Answer = "answer";

    /// <summary>The edit; null where the questions differ in more than a text, or the call isn't awaited once in a statement of its own.</summary>
    public FixEdit? CreateEdit()
    {
        ExpressionSyntax awaited = call.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured } ? configured : call;
        if (awaited.Parent is not AwaitExpressionSyntax asked || FindStatement(asked) is not { Parent: BlockSyntax } statement || FindKey() is not { } key
            || semantics.GetTypeInfo(asked, cancellationToken).Type is not { TypeKind: not TypeKind.Error, SpecialType: not SpecialType.System_Void } type
            || !AreFree(Answers, Question, Answer))
        {
            return null;
        }

        bool isOwnVariable = statement is LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } && variables[0].Initializer?.Value == asked
            && !LoopInvariance.IsChangedIn(variables[0].Identifier.ValueText, statement.Parent) && !HasCommentsBeside(statement, asked);
        string answer = isOwnVariable ? ((LocalDeclarationStatementSyntax)statement).Declaration.Variables[0].Identifier.ValueText : Answer;
        string question = key is IdentifierNameSyntax ? key.ToString() : Question;
        ExpressionSyntax asks = key is IdentifierNameSyntax ? asked.WithoutTrivia() : asked.ReplaceNode(key, SyntaxFactory.IdentifierName(Question).WithTriviaFrom(key)).WithoutTrivia();
        string typeName = type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        StatementSyntax[] steps =
        [
            .. key is IdentifierNameSyntax ? Array.Empty<StatementSyntax>() : [SyntaxFactory.ParseStatement($"string {Question} = {key.WithoutTrivia()};")],
            SyntaxFactory.ParseStatement(string.Join(LineEnds.Of(loop).ToString(), $"if (!{Answers}.TryGetValue({question}, out var {answer}))", "{", $"{answer} = {asks};", $"{Answers}.Add({question}, {answer});", "}")),
        ];
        StatementSyntax memory = QualifiedNames.Simplifiable(SyntaxFactory.ParseStatement($"var {Answers} = new global::System.Collections.Generic.Dictionary<string, {typeName}>();"));
        return new FixEdit(loop, editor => Apply(editor, statement, asked, isOwnVariable, answer, memory, steps));
    }

    // They would go with the declaration.
    private static bool HasCommentsBeside(StatementSyntax statement, AwaitExpressionSyntax asked) => statement.DescendantTrivia()
        .Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia) && trivia.SpanStart >= statement.SpanStart && !asked.Span.Contains(trivia.Span));

    private void Apply(DocumentEditor editor, StatementSyntax statement, AwaitExpressionSyntax asked, bool isOwnVariable, string answer, StatementSyntax memory, StatementSyntax[] steps)
    {
        SyntaxTrivia end = LineEnds.Of(loop);
        StatementSyntax declaration = memory.WithLeadingTrivia(IndentOf(loop)).WithTrailingTrivia(end).WithAdditionalAnnotations(Formatter.Annotation);
        if (loop.Parent is GlobalStatementSyntax global)
        {
            editor.InsertBefore(global, SyntaxFactory.GlobalStatement(declaration));
        }
        else
        {
            editor.InsertBefore(loop, declaration);
        }

        StatementSyntax[] laidOut = [.. steps.Select(step => step.WithLeadingTrivia(IndentOf(statement)).WithTrailingTrivia(end).WithAdditionalAnnotations(Formatter.Annotation))];
        laidOut[0] = laidOut[0].WithLeadingTrivia(statement.GetLeadingTrivia());
        if (isOwnVariable)
        {
            editor.InsertBefore(statement, laidOut);
            editor.RemoveNode(statement, SyntaxRemoveOptions.KeepNoTrivia);
            return;
        }

        editor.InsertBefore(statement, laidOut);
        editor.ReplaceNode(statement, statement.ReplaceNode(asked, SyntaxFactory.IdentifierName(answer).WithTriviaFrom(asked)).WithLeadingTrivia(IndentOf(statement)));
    }

    private static IEnumerable<SyntaxTrivia> IndentOf(SyntaxNode node) => node.GetLeadingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse().Take(1);

    // A statement that makes the call whenever it runs.
    private static StatementSyntax? FindStatement(AwaitExpressionSyntax asked)
    {
        for (SyntaxNode? node = asked.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } or ExpressionStatementSyntax:
                    return (StatementSyntax)node;
                case StatementSyntax or AnonymousFunctionExpressionSyntax or ConditionalExpressionSyntax or ConditionalAccessExpressionSyntax or SwitchExpressionSyntax
                    or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression }
                    or AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression }:
                    return null;
            }
        }

        return null;
    }

    // The smallest text that holds all that differs from round to round.
    private ExpressionSyntax? FindKey()
    {
        SyntaxNode body = loop switch
        {
            CommonForEachStatementSyntax each => each.Statement,
            ForStatementSyntax counted => counted.Statement,
            WhileStatementSyntax repeated => repeated.Statement,
            _ => loop,
        };
        IdentifierNameSyntax[] differing = [.. call.ArgumentList.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => Differs(name, body))];
        if (body == loop || differing.Length == 0 || call.Expression.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => Differs(name, body)))
        {
            return null;
        }

        return differing[0].AncestorsAndSelf().TakeWhile(node => node != call.ArgumentList).OfType<ExpressionSyntax>()
            .Where(node => Array.TrueForAll(differing, name => node.Span.Contains(name.Span)))
            .FirstOrDefault(node => semantics.GetTypeInfo(node, cancellationToken).Type?.SpecialType == SpecialType.System_String) is { } text
                && text.DescendantNodesAndSelf().All(static node => node is not (AwaitExpressionSyntax or AssignmentExpressionSyntax or AnonymousFunctionExpressionSyntax)) ? text : null;
    }

    private bool Differs(IdentifierNameSyntax name, SyntaxNode body) => semantics.GetSymbolInfo(name, cancellationToken).Symbol switch
    {
        ILocalSymbol or IParameterSymbol or IRangeVariableSymbol when semantics.GetSymbolInfo(name, cancellationToken).Symbol is { } symbol => LoopInvariance.IsDeclaredIn(symbol, loop) || LoopInvariance.IsChangedIn(symbol, body),
        _ => false,
    };

    private bool AreFree(params string[] names) => !names.Any(name => !semantics.LookupSymbols(loop.SpanStart, name: name).IsEmpty)
        && loop.Ancestors().FirstOrDefault(static node => node is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax) is { } scope
        && !scope.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && names.Contains(token.ValueText));
}
