using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Loops;

/// <summary>Tells whether expressions have other values in another round of a loop: they reach its item, or what is declared or set in its body.</summary>
/// <param name="call">The call.</param>
/// <param name="isClient">True when the expressions are clients.</param>
/// <param name="cancellationToken">Ends the analysis.</param>
internal sealed class RoundDependence(RepeatedCall call, bool isClient, CancellationToken cancellationToken)
{
    // Bounds the work for locals that are computed from locals.
    private const int MaxDepth = 8;

    /// <param name="expressions">Expressions in a frame.</param>
    /// <param name="frame">The frame.</param>
    public bool Exists(IEnumerable<ExpressionSyntax> expressions, int frame) => Exists(expressions, frame, 0);

    private bool Exists(IEnumerable<ExpressionSyntax> expressions, int frame, int depth) => depth <= MaxDepth
        && expressions.SelectMany(static expression => expression.DescendantNodesAndSelf()).OfType<IdentifierNameSyntax>().Any(name => Depends(name, frame, depth));

    private bool Depends(IdentifierNameSyntax name, int frame, int depth)
    {
        CallFrame at = call.Frames[frame];
        switch (at.Semantics.GetSymbolInfo(name, cancellationToken).Symbol)
        {
            case IRangeVariableSymbol:
                return frame == 0;
            case ILocalSymbol or IParameterSymbol or IFieldSymbol when frame == 0 && call.Loop.Items.Contains(name.Identifier.ValueText):
                return true;
            case { } symbol and (ILocalSymbol or IParameterSymbol) when frame == 0:
                return LoopInvariance.IsChangedIn(symbol, call.Loop.Body) || (LoopInvariance.IsDeclaredIn(symbol, call.Loop.Body) && !IsSameInEveryRound(symbol, depth));
            case IParameterSymbol parameter when at.Declares(parameter):
                return at.Arguments is null ? parameter.Ordinal == 0 : at.GetArgument(parameter) is { } argument && Exists([argument], frame - 1, depth + 1);
            case ILocalSymbol local when Initializers.FindDeclarator(local, at.Semantics, cancellationToken) is { Initializer.Value: { } initial }:
                return Exists([initial], frame, depth + 1);
            default:
                return false;
        }
    }

    // `var prompt = "the same";` in the loop's body. What a method gives may differ from round to round, but a client that is made anew of the same is the same client.
    private bool IsSameInEveryRound(ISymbol variable, int depth) => variable is ILocalSymbol local
        && Initializers.FindDeclarator(local, call.Semantics, cancellationToken) is { Initializer.Value: { } initial }
        && (isClient || !initial.DescendantNodesAndSelf().Any(static node => node is InvocationExpressionSyntax or AwaitExpressionSyntax))
        && !Exists([initial], 0, depth + 1);
}
