using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Loops;

/// <summary>One body of code on the way from a loop to the call of a model: the loop's own, or that of a method which the frame before calls.</summary>
/// <param name="Body">The loop's body, or the declaration of the method with its parameters.</param>
/// <param name="Semantics">The semantics of its file.</param>
/// <param name="Invocation">What this frame calls: the method of the next frame, or the model. A method's name where that is passed instead of called.</param>
internal sealed record CallFrame(SyntaxNode Body, SemanticModel Semantics, ExpressionSyntax Invocation)
{
    /// <summary>What the parameters of the method are given by the frame before; null for the loop's own frame, and where every item itself is passed.</summary>
    public IReadOnlyList<IArgumentOperation>? Arguments { get; init; }

    /// <summary>True for a parameter of the frame's own method.</summary>
    public bool Declares(IParameterSymbol parameter) => parameter.DeclaringSyntaxReferences.FirstOrDefault() is { } reference && reference.SyntaxTree == Body.SyntaxTree
        && reference.GetSyntax() is { Parent: { } list } && (list == Body || list.Parent == Body);

    /// <summary>What the frame before passes for a parameter; null when the parameter's default holds.</summary>
    public ExpressionSyntax? GetArgument(IParameterSymbol parameter) =>
        Arguments?.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal) is { ArgumentKind: ArgumentKind.Explicit, Value.Syntax: ExpressionSyntax given } ? given : null;
}
