using Magsag.Analyzers.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Loops;

/// <summary>Tells what changes from one round of a loop to the next.</summary>
internal static class LoopInvariance
{
    private static readonly string[] MutatingVerbs = ["Add", "Append", "Clear", "Enqueue", "Insert", "Push", "Reduce", "Remove", "Set", "Trim"];

    /// <summary>True when nothing that the call uses changes from one round to the next.</summary>
    public static bool IsInvariant(LlmCall call, EnclosingLoop loop)
    {
        if (loop.Function is not null || !loop.Body.Span.Contains(call.Operation.Syntax.Span) || call.Operation.Syntax is not InvocationExpressionSyntax invocation)
        {
            return false;
        }

        IdentifierNameSyntax[] names = [.. invocation.DescendantNodes().OfType<IdentifierNameSyntax>()];

        // The loop's item varies by definition and needn't be bound.
        return !(loop.Item is { } item && names.Any(name => name.Identifier.ValueText == item))
            && names.All(name => !Varies(call.Semantics.GetSymbolInfo(name).Symbol, call, loop));
    }

    public static bool IsDeclaredIn(ISymbol symbol, SyntaxNode loop) =>
        symbol.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == loop.SyntaxTree && loop.Span.Contains(reference.Span));

    /// <summary>True when code assigns to a variable, or changes the object in it.</summary>
    public static bool IsChangedIn(string name, SyntaxNode body) =>
        body.DescendantNodes().OfType<IdentifierNameSyntax>().Any(use => use.Identifier.ValueText == name && IsChange(use));

    private static bool Varies(ISymbol? symbol, LlmCall call, EnclosingLoop loop) => symbol switch
    {
        ILocalSymbol or IParameterSymbol or IRangeVariableSymbol => IsDeclaredIn(symbol, loop.Syntax) || IsChangedIn(symbol.Name, loop.Body) || IsPassedOn(symbol, call, loop),
        IFieldSymbol field => !field.IsConst && !field.IsReadOnly && IsChangedIn(field.Name, loop.Body),
        IPropertySymbol property => property.IsStatic && property.ContainingType.Name is "DateTime" or "DateTimeOffset",
        IMethodSymbol method => !SymbolEqualityComparer.Default.Equals(method.ReducedFrom ?? method, call.Operation.TargetMethod.ReducedFrom ?? call.Operation.TargetMethod),
        _ => false,
    };

    private static bool IsChange(IdentifierNameSyntax use)
    {
        SyntaxNode whole = use.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } self ? self : use;
        while (whole.Parent is MemberAccessExpressionSyntax { Parent: MemberAccessExpressionSyntax } member && member.Expression == whole)
        {
            whole = member;
        }

        return whole.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == whole,
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } => true,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => true,
            ArgumentSyntax argument => argument.RefKindKeyword.RawKind != 0,
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax, Name.Identifier.ValueText: { } method } => IsMutating(method),
            MemberAccessExpressionSyntax access => access.Expression == whole && access.Parent is AssignmentExpressionSyntax assignment && assignment.Left == access,
            _ => false,
        };
    }

    // `AddUserMessage`, `AppendLine`, `RemoveAt`: a method of such a name changes its object, whichever type declares it.
    private static bool IsMutating(string method) => MutatingVerbs.Any(verb => method.StartsWith(verb, StringComparison.Ordinal));

    // Other code of the loop that is passed the object may change it.
    private static bool IsPassedOn(ISymbol symbol, LlmCall call, EnclosingLoop loop)
    {
        ITypeSymbol? type = symbol switch { ILocalSymbol local => local.Type, IParameterSymbol parameter => parameter.Type, _ => null };
        return type is { IsReferenceType: true, SpecialType: SpecialType.None }
            && loop.Body.DescendantNodes().OfType<ArgumentSyntax>().Any(argument => argument.Expression is IdentifierNameSyntax name
                && name.Identifier.ValueText == symbol.Name && argument.Parent?.Parent != call.Operation.Syntax && argument.Parent?.Parent is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax);
    }
}
