using Magsag.Analyzers.Models;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Receivers;

/// <summary>Follows the clients of one file back through their pipelines to where they are created.</summary>
internal sealed class ReceiverTracer(KnownApis apis, SemanticModel semantics, CancellationToken cancellationToken)
{
    /// <summary>The step of Magsag's own that records costs.</summary>
    public const string RecorderStep = "UseCostTracking";

    private const int MaxDepth = 24;

    // The calls of a class share its client, and finding its value takes a walk over the class.
    private readonly Dictionary<IFieldSymbol, ExpressionSyntax?> _fields = new(SymbolEqualityComparer.Default);

    public ReceiverTrace Trace(IOperation? receiver)
    {
        var trace = new ReceiverTrace();
        Follow(receiver, trace, 0);
        return trace;
    }

    private void Follow(IOperation? value, ReceiverTrace trace, int depth)
    {
        if (depth > MaxDepth)
        {
            return;
        }

        trace.IsFree |= apis.IsFree(value?.Type);
        switch (value)
        {
            case { Type: { } type } when apis.FindContainer(type) is { } container:
                new ContainerReader(container, apis, semantics, cancellationToken).Read(value, trace);
                break;
            case IConversionOperation conversion:
                Follow(conversion.Operand, trace, depth + 1);
                break;
            case ILocalReferenceOperation local:
                FollowLocal(local.Local, trace, depth);
                break;
            case IFieldReferenceOperation field:
                FollowField(field.Field, trace, depth);
                break;
            case IInvocationOperation call:
                FollowCall(call, trace, depth);
                break;
            case IObjectCreationOperation holder when apis.HoldsOptions(holder.Type):
                trace.HolderArguments = holder.Arguments;
                Follow(holder.Arguments.Select(static argument => argument.Value).FirstOrDefault(argument => apis.IsClient(argument.Type)), trace, depth + 1);
                break;
            case IObjectCreationOperation { Arguments: { Length: > 0 } arguments } builder when IsBuilder(builder.Type) && apis.IsClient(arguments[0].Value.Type):
                Follow(arguments[0].Value, trace, depth + 1);
                break;
            case IInvalidOperation:
                trace.IsUnknownImplementation = true;
                break;
            case IObjectCreationOperation creation when IsUnknown(creation.Type):
                trace.IsUnknownImplementation = true;
                break;
            case IObjectCreationOperation creation:
                Endpoints.Read(creation, trace, apis, semantics, cancellationToken);
                trace.Model ??= FindModel(creation.Constructor, creation.Arguments);
                trace.IsComplete = !creation.Arguments.Any(argument => apis.IsClient(argument.Value.Type));
                trace.HasCache |= ClientPipeline.IsCachingClient(creation.Type!.Name);
                break;
        }
    }

    private void FollowCall(IInvocationOperation call, ReceiverTrace trace, int depth)
    {
        string name = call.TargetMethod.Name;
        trace.Pipeline ??= apis.IsClient(call.Type) ? call.Syntax : null;
        if (call.Instance is { } resolved && apis.FindContainer(resolved.Type) is { } container && container.Resolvers.Contains(name))
        {
            new ContainerReader(container, apis, semantics, cancellationToken).Read(resolved, trace);
            return;
        }

        trace.ReducesHistory |= Array.Exists(apis.Pipelines, pipeline => pipeline.ReducerStep == name);
        trace.IsRecorded |= name == RecorderStep;
        trace.HasCache |= ClientPipeline.IsCacheStep(name);
        trace.MayCap |= Array.Exists(apis.Pipelines, pipeline => pipeline.OptionsStep == name && MayCap(call, pipeline)) || apis.Caps(call.TargetMethod);
        if (apis.CreatesOptionsHolder(call.TargetMethod))
        {
            trace.HolderArguments ??= call.Arguments;
        }

        if (!apis.NamesDeployments(call.Instance?.Type))
        {
            trace.Model ??= FindModel(call.TargetMethod, call.Arguments);
        }

        if (call.Receiver() is not { } receiver)
        {
            return;
        }

        // client.GetChatClient(…) creates a client; whatever the factory is, no pipeline is around what it returns.
        if (name.StartsWith("Get", StringComparison.Ordinal) && name.EndsWith("Client", StringComparison.Ordinal))
        {
            trace.IsComplete = true;
            Endpoints.Read(Initializers.Resolve(receiver, semantics, cancellationToken), trace, apis, semantics, cancellationToken);
            return;
        }

        Follow(receiver, trace, depth + 1);
    }

    // `ConfigureOptions(o => o.Temperature = 0)` sets no cap; what does more with the options than to set other members may.
    private static bool MayCap(IInvocationOperation step, ClientPipeline pipeline)
    {
        if (step.Arguments.Select(static argument => argument.Value.Syntax).OfType<LambdaExpressionSyntax>().FirstOrDefault() is not { } lambda)
        {
            return true;
        }

        string? options = lambda switch
        {
            SimpleLambdaExpressionSyntax simple => simple.Parameter.Identifier.ValueText,
            ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 1 } parameters } => parameters[0].Identifier.ValueText,
            _ => null,
        };
        return options is null || lambda.Body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(use => use.Identifier.ValueText == options
            && !(use.Parent is MemberAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } access && access.Expression == use && assignment.Left == access && !pipeline.CappingMembers.Contains(access.Name.Identifier.ValueText)));
    }

    private bool IsBuilder(ITypeSymbol? type) => Array.Exists(apis.Pipelines, pipeline => apis.Is(type, pipeline.Builder));

    private static bool IsUnknown(ITypeSymbol? type) => type is null or { TypeKind: TypeKind.Error } || !type.DeclaringSyntaxReferences.IsEmpty || !KnownApis.IsOfSdk(type);

    private void FollowLocal(ILocalSymbol local, ReceiverTrace trace, int depth)
    {
        if (Initializers.FindDeclarator(local, semantics, cancellationToken) is { Initializer.Value: { } initial } declarator && !IsAssignedAgain(declarator, local))
        {
            Follow(semantics.GetOperation(initial, cancellationToken), trace, depth + 1);
        }
    }

    private bool IsAssignedAgain(VariableDeclaratorSyntax declarator, ILocalSymbol local) => declarator.Ancestors().OfType<BlockSyntax>().FirstOrDefault() is { } block
        && block.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment => assignment.Left is IdentifierNameSyntax name && name.Identifier.ValueText == local.Name);

    private void FollowField(IFieldSymbol field, ReceiverTrace trace, int depth)
    {
        if (!_fields.TryGetValue(field, out ExpressionSyntax? value))
        {
            _fields[field] = value = FindValue(field);
        }

        if (value is not null)
        {
            Follow(semantics.GetOperation(value, cancellationToken), trace, depth + 1);
        }
    }

    // A field is followed when exactly one place in the file gives it its value.
    private ExpressionSyntax? FindValue(IFieldSymbol field)
    {
        if (field.ContainingType.DeclaringSyntaxReferences.Length != 1
            || field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not VariableDeclaratorSyntax declarator
            || declarator.SyntaxTree != semantics.SyntaxTree
            || (field.DeclaredAccessibility != Accessibility.Private && !field.IsReadOnly))
        {
            return null;
        }

        IEnumerable<ExpressionSyntax> assigned = field.ContainingType.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken)
            .DescendantNodes()
            .OfType<AssignmentExpressionSyntax>()
            .Where(assignment => GetFieldName(assignment.Left) == field.Name && SymbolEqualityComparer.Default.Equals(semantics.GetSymbolInfo(assignment.Left, cancellationToken).Symbol, field))
            .Select(static assignment => assignment.Right);
        ExpressionSyntax[] values = [.. declarator.Initializer?.Value is { } initial ? [initial] : Array.Empty<ExpressionSyntax>(), .. assigned];
        return values.Length == 1 ? values[0] : null;
    }

    private static string? GetFieldName(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name.Identifier.ValueText,
        _ => null,
    };

    private string? FindModel(IMethodSymbol? method, IEnumerable<IArgumentOperation> arguments) => method is not null && apis.FindModelParameter(method) is { } parameter
        ? ConstantValues.GetModel(arguments.For(parameter.Name)?.Value, apis)
        : null;
}
