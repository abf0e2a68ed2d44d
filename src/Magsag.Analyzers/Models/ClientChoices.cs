using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Models;

/// <summary>Tells whether code chooses, case by case, the client that is made for a model: <c>answer = isHard ? expensive : cheap</c>.</summary>
internal static class ClientChoices
{
    /// <summary>True when the client is in a local variable that is used as one of several only.</summary>
    /// <param name="model">Where the model is named.</param>
    public static bool Exist(SyntaxNode model)
    {
        if (model.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is not { Declaration.Variables: { Count: 1 } variables } declaration
            || variables[0].Initializer?.Value is not InvocationExpressionSyntax and not BaseObjectCreationExpressionSyntax
            || declaration.Ancestors().FirstOrDefault(static node => node is BlockSyntax or CompilationUnitSyntax) is not { } scope)
        {
            return false;
        }

        string client = variables[0].Identifier.ValueText;
        IdentifierNameSyntax[] uses = [.. scope.DescendantNodes().OfType<IdentifierNameSyntax>().Where(use => use.Identifier.ValueText == client)];
        return uses.Length > 0 && Array.TrueForAll(uses, IsChoice);
    }

    private static bool IsChoice(IdentifierNameSyntax use) => use.Parent switch
    {
        ConditionalExpressionSyntax choice => choice.Condition != use,
        SwitchExpressionArmSyntax => true,
        _ => false,
    };
}
