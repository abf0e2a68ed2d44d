using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Rules;

/// <summary>Reads the options with which JSON and XML are written.</summary>
internal static class WriterOptions
{
    /// <summary>Where options, created here or in the initializer of the variable that holds them, turn a member on; null when they don't.</summary>
    public static AssignmentExpressionSyntax? FindMember(ExpressionSyntax options, string type, string member, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (semantics.GetTypeInfo(options, cancellationToken).ConvertedType?.Name != type)
        {
            return null;
        }

        ExpressionSyntax? creation = options;
        if (options is IdentifierNameSyntax or MemberAccessExpressionSyntax)
        {
            creation = semantics.GetSymbolInfo(options, cancellationToken).Symbol?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) switch
            {
                VariableDeclaratorSyntax { Initializer.Value: { } value } => value,
                PropertyDeclarationSyntax { Initializer.Value: { } value } => value,
                _ => null,
            };
        }

        return (creation as BaseObjectCreationExpressionSyntax)?.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>()
            .FirstOrDefault(assignment => SyntaxNames.GetLastName(assignment.Left) == member && assignment.Right.IsKind(SyntaxKind.TrueLiteralExpression));
    }
}
