using Magsag.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Options;

/// <summary>Reads methods of the project that take options and hand them back: <c>options.WithTag("desk")</c>.</summary>
internal sealed class OptionsSteps(LlmApi api, CancellationToken cancellationToken)
{
    // Keys of additional properties under which some provider may take a cap.
    private static readonly string[] CapWords = ["max", "token", "predict", "limit", "length"];

    /// <summary>True for an extension method of the project that returns the options it was called on and sets no cap. Read by syntax, because it may stand in another file.</summary>
    public bool KeepsCap(IMethodSymbol method)
    {
        method = method.ReducedFrom ?? method;
        if (!method.IsExtensionMethod || method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not MethodDeclarationSyntax declaration
            || declaration.ParameterList.Parameters.FirstOrDefault()?.Identifier.ValueText is not { } options || !ReturnsOnly(options, declaration))
        {
            return false;
        }

        return (declaration.Body ?? (SyntaxNode?)declaration.ExpressionBody)!.DescendantNodes().OfType<IdentifierNameSyntax>()
            .All(use => use.Identifier.ValueText != options || LeavesCap(use));
    }

    private static bool ReturnsOnly(string options, MethodDeclarationSyntax method)
    {
        ExpressionSyntax?[] results = method.ExpressionBody is { Expression: { } result }
            ? [result]
            : [.. method.Body?.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>().Select(static statement => statement.Expression) ?? []];
        return results.Length > 0 && results.All(expression => expression is IdentifierNameSyntax name && name.Identifier.ValueText == options);
    }

    private bool LeavesCap(IdentifierNameSyntax use) => use.Parent switch
    {
        ReturnStatementSyntax or ArrowExpressionClauseSyntax => true,
        MemberAccessExpressionSyntax access when access.Expression == use => access.Name.Identifier.ValueText switch
        {
            var member when member == api.CapPath => false,
            var member when api.IsEscapeHatch(member) => SetsHarmlessKey(access),
            var member => !api.CarrierMembers.Contains(member) && access.Parent is AssignmentExpressionSyntax assignment && assignment.Left == access,
        },
        _ => false,
    };

    // `(options.AdditionalProperties ??= [])["tag"] = tag`.
    private static bool SetsHarmlessKey(ExpressionSyntax properties)
    {
        while (properties.Parent is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax
            || (properties.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } created && created.Left == properties && IsEmpty(created.Right)))
        {
            properties = (ExpressionSyntax)properties.Parent;
        }

        return properties.Parent is ExpressionStatementSyntax
            || (properties.Parent is ElementAccessExpressionSyntax { Parent: AssignmentExpressionSyntax, ArgumentList.Arguments: { Count: 1 } keys } && keys[0].Expression is LiteralExpressionSyntax { Token.Value: string key }
                && Array.TrueForAll(CapWords, word => key.IndexOf(word, StringComparison.OrdinalIgnoreCase) < 0));
    }

    private static bool IsEmpty(ExpressionSyntax created) => created is CollectionExpressionSyntax { Elements.Count: 0 } or BaseObjectCreationExpressionSyntax { Initializer: null, ArgumentList: null or { Arguments.Count: 0 } };
}
