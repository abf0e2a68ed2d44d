using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Models;

/// <summary>Finds the constants that a model expression may give: the default, and what the code chooses among.</summary>
internal sealed class ModelCandidates(SemanticModel semantics, CancellationToken cancellationToken)
{
    private const int MaxDepth = 4;

    /// <summary>The constants, each with whether it is chosen for some cases among others, and so no default.</summary>
    /// <remarks>Defaults are the constant itself, the initial value of a variable or member that nothing sets, what follows <c>??</c>, the default of a parameter, the <c>_</c> arm of a switch and the fallback of a look-up.</remarks>
    public IEnumerable<(IOperation Named, bool IsChosen)> Find(IOperation? value, bool isChosen = false, int depth = 0)
    {
        value = value.Unwrapped();
        if (value is null || depth > MaxDepth)
        {
            return [];
        }

        return value switch
        {
            { ConstantValue.HasValue: true } => [(value, isChosen)],
            ICoalesceOperation { WhenNull: { } fallback } coalesce => Find(coalesce.Value, true, depth + 1).Concat(Find(fallback, isChosen, depth + 1)),
            IConditionalOperation { WhenFalse: { } otherwise } choice => Find(choice.WhenTrue, true, depth + 1).Concat(Find(otherwise, true, depth + 1)),
            ISwitchExpressionOperation choice => choice.Arms.SelectMany(arm => Find(arm.Value, isChosen || arm.Pattern is not IDiscardPatternOperation, depth + 1)),
            IParameterReferenceOperation parameter => FindDefault(parameter.Parameter) is { } given ? Find(given, isChosen, depth + 1) : [],
            IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } map } => FindEntries(map),
            IPropertyReferenceOperation { Property: var property } => FindInitial(property) is { } initial ? Find(initial, isChosen || IsSet(property), depth + 1) : [(value, isChosen)],
            ILocalReferenceOperation { Local: var local } => FindInitial(local) is { } initial ? Find(initial, isChosen || IsAssignedIn(FindScope(local), local), depth + 1) : [],
            IFieldReferenceOperation { Field: { IsConst: false } field } => FindInitial(field) is { } initial ? Find(initial, isChosen || IsSet(field), depth + 1) : [(value, isChosen)],
            IInvocationOperation { TargetMethod.Name: "GetValueOrDefault" } lookUp => FindInLookUp(lookUp, isChosen, depth),
            IInvocationOperation { TargetMethod.Name: "GetValue" } setting => Find(setting.Arguments.For("defaultValue")?.Value, isChosen, depth + 1),
            _ => [(value, isChosen)],
        };
    }

    private IEnumerable<(IOperation Named, bool IsChosen)> FindInLookUp(IInvocationOperation lookUp, bool isChosen, int depth)
    {
        IOperation? map = lookUp.Receiver();
        IOperation? fallback = lookUp.Arguments.For("defaultValue")?.Value;
        return (map is null ? [] : FindEntries(map)).Concat(Find(fallback, isChosen, depth + 1));
    }

    private IOperation? FindDefault(IParameterSymbol parameter) =>
        parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is ParameterSyntax { Default.Value: { } value } && value.SyntaxTree == semantics.SyntaxTree
            ? semantics.GetOperation(value, cancellationToken)
            : null;

    private IOperation? FindInitial(ISymbol variable)
    {
        ExpressionSyntax? initial = variable.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) switch
        {
            PropertyDeclarationSyntax { Initializer.Value: { } value } => value,
            VariableDeclaratorSyntax { Initializer.Value: { } value } => value,
            _ => null,
        };
        return initial is not null && initial.SyntaxTree == semantics.SyntaxTree ? semantics.GetOperation(initial, cancellationToken) : null;
    }

    // Code of the file that sets the member chooses the model.
    private bool IsSet(ISymbol member) => IsAssignedIn(semantics.SyntaxTree.GetRoot(cancellationToken), member);

    private static bool IsAssignedIn(SyntaxNode? scope, ISymbol variable) => scope?.DescendantNodes().OfType<AssignmentExpressionSyntax>()
        .Any(assignment => SyntaxNames.GetLastName(assignment.Left) == variable.Name) == true;

    private SyntaxNode? FindScope(ILocalSymbol local) => local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken).Ancestors()
        .FirstOrDefault(static node => node is BaseMethodDeclarationSyntax or CompilationUnitSyntax);

    // A map from tasks to models, in the initializer of the variable that holds it.
    private IEnumerable<(IOperation Named, bool IsChosen)> FindEntries(IOperation map)
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
            VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax created } => created.Initializer,
            PropertyDeclarationSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax created } => created.Initializer,
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
