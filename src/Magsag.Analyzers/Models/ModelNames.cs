using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers;

/// <summary>Finds the constants that a model expression may give: the default, and what the code chooses among.</summary>
internal sealed class ModelNames(SemanticModel semantics, CancellationToken cancellationToken)
{
    private const int MaxDepth = 4;

    /// <summary>The constants; what is chosen for some cases among others is no default.</summary>
    /// <remarks>Defaults are the constant itself, what follows <c>??</c>, the default of a parameter, the <c>_</c> arm of a switch and the fallback of a look-up.</remarks>
    public IEnumerable<(IOperation Named, bool IsChosen)> In(IOperation? value, bool isChosen = false, int depth = 0)
    {
        value = value.Unwrapped();
        if (value is null || depth > MaxDepth)
        {
            return [];
        }

        return value switch
        {
            { ConstantValue.HasValue: true } => [(value, isChosen)],
            ICoalesceOperation { WhenNull: { } fallback } coalesce => In(coalesce.Value, true, depth + 1).Concat(In(fallback, isChosen, depth + 1)),
            IConditionalOperation { WhenFalse: { } otherwise } choice => In(choice.WhenTrue, true, depth + 1).Concat(In(otherwise, true, depth + 1)),
            ISwitchExpressionOperation choice => choice.Arms.SelectMany(arm => In(arm.Value, isChosen || arm.Pattern is not IDiscardPatternOperation, depth + 1)),
            IParameterReferenceOperation parameter => DefaultOf(parameter.Parameter) is { } given ? In(given, isChosen, depth + 1) : [],
            IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } map } => EntriesOf(map),
            IInvocationOperation { TargetMethod.Name: "GetValueOrDefault" } lookUp => InLookUp(lookUp, isChosen, depth),
            _ => [(value, isChosen)],
        };
    }

    private IEnumerable<(IOperation Named, bool IsChosen)> InLookUp(IInvocationOperation lookUp, bool isChosen, int depth)
    {
        IOperation? map = lookUp.Receiver();
        IOperation? fallback = lookUp.Arguments.For("defaultValue")?.Value;
        return (map is null ? [] : EntriesOf(map)).Concat(In(fallback, isChosen, depth + 1));
    }

    private IOperation? DefaultOf(IParameterSymbol parameter) =>
        parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is ParameterSyntax { Default.Value: { } value } && value.SyntaxTree == semantics.SyntaxTree
            ? semantics.GetOperation(value, cancellationToken)
            : null;

    // A map from tasks to models, in the initializer of the variable that holds it.
    private IEnumerable<(IOperation Named, bool IsChosen)> EntriesOf(IOperation map)
    {
        ISymbol? symbol = map.Unwrapped() switch
        {
            ILocalReferenceOperation local => local.Local,
            IFieldReferenceOperation field => field.Field,
            IPropertyReferenceOperation property => property.Property,
            _ => null,
        };
        InitializerExpressionSyntax? initializer = symbol?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) switch
        {
            VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax made } => made.Initializer,
            PropertyDeclarationSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax made } => made.Initializer,
            _ => null,
        };
        if (initializer is null || initializer.SyntaxTree != semantics.SyntaxTree)
        {
            return [];
        }

        return initializer.Expressions
            .Select(static entry => entry switch
            {
                AssignmentExpressionSyntax { Right: { } model } => model,
                InitializerExpressionSyntax { Expressions: { Count: 2 } pair } => pair[1],
                _ => null,
            })
            .OfType<ExpressionSyntax>()
            .Select(model => semantics.GetOperation(model, cancellationToken))
            .OfType<IOperation>()
            .Select(static model => (model, true));
    }
}
