using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Loops;

/// <summary>The loop that repeats a call.</summary>
/// <param name="Syntax">The loop statement, or the call that takes the lambda.</param>
/// <param name="Body">What is repeated.</param>
/// <param name="Function">The local function that makes the call, when the loop calls that; null when the call stands in the loop itself.</param>
internal sealed record EnclosingLoop(SyntaxNode Syntax, SyntaxNode Body, string? Function = null)
{
    /// <summary>The variable that holds another item in every round; null when there is none.</summary>
    public string? Item => this switch
    {
        { Syntax: ForEachStatementSyntax each } => each.Identifier.ValueText,
        { Syntax: QueryExpressionSyntax query } => query.FromClause.Identifier.ValueText,
        { Body: SimpleLambdaExpressionSyntax lambda } => lambda.Parameter.Identifier.ValueText,
        { Body: ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: > 0 } parameters } } => parameters[0].Identifier.ValueText,
        _ => null,
    };
}
