using Magsag.Analyzers.Models;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Options;

/// <summary>Follows an options expression to where the options are created, and reads whether they set a cap.</summary>
/// <remarks>What it can't follow for certain is unknown: a wrong squiggle costs more than a missed one.</remarks>
internal sealed class OptionsTracker(LlmApi api, KnownApis apis, SemanticModel semantics, CancellationToken cancellationToken)
{
    // Bounds the work for options that are created from options that are created from options.
    private const int MaxDepth = 8;

    private readonly OptionsUses _uses = new(api, apis, semantics, cancellationToken);
    private readonly OptionsSteps _steps = new(api, cancellationToken);

    /// <summary>Follows an expression.</summary>
    public TrackedOptions Track(IOperation? value, int depth = 0)
    {
        value = value.Unwrapped();
        if (value is null || depth > MaxDepth)
        {
            return TrackedOptions.Unknown;
        }

        return value switch
        {
            { ConstantValue: { HasValue: true, Value: null } } => new TrackedOptions(CapState.Absent),
            IDefaultValueOperation => new TrackedOptions(CapState.Absent),
            IObjectCreationOperation creation => TrackCreation(creation, depth),
            IWithOperation copy => TrackWith(copy, depth),
            IConditionalOperation { WhenFalse: { } otherwise } choice => Track(choice.WhenTrue, depth + 1).Or(Track(otherwise, depth + 1)),
            ICoalesceOperation fallback => TrackCoalesce(fallback, depth),
            ISwitchExpressionOperation { Arms: { Length: > 0 } arms } => arms.Select(arm => Track(arm.Value, depth + 1)).Aggregate(static (all, arm) => all.Or(arm)),
            ILocalReferenceOperation local => TrackLocal(local, depth),
            IFieldReferenceOperation field => TrackMember(field.Field, depth),
            IPropertyReferenceOperation property => TrackMember(property.Property, depth),
            IInvocationOperation call => TrackCall(call, depth),
            _ => TrackedOptions.Unknown,
        };
    }

    // Whether the first is ever null isn't known here, so that only what holds either way counts.
    private TrackedOptions TrackCoalesce(ICoalesceOperation fallback, int depth) =>
        Track(fallback.Value, depth + 1).Or(Track(fallback.WhenNull, depth + 1)) is { Cap: not CapState.PartlyCapped } sure ? sure : TrackedOptions.Unknown;

    private TrackedOptions TrackCreation(IObjectCreationOperation creation, int depth)
    {
        if (apis.IsCarrier(creation.Type, api))
        {
            return TrackCarrier(creation, depth);
        }

        // A derived type, or a copy of other options, may bring a cap along.
        if (!apis.IsOptions(creation.Type, api) || creation.Arguments.Any(argument => apis.IsOptions(argument.Parameter?.Type, api)))
        {
            return TrackedOptions.Unknown;
        }

        return TrackInitializer(creation.Initializer, creation.Syntax, FindModel(creation));
    }

    // What carries options: they are one of its arguments or members, or there are none.
    private TrackedOptions TrackCarrier(IObjectCreationOperation carrier, int depth)
    {
        IEnumerable<IOperation> arguments = carrier.Arguments.Where(static argument => argument.ArgumentKind != ArgumentKind.DefaultValue).Select(static argument => argument.Value);
        IEnumerable<ISimpleAssignmentOperation> members = carrier.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>() ?? [];
        if (members.Any(member => api.IsEscapeHatch((member.Target as IMemberReferenceOperation)?.Member.Name)))
        {
            return TrackedOptions.Unknown;
        }

        foreach (IOperation value in arguments.Concat(members.Where(static member => member.Target is IPropertyReferenceOperation { Arguments.IsEmpty: true }).Select(static member => member.Value)))
        {
            IOperation? unwrapped = value.Unwrapped();
            if (apis.IsOptions(unwrapped?.Type, api) || apis.IsCarrier(unwrapped?.Type, api))
            {
                return Track(unwrapped, depth + 1);
            }

            // A dictionary or a list of settings may hold anything.
            if (unwrapped?.Type is { TypeKind: TypeKind.Interface or TypeKind.Array } || unwrapped?.Type?.AllInterfaces.Any(static contract => contract.Name == "IDictionary") == true)
            {
                return TrackedOptions.Unknown;
            }
        }

        return new TrackedOptions(CapState.Absent, Carrier: carrier.Syntax);
    }

    private TrackedOptions TrackInitializer(IObjectOrCollectionInitializerOperation? initializer, SyntaxNode creation, string? model)
    {
        CapState cap = CapState.Uncapped;
        long? value = null;
        foreach (ISimpleAssignmentOperation assignment in initializer?.Initializers.OfType<ISimpleAssignmentOperation>() ?? [])
        {
            string? member = (assignment.Target as IMemberReferenceOperation)?.Member.Name;
            if (api.IsEscapeHatch(member))
            {
                return TrackedOptions.Unknown;
            }

            if (member == api.CapPath)
            {
                (cap, value) = api.CapContainer is null ? ReadCap(assignment.Value) : ReadCapInside(assignment.Value);
            }
            else if (member == api.ModelMember)
            {
                model = ConstantValues.GetModel(assignment.Value, apis);
            }
        }

        if (initializer?.Initializers.Any(element => element is IMemberInitializerOperation { InitializedMember: IMemberReferenceOperation reference } && api.IsEscapeHatch(reference.Member.Name)) == true)
        {
            return TrackedOptions.Unknown;
        }

        return new TrackedOptions(cap, creation, model, value);
    }

    private static (CapState Cap, long? Value) ReadCap(IOperation value) =>
        IsNull(value) ? (CapState.Uncapped, null) : (CapState.Capped, ConstantValues.GetNumber(value));

    // The cap is a member of a member: `InferenceConfig = new() { MaxTokens = … }`.
    private (CapState Cap, long? Value) ReadCapInside(IOperation container)
    {
        if (container.Unwrapped() is not IObjectCreationOperation { Arguments.IsEmpty: true } creation)
        {
            return IsNull(container) ? (CapState.Uncapped, null) : (CapState.Unknown, null);
        }

        ISimpleAssignmentOperation? cap = creation.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>().FirstOrDefault(member => (member.Target as IMemberReferenceOperation)?.Member.Name == api.CapMember);
        return cap is null ? (CapState.Uncapped, null) : ReadCap(cap.Value);
    }

    private TrackedOptions TrackWith(IWithOperation copy, int depth)
    {
        TrackedOptions added = TrackInitializer(copy.Initializer, copy.Syntax, null);
        return added.Cap == CapState.Uncapped && !NamesCap(copy.Initializer) ? Track(copy.Operand, depth + 1) with { Creation = null, Carrier = null } : added with { Creation = null, Carrier = null };
    }

    // `with { MaxOutputTokens = null }` takes away whatever cap there was.
    private bool NamesCap(IObjectOrCollectionInitializerOperation initializer) => initializer.Initializers.OfType<ISimpleAssignmentOperation>()
        .Any(member => (member.Target as IMemberReferenceOperation)?.Member.Name == api.CapPath);

    private TrackedOptions TrackCall(IInvocationOperation call, int depth)
    {
        if (call.TargetMethod is { Name: "Clone", Parameters.Length: 0 } && call.Instance is { } original)
        {
            return Track(original, depth + 1) with { Creation = null, Carrier = null };
        }

        if (_steps.KeepsCap(call.TargetMethod))
        {
            return Track(call.Receiver(), depth + 1);
        }

        // A helper in the same compilation, whose every result can be seen.
        SyntaxNode? body = call.TargetMethod.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken);
        return body is null || call.TargetMethod.IsVirtual || call.TargetMethod.IsAbstract || call.TargetMethod.IsOverride
            ? TrackedOptions.Unknown
            : TrackReturns(body, depth);
    }

    private TrackedOptions TrackReturns(SyntaxNode method, int depth)
    {
        ExpressionSyntax[] results = method switch
        {
            BaseMethodDeclarationSyntax { ExpressionBody.Expression: { } expression } => [expression],
            LocalFunctionStatementSyntax { ExpressionBody.Expression: { } expression } => [expression],
            BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax => [.. method.DescendantNodes(static node => node is not (LambdaExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>().Select(static statement => statement.Expression).OfType<ExpressionSyntax>()],
            _ => [],
        };
        if (results.Length == 0)
        {
            return TrackedOptions.Unknown;
        }

        return results.Select(result => TrackResult(result, depth)).Aggregate(static (all, result) => all.Or(result)) with { Creation = null, Carrier = null };
    }

    // A helper in another file that fills its options step by step is read with that file's own model.
    private TrackedOptions TrackResult(ExpressionSyntax result, int depth) => result is IdentifierNameSyntax && result.SyntaxTree != semantics.SyntaxTree && depth < MaxDepth
        ? TrackIn(semantics.Compilation.GetSemanticModel(result.SyntaxTree), result, depth)
        : TrackSyntax(result, depth);

    private TrackedOptions TrackIn(SemanticModel other, ExpressionSyntax result, int depth) =>
        new OptionsTracker(api, apis, other, cancellationToken).Track(other.GetOperation(result, cancellationToken), depth + 1);

    private TrackedOptions TrackLocal(ILocalReferenceOperation reference, int depth)
    {
        ILocalSymbol local = reference.Local;
        if (local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not VariableDeclaratorSyntax declarator
            || EnclosingBody(declarator) is not { } body)
        {
            return TrackedOptions.Unknown;
        }

        ReachingValues reaching = ReachingValues.At(declarator, reference.Syntax);
        if (reaching.Values.Count == 0)
        {
            return TrackedOptions.Unknown;
        }

        TrackedOptions tracked = reaching.Values.Select(value => Track(semantics.GetOperation(value, cancellationToken), depth + 1)).Aggregate(static (all, value) => all.Or(value));
        if (!reaching.IsCertain && tracked.Cap == CapState.PartlyCapped)
        {
            return TrackedOptions.Unknown;
        }

        foreach (IdentifierNameSyntax use in body.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (use.Identifier.ValueText != local.Name || !SymbolEqualityComparer.Default.Equals(semantics.GetSymbolInfo(use, cancellationToken).Symbol, local))
            {
                continue;
            }

            switch (_uses.Classify(use))
            {
                case OptionsUse.Harmless or OptionsUse.Replaced:
                    break;
                case OptionsUse.SetsCap:
                    return new TrackedOptions(CapState.Capped);
                default:
                    return TrackedOptions.Unknown;
            }
        }

        return tracked;
    }

    // Fields and properties may be read in other files, for which there is no semantic model here: their initializers are read as text.
    private TrackedOptions TrackMember(ISymbol member, int depth)
    {
        if (member.DeclaringSyntaxReferences.Length != 1)
        {
            return TrackedOptions.Unknown;
        }

        SyntaxNode declaration = member.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken);
        ExpressionSyntax? initial = declaration switch
        {
            VariableDeclaratorSyntax { Initializer.Value: { } value } => value,
            PropertyDeclarationSyntax { ExpressionBody.Expression: { } value } => value,
            PropertyDeclarationSyntax { Initializer.Value: { } value } => value,
            _ => null,
        };

        // `_options = new() { … }` in the constructor is where a field begins, too.
        AssignmentExpressionSyntax? assigned = initial is null ? _uses.FindOnlyAssignment(member) : null;
        initial ??= assigned?.Right;
        TrackedOptions tracked = initial is null ? TrackedOptions.Unknown : TrackSyntax(initial, depth);
        if (tracked.Cap != CapState.Uncapped)
        {
            return tracked;
        }

        // Other code that can reach it may set a cap later.
        bool reachable = member.DeclaredAccessibility is not Accessibility.Private || member.ContainingType.DeclaringSyntaxReferences.Length != 1;
        return reachable || _uses.MayChange(member, assigned) ? TrackedOptions.Unknown : tracked with { Creation = declaration.SyntaxTree == semantics.SyntaxTree ? tracked.Creation : null };
    }

    private TrackedOptions TrackSyntax(ExpressionSyntax expression, int depth)
    {
        if (expression.SyntaxTree == semantics.SyntaxTree)
        {
            return Track(semantics.GetOperation(expression, cancellationToken), depth + 1);
        }

        string typeName = api.OptionsType!.Substring(api.OptionsType.LastIndexOf('.') + 1);
        bool creates = expression is ImplicitObjectCreationExpressionSyntax
            || (expression is ObjectCreationExpressionSyntax { Type: var type } && type.ToString().EndsWith(typeName, StringComparison.Ordinal));
        if (!creates || expression is not BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 } } creation)
        {
            return TrackedOptions.Unknown;
        }

        CapState cap = CapState.Uncapped;
        foreach (AssignmentExpressionSyntax assignment in creation.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>() ?? [])
        {
            string member = assignment.Left.ToString();
            if (api.IsEscapeHatch(member))
            {
                return TrackedOptions.Unknown;
            }

            cap = member == api.CapMember && !assignment.Right.IsKind(SyntaxKind.NullLiteralExpression) ? CapState.Capped : cap;
        }

        return new TrackedOptions(cap, creation);
    }

    private string? FindModel(IObjectCreationOperation creation) => creation.Constructor is { } constructor && apis.FindModelParameter(constructor) is { } parameter
        ? creation.Arguments.Where(argument => SymbolEqualityComparer.Default.Equals(argument.Parameter, parameter)).Select(argument => ConstantValues.GetText(argument.Value)).FirstOrDefault()
        : null;

    private static bool IsNull(IOperation value) => value.Unwrapped() is { ConstantValue: { HasValue: true, Value: null } };

    private static SyntaxNode? EnclosingBody(SyntaxNode node) =>
        node.AncestorsAndSelf().FirstOrDefault(static ancestor => ancestor is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or PropertyDeclarationSyntax or FieldDeclarationSyntax or CompilationUnitSyntax);
}
