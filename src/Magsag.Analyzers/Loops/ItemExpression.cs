using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Loops;

/// <summary>Tells whether an expression depends on a loop's item and on nothing else that changes, so that its values for all items can be computed before the loop.</summary>
internal sealed class ItemExpression
{
    // Bounds the work for locals that are computed from locals.
    private const int MaxDepth = 4;

    private readonly EnclosingLoop _loop;
    private readonly SemanticModel _semantics;
    private readonly CancellationToken _cancellationToken;
    private bool _usesItem;

    private ItemExpression(EnclosingLoop loop, SemanticModel semantics, CancellationToken cancellationToken)
    {
        _loop = loop;
        _semantics = semantics;
        _cancellationToken = cancellationToken;
    }

    public static bool IsComputedFromItem(ExpressionSyntax expression, EnclosingLoop loop, SemanticModel semantics, CancellationToken cancellationToken)
    {
        var item = new ItemExpression(loop, semantics, cancellationToken);
        return loop.Item is not null && item.IsComputed(expression, 0) && item._usesItem;
    }

    private bool IsComputed(ExpressionSyntax expression, int depth) => depth <= MaxDepth && expression.DescendantNodesAndSelf().All(node => node switch
    {
        AwaitExpressionSyntax or AssignmentExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: not 0 } => false,
        IdentifierNameSyntax name when !IsMember(name) => IsStable(name, expression, depth),
        _ => true,
    });

    // `b` of `a.b`, and the names of arguments and of members in initializers.
    private static bool IsMember(IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name == name && access.Expression is not ThisExpressionSyntax,
        MemberBindingExpressionSyntax or NameColonSyntax => true,
        _ => false,
    };

    private bool IsStable(IdentifierNameSyntax name, ExpressionSyntax expression, int depth)
    {
        ISymbol? symbol = _semantics.GetSymbolInfo(name, _cancellationToken).Symbol;
        switch (symbol)
        {
            case ILocalSymbol or IParameterSymbol when LoopInvariance.IsDeclaredIn(symbol, expression):
                return true;
            case ILocalSymbol or IParameterSymbol when symbol.Name == _loop.Item && !LoopInvariance.IsDeclaredIn(symbol, _loop.Body is AnonymousFunctionExpressionSyntax lambda ? lambda.Body : _loop.Body):
                _usesItem = true;
                return true;
            case ILocalSymbol local when LoopInvariance.IsDeclaredIn(local, _loop.Body):
                return Initializers.FindDeclarator(local, _semantics, _cancellationToken) is { Initializer.Value: { } initial }
                    && !LoopInvariance.IsChangedIn(local.Name, _loop.Body) && IsComputed(initial, depth + 1);
            case ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol:
                return !LoopInvariance.IsDeclaredIn(symbol, _loop.Syntax) && !LoopInvariance.IsChangedIn(symbol.Name, _loop.Body);
            default:
                return symbol is INamespaceOrTypeSymbol or IMethodSymbol;
        }
    }
}
