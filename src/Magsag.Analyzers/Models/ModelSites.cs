using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers;

/// <summary>Finds the expressions that name a model, and the literal behind them.</summary>
internal static class ModelSites
{
    /// <summary>The model that an argument names; null when it names none, or one that isn't constant.</summary>
    public static IOperation? ValueOf(IArgumentOperation argument, KnownApis apis) =>
        argument is { Parameter: { ContainingSymbol: IMethodSymbol method } parameter }
        && apis.ModelParameterOf(method, out bool judgesDefault) is { } model && model.Name == parameter.Name
        && (argument.ArgumentKind == ArgumentKind.Explicit || judgesDefault)
        && !apis.NamesDeployments((argument.Parent as IInvocationOperation)?.Instance?.Type)
            ? argument.Value
            : null;

    /// <summary>The model that an assignment to an options' member names.</summary>
    public static IOperation? ValueOf(IAssignmentOperation assignment, KnownApis apis) =>
        assignment.Target is IPropertyReferenceOperation { Property: { } property } target
        && apis.ApiOfOptions(target.Instance?.Type ?? property.ContainingType) is { ModelMember: { } member } && member == property.Name
            ? assignment.Value
            : null;

    /// <summary>The constant defaults of a model expression: the constant itself, what follows <c>??</c>, the default of a parameter, the <c>_</c> arm of a switch.</summary>
    public static IEnumerable<IOperation> DefaultsOf(IOperation value)
    {
        while (value is IConversionOperation { Operand: { } operand } && !value.ConstantValue.HasValue)
        {
            value = operand;
        }

        return value switch
        {
            ICoalesceOperation { WhenNull: { } fallback } => [fallback],
            ISwitchExpressionOperation choice => choice.Arms.Where(static arm => arm.Pattern is IDiscardPatternOperation).Select(static arm => arm.Value),
            _ => [value],
        };
    }

    /// <summary>The string literal that a constant expression takes its value from, when it is in the same file.</summary>
    public static Location? LiteralOf(IOperation value, CancellationToken cancellationToken)
    {
        SyntaxNode syntax = value.Syntax;
        if (syntax is LiteralExpressionSyntax)
        {
            return syntax.GetLocation();
        }

        ISymbol? constant = value switch
        {
            IFieldReferenceOperation field => field.Field,
            ILocalReferenceOperation local => local.Local,
            IConversionOperation { Operand: IFieldReferenceOperation field } => field.Field,
            _ => null,
        };
        return constant?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: LiteralExpressionSyntax literal } && literal.SyntaxTree == syntax.SyntaxTree
            ? literal.GetLocation()
            : null;
    }
}
