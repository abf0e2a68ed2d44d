using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Models;

/// <summary>Finds the expressions that name a model, and the literal behind them.</summary>
internal static class ModelExpressions
{
    /// <summary>The model that a method's arguments name; null when they name none.</summary>
    public static IOperation? Find(IMethodSymbol method, IEnumerable<IArgumentOperation> arguments, IOperation? instance, KnownApis apis)
    {
        if (apis.FindModelParameter(method, out bool defaultIsPremium) is not { } model || apis.NamesDeployments(instance?.Type))
        {
            return null;
        }

        return arguments.For(model.Name) is { } given && (given.ArgumentKind == ArgumentKind.Explicit || defaultIsPremium) ? given.Value : null;
    }

    /// <summary>The model that an assignment to an options' member names.</summary>
    public static IOperation? Find(IAssignmentOperation assignment, KnownApis apis) =>
        assignment.Target is IPropertyReferenceOperation { Property: { } property } target
        && (apis.IsModelMember(property) || (apis.FindApiByOptions(target.Instance?.Type ?? property.ContainingType) is { ModelMember: { } member } && member == property.Name))
            ? assignment.Value
            : null;

    /// <summary>The string literal that a constant expression takes its value from, when it is in the same file.</summary>
    public static Location? FindLiteral(IOperation value, CancellationToken cancellationToken)
    {
        SyntaxNode syntax = value.Syntax;
        if (syntax is LiteralExpressionSyntax)
        {
            return syntax.GetLocation();
        }

        ISymbol? constant = (value is IConversionOperation conversion ? conversion.Operand : value) switch
        {
            IFieldReferenceOperation field => field.Field,
            ILocalReferenceOperation local => local.Local,
            _ => null,
        };
        return constant?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: LiteralExpressionSyntax literal } && literal.SyntaxTree == syntax.SyntaxTree
            ? literal.GetLocation()
            : null;
    }
}
