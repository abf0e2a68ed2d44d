using Magsag.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Options;

/// <summary>Reads what code does with options after creating them.</summary>
internal sealed class OptionsUses(LlmApi api, KnownApis apis, SemanticModel semantics, CancellationToken cancellationToken)
{
    private readonly OptionsSteps _steps = new(api, cancellationToken);

    /// <summary>What one use of a local does to the options in it.</summary>
    public OptionsUse Classify(IdentifierNameSyntax use)
    {
        SyntaxNode whole = use;
        while (whole.Parent is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
        {
            whole = whole.Parent;
        }

        switch (whole.Parent)
        {
            case MemberAccessExpressionSyntax access when access.Expression == whole:
                return ClassifyMember(access.Name.Identifier.ValueText, access);
            case ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax binding }:
                return ClassifyMember(binding.Name.Identifier.ValueText, whole.Parent);
            case AssignmentExpressionSyntax assignment when assignment.Left == whole:
                return assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) || assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression) ? OptionsUse.Replaced : OptionsUse.Escapes;
            case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax invocation, RefKindKeyword.RawKind: 0 }:
                return semantics.GetSymbolInfo(invocation, cancellationToken).Symbol is IMethodSymbol method && (apis.FindApi(method) is not null || apis.FindHolderFactory(method) is not null) ? OptionsUse.Harmless : OptionsUse.Escapes;
            case ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax taker } when semantics.GetTypeInfo(taker, cancellationToken).Type is { } taken && (apis.IsCarrier(taken) || apis.HoldsOptions(taken)):
                return OptionsUse.Harmless;
            case EqualsValueClauseSyntax:
                return OptionsUse.Escapes;
            case WithExpressionSyntax or ReturnStatementSyntax:
                // The caller may set a cap for later calls, but not for this one.
                return OptionsUse.Harmless;
            default:
                return OptionsUse.Escapes;
        }
    }

    /// <summary>True when the class may give the options of its own field or property a cap, or other options than its first ones.</summary>
    public bool MayChange(ISymbol member, AssignmentExpressionSyntax? first) => FindUses(member).Any(use => (first is null || !first.Left.Span.Contains(use.Span)) && IsChange(use));

    /// <summary>The one assignment that gives a member its value, in a constructor of its class; null when there is none, or more.</summary>
    public AssignmentExpressionSyntax? FindOnlyAssignment(ISymbol member)
    {
        AssignmentExpressionSyntax[] assignments = member.ContainingType.DeclaringSyntaxReferences.Length != 1 ? [] :
        [
            .. FindUses(member)
                .Select(static use => use.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } self && self.Name == use ? self : (ExpressionSyntax)use)
                .Select(static use => use.Parent as AssignmentExpressionSyntax)
                .Where(static assignment => assignment is not null && assignment.Parent is not InitializerExpressionSyntax)
                .OfType<AssignmentExpressionSyntax>(),
        ];
        return assignments.Length == 1 && assignments[0].IsKind(SyntaxKind.SimpleAssignmentExpression) && assignments[0].FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is not null ? assignments[0] : null;
    }

    private IEnumerable<IdentifierNameSyntax> FindUses(ISymbol member) => member.ContainingType.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken)
        .DescendantNodes()
        .OfType<IdentifierNameSyntax>()
        .Where(use => use.Identifier.ValueText == member.Name);

    private OptionsUse ClassifyMember(string member, SyntaxNode access)
    {
        // Options inside a carrier may be replaced or reached through it.
        if (api.IsEscapeHatch(member) || api.CarrierMembers.Contains(member))
        {
            return OptionsUse.Escapes;
        }

        if (access.Parent is AssignmentExpressionSyntax assignment && assignment.Left == access && member == api.CapPath)
        {
            return OptionsUse.SetsCap;
        }

        return access.Parent is InvocationExpressionSyntax call && IsUnknownStep(call) ? OptionsUse.Escapes : OptionsUse.Harmless;
    }

    // An extension method of the project may set a cap.
    private bool IsUnknownStep(InvocationExpressionSyntax call) => semantics.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol { IsExtensionMethod: true, DeclaringSyntaxReferences.IsEmpty: false } step
        && !_steps.KeepsCap(step);

    private bool IsChange(IdentifierNameSyntax use)
    {
        SyntaxNode whole = use.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } self && self.Name == use ? self : use;
        return whole.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == whole,
            MemberAccessExpressionSyntax access when access.Expression == whole => access.Name.Identifier.ValueText is var name && (name == api.CapMember || api.IsEscapeHatch(name)),
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax invocation } => !IsApiCall(invocation),
            EqualsValueClauseSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax => true,
            _ => false,
        };
    }

    private bool IsApiCall(InvocationExpressionSyntax invocation) =>
        invocation.SyntaxTree == semantics.SyntaxTree && semantics.GetSymbolInfo(invocation, cancellationToken).Symbol is IMethodSymbol method && apis.FindApi(method) is not null;
}
