using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers;

/// <summary>Reads what code does with options after it made them.</summary>
internal sealed class OptionsUses(LlmApi api, KnownApis apis, SemanticModel semantics, CancellationToken cancellationToken)
{
    /// <summary>What one use of a local does to the options in it.</summary>
    public OptionsUse Of(IdentifierNameSyntax use)
    {
        SyntaxNode whole = use;
        while (whole.Parent is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
        {
            whole = whole.Parent;
        }

        switch (whole.Parent)
        {
            case MemberAccessExpressionSyntax access when access.Expression == whole:
                return OfMember(access.Name.Identifier.ValueText, access);
            case ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax binding }:
                return OfMember(binding.Name.Identifier.ValueText, whole.Parent);
            case AssignmentExpressionSyntax assignment when assignment.Left == whole:
                return assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) || assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression) ? OptionsUse.Replaced : OptionsUse.Escapes;
            case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax invocation, RefKindKeyword.RawKind: 0 }:
                return semantics.GetSymbolInfo(invocation, cancellationToken).Symbol is IMethodSymbol method && apis.ApiOf(method) is not null ? OptionsUse.Harmless : OptionsUse.Escapes;
            case EqualsValueClauseSyntax:
                return OptionsUse.Escapes;
            case WithExpressionSyntax or ReturnStatementSyntax:
                // Who gets them back may set a cap for later calls, but not for this one.
                return OptionsUse.Harmless;
            default:
                return OptionsUse.Escapes;
        }
    }

    /// <summary>True when the class may give the options of its own field or property a cap, or other options.</summary>
    public bool Touch(ISymbol member) => member.ContainingType.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken)
        .DescendantNodes()
        .OfType<IdentifierNameSyntax>()
        .Any(use => use.Identifier.ValueText == member.Name && IsTouching(use));

    private OptionsUse OfMember(string member, SyntaxNode access)
    {
        // Options inside a carrier may be replaced or reached through it.
        if (api.IsEscapeHatch(member) || (api.OptionsCarriers.Length > 0 && member is "ExecutionSettings" or "ChatOptions"))
        {
            return OptionsUse.Escapes;
        }

        if (access.Parent is AssignmentExpressionSyntax assignment && assignment.Left == access && member == (api.CapContainer ?? api.CapMember))
        {
            return OptionsUse.SetsCap;
        }

        return OptionsUse.Harmless;
    }

    private bool IsTouching(IdentifierNameSyntax use)
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
        invocation.SyntaxTree == semantics.SyntaxTree && semantics.GetSymbolInfo(invocation, cancellationToken).Symbol is IMethodSymbol method && apis.ApiOf(method) is not null;
}
