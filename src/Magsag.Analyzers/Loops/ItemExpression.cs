using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Loops;

/// <summary>Tells whether an expression depends on a loop's item and on nothing else that changes, so that its values for all items can be computed before the loop.</summary>
internal sealed class ItemExpression
{
    // Bounds the work for locals that are computed from locals.
    private const int MaxDepth = 8;

    private readonly RepeatedCall _call;
    private readonly CancellationToken _cancellationToken;
    private bool _usesItem;

    private ItemExpression(RepeatedCall call, CancellationToken cancellationToken)
    {
        _call = call;
        _cancellationToken = cancellationToken;
    }

    private EnclosingLoop Loop => _call.Loop;

    /// <param name="expression">An expression beside the call of the model.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends the analysis.</param>
    public static bool IsComputedFromItem(ExpressionSyntax expression, RepeatedCall call, CancellationToken cancellationToken)
    {
        var item = new ItemExpression(call, cancellationToken);
        return item.IsComputed(expression, call.Frames.Count - 1, 0) && item._usesItem;
    }

    private bool IsComputed(ExpressionSyntax expression, int frame, int depth) => depth <= MaxDepth && expression.DescendantNodesAndSelf(node => FindMemberValue(node, frame) is null).All(node => node switch
    {
        MemberAccessExpressionSyntax when FindMemberValue(node, frame) is { } value => IsComputed(value, frame, depth + 1),
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } => true,
        AwaitExpressionSyntax or AssignmentExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: not 0 } => false,
        IdentifierNameSyntax name when !IsMember(name) => IsStable(name, expression, frame, depth),
        _ => true,
    });

    // What `part.Text` was given where `part` is made: `new Part { Text = page.Text }`.
    private ExpressionSyntax? FindMemberValue(SyntaxNode node, int frame)
    {
        CallFrame at = _call.Frames[frame];
        if (node is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner, Name.Identifier.ValueText: { } member } || node.SyntaxTree != at.Body.SyntaxTree
            || at.Semantics.GetSymbolInfo(owner, _cancellationToken).Symbol is not ILocalSymbol local || !LoopInvariance.IsDeclaredIn(local, at.Body)
            || Initializers.FindDeclarator(local, at.Semantics, _cancellationToken)?.Initializer?.Value is not BaseObjectCreationExpressionSyntax made)
        {
            return null;
        }

        ExpressionSyntax[] values =
        [
            .. (made.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>() ?? []).Where(assignment => SyntaxNames.GetLastName(assignment.Left) == member).Select(static assignment => assignment.Right),
            .. at.Body.DescendantNodes().OfType<AssignmentExpressionSyntax>()
                .Where(assignment => assignment.Left is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax target, Name.Identifier.ValueText: { } set } && target.Identifier.ValueText == local.Name && set == member)
                .Select(static assignment => assignment.Right),
        ];
        return values.Length == 1 ? values[0] : null;
    }

    // `b` of `a.b`, and the names of arguments and of members in initializers.
    private static bool IsMember(IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name == name && access.Expression is not ThisExpressionSyntax,
        MemberBindingExpressionSyntax or NameColonSyntax => true,
        _ => false,
    };

    private bool IsStable(IdentifierNameSyntax name, ExpressionSyntax expression, int frame, int depth)
    {
        ISymbol? symbol = _call.Frames[frame].Semantics.GetSymbolInfo(name, _cancellationToken).Symbol;
        return symbol switch
        {
            INamespaceOrTypeSymbol or IMethodSymbol => true,
            ILocalSymbol or IParameterSymbol when LoopInvariance.IsDeclaredIn(symbol, expression) => true,
            _ when frame > 0 => IsStableInMethod(symbol, frame, depth),
            _ => IsStableInLoop(symbol, depth),
        };
    }

    private bool IsStableInLoop(ISymbol? symbol, int depth)
    {
        switch (symbol)
        {
            case IRangeVariableSymbol:
            case ILocalSymbol or IParameterSymbol when Loop.Items.Contains(symbol.Name) && !LoopInvariance.IsDeclaredIn(symbol, Loop.Body is AnonymousFunctionExpressionSyntax lambda ? lambda.Body : Loop.Body):
                _usesItem = true;
                return true;
            case ILocalSymbol local when LoopInvariance.IsDeclaredIn(local, Loop.Body):
                return IsComputedLocal(local, 0, Loop.Body, depth);
            case ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol:
                return !LoopInvariance.IsDeclaredIn(symbol, Loop.Syntax) && !LoopInvariance.IsChangedIn(symbol, Loop.Body);
            default:
                return false;
        }
    }

    private bool IsStableInMethod(ISymbol? symbol, int frame, int depth)
    {
        CallFrame method = _call.Frames[frame];
        switch (symbol)
        {
            case IParameterSymbol parameter when method.Declares(parameter):
                if (LoopInvariance.IsChangedIn(parameter, method.Body))
                {
                    return false;
                }

                // Where the method itself is passed to the loop, every item is its first argument.
                _usesItem |= method.Arguments is null && parameter.Ordinal == 0;
                return method.GetArgument(parameter) is not { } argument || IsComputed(argument, frame - 1, depth + 1);
            case ILocalSymbol local when LoopInvariance.IsDeclaredIn(local, method.Body):
                return IsComputedLocal(local, frame, method.Body, depth);

            // What a local function or a lambda takes from around it.
            case ILocalSymbol or IParameterSymbol when method.Body is not BaseMethodDeclarationSyntax && method.Body.SyntaxTree == Loop.Syntax.SyntaxTree:
                return IsStableInLoop(symbol, depth);
            default:
                return symbol is IFieldSymbol or IPropertySymbol or IParameterSymbol;
        }
    }

    private bool IsComputedLocal(ILocalSymbol local, int frame, SyntaxNode body, int depth) =>
        Initializers.FindDeclarator(local, _call.Frames[frame].Semantics, _cancellationToken) is { Initializer.Value: { } initial }
        && !LoopInvariance.IsChangedBefore(local, _call.Frames[frame].Invocation, body) && IsComputed(initial, frame, depth + 1);
}
