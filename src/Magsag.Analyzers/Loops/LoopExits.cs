using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Loops;

/// <summary>Tells whether a loop is left once a call in it has succeeded: then it is a retry, or a search for the first good answer.</summary>
internal static class LoopExits
{
    public static bool IsLeftAfter(SyntaxNode call, EnclosingLoop loop)
    {
        if (loop.Syntax is not StatementSyntax)
        {
            return false;
        }

        // Leaving a lambda isn't leaving the loop around it.
        SyntaxNode start = call.Ancestors().TakeWhile(node => node != loop.Body).LastOrDefault(static node => node is AnonymousFunctionExpressionSyntax) ?? call;
        for (SyntaxNode? node = start; node is not null && node != loop.Syntax; node = node.Parent)
        {
            if (node is ReturnStatementSyntax)
            {
                return true;
            }

            if (node is StatementSyntax { Parent: BlockSyntax block } statement && LeavesAfter(statement, block, loop))
            {
                return true;
            }
        }

        return false;
    }

    private static bool LeavesAfter(StatementSyntax statement, BlockSyntax block, EnclosingLoop loop)
    {
        // A break in an inner loop leaves that one only.
        bool isInner = statement.Ancestors().TakeWhile(node => node != loop.Syntax).Any(static node => node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax);
        StatementSyntax[] later = [.. block.Statements.Skip(block.Statements.IndexOf(statement) + 1)];
        if (later.Any(next => next is ReturnStatementSyntax || (next is BreakStatementSyntax && !isInner)))
        {
            return true;
        }

        // What is computed from the call on: a condition about anything else, such as a cancellation, says nothing about the answer.
        HashSet<string> answer = [.. later.Prepend(statement).SelectMany(FindAssigned)];
        return later.OfType<IfStatementSyntax>().Any(choice => Leaves(choice.Statement, isInner) && choice.Condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => answer.Contains(name.Identifier.ValueText)))
            || (loop.Syntax is WhileStatementSyntax or DoStatementSyntax && loop.Reason == LoopReason.Wait && loop.Condition is PrefixUnaryExpressionSyntax { Operand: IdentifierNameSyntax done } && answer.Contains(done.Identifier.ValueText));
    }

    private static bool Leaves(StatementSyntax statement, bool isInner) => statement.DescendantNodesAndSelf(static node => node is not AnonymousFunctionExpressionSyntax)
        .Any(node => node is ReturnStatementSyntax || (node is BreakStatementSyntax && !isInner));

    private static IEnumerable<string> FindAssigned(StatementSyntax statement) => statement.DescendantNodes().Select(static node => node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        SingleVariableDesignationSyntax designation => designation.Identifier.ValueText,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax variable } => variable.Identifier.ValueText,
        _ => null,
    }).OfType<string>();
}
