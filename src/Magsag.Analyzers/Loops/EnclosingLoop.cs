using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Loops;

/// <summary>The loop that repeats a call.</summary>
/// <param name="Syntax">The loop statement or query, or the call that takes the lambda or the method.</param>
/// <param name="Body">What is repeated.</param>
internal sealed record EnclosingLoop(SyntaxNode Syntax, SyntaxNode Body)
{
    // Methods that tell whether there is a further item, and fetch it.
    private static readonly HashSet<string> Fetchers = new(StringComparer.Ordinal) { "TryDequeue", "TryPop", "TryTake", "TryRead", "WaitToReadAsync", "MoveNext", "MoveNextAsync", "Read", "ReadAsync", "Remove" };

    private static readonly HashSet<string> Adders = new(StringComparer.Ordinal) { "Add", "AddRange", "Enqueue", "EnqueueRange", "Push", "TryAdd", "TryWrite", "WriteAsync", "Insert" };

    private HashSet<string>? _items;

    /// <summary>The variables that hold another item, or another number, in every round.</summary>
    public HashSet<string> Items => _items ??= [.. FindItems()];

    /// <summary>Why the loop runs again.</summary>
    public LoopReason Reason => Syntax switch
    {
        WhileStatementSyntax loop => Drains(loop.Condition) ? LoopReason.Items : LoopReason.Wait,
        DoStatementSyntax loop => Drains(loop.Condition) ? LoopReason.Items : LoopReason.Wait,
        ForStatementSyntax { Condition: null } => LoopReason.Wait,
        ForStatementSyntax => PicksByNumber() ? LoopReason.Items : LoopReason.Count,
        InvocationExpressionSyntax repeater when Counts(repeater) => PicksByNumber() ? LoopReason.Items : LoopReason.Count,
        _ => LoopReason.Items,
    };

    /// <summary>The condition under which there is a further round; null when there is none.</summary>
    public ExpressionSyntax? Condition => Syntax switch
    {
        WhileStatementSyntax loop => loop.Condition,
        DoStatementSyntax loop => loop.Condition,
        ForStatementSyntax loop => loop.Condition,
        _ => null,
    };

    private IEnumerable<string> FindItems() => this switch
    {
        { Syntax: ForEachStatementSyntax each } => [each.Identifier.ValueText],
        { Syntax: ForEachVariableStatementSyntax each } => GetDesignations(each.Variable),
        { Syntax: ForStatementSyntax { Declaration: { } declaration } } => declaration.Variables.Select(static variable => variable.Identifier.ValueText),
        { Syntax: WhileStatementSyntax loop } => GetDesignations(loop.Condition),
        { Syntax: QueryExpressionSyntax query } => query.DescendantNodes().Select(static clause => clause switch
        {
            FromClauseSyntax from => from.Identifier.ValueText,
            LetClauseSyntax let => let.Identifier.ValueText,
            _ => null,
        }).OfType<string>(),
        { Body: SimpleLambdaExpressionSyntax lambda } => [lambda.Parameter.Identifier.ValueText],
        { Body: ParenthesizedLambdaExpressionSyntax lambda } => lambda.ParameterList.Parameters.Select(static parameter => parameter.Identifier.ValueText),
        _ => [],
    };

    private static IEnumerable<string> GetDesignations(SyntaxNode node) => node.DescendantNodes().OfType<SingleVariableDesignationSyntax>().Select(static designation => designation.Identifier.ValueText);

    // `while (rows.TryDequeue(out var row))`, `while (rows.Count > 0)` before a `rows.Dequeue()`: a loop over items unless it adds some on the way.
    private bool Drains(ExpressionSyntax condition)
    {
        foreach (SyntaxNode node in condition.DescendantNodesAndSelf())
        {
            switch (node)
            {
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: { } source, Name.Identifier.ValueText: { } method } } when Fetchers.Contains(method):
                    return !AddsTo(source);
                case MemberAccessExpressionSyntax { Expression: { } source, Name.Identifier.ValueText: "Count" or "Length" or "Any" or "IsEmpty" } when TakesFrom(source):
                    return !AddsTo(source);
            }
        }

        return false;
    }

    private bool TakesFrom(ExpressionSyntax source) => Body.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        .Any(access => access.Name.Identifier.ValueText is "Dequeue" or "Pop" or "RemoveAt" or "TryDequeue" or "TryPop" or "TryTake" or "Take" && access.Expression.ToString() == source.ToString());

    private bool AddsTo(ExpressionSyntax source) => SyntaxNames.GetLastName(source) is { } name && Body.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        .Any(access => Adders.Contains(access.Name.Identifier.ValueText) && SyntaxNames.GetLastName(access.Expression) == name);

    // `items[i]`: the number stands for an item.
    private bool PicksByNumber() => Body.DescendantNodes().Any(node => node is BracketedArgumentListSyntax or InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ElementAt" } }
        && node.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => Items.Contains(name.Identifier.ValueText)));

    // `Enumerable.Range(…).Select(…)`, `Parallel.For(…)`.
    private static bool Counts(InvocationExpressionSyntax repeater) => SyntaxNames.GetCalledName(repeater) is "For" or "ForAsync"
        || LoopItems.GetSource(repeater) is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Enumerable" } } };
}
