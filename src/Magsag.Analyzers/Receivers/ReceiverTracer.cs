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
    private const int MaxDepth = 24;

    // Of a dictionary with very many clients a few tell enough.
    private const int MaxValues = 8;

    private readonly MemberValues _members = new(semantics, cancellationToken);
    private readonly MapValues _maps = new(semantics, cancellationToken);
    private readonly PipelineSteps _steps = new(apis, semantics.Compilation, cancellationToken);

    /// <summary>Follows what is called, and then what it is called on where that isn't the same.</summary>
    public ReceiverTrace Trace(IOperation? called, IOperation? client = null)
    {
        var trace = new ReceiverTrace();
        Follow(called, trace, 0);
        if (client is not null && client != called && !trace.IsComplete && apis.FindContainer(client.Type) is not null)
        {
            Follow(client, trace, 0);
        }

        return trace;
    }

    private void Follow(IOperation? value, ReceiverTrace trace, int depth)
    {
        if (depth > MaxDepth)
        {
            return;
        }

        // `client ?? throw …`
        value = value is ICoalesceOperation { WhenNull: { } otherwise } checkedValue && otherwise.Unwrapped() is IThrowOperation ? checkedValue.Value : value;
        trace.IsFree |= apis.IsFree(value?.Type);
        switch (value)
        {
            case { Type: { } type } when apis.FindContainer(type) is { } container && new ContainerReader(container, apis, semantics, cancellationToken).Read(value, trace):
                break;
            case IConversionOperation conversion:
                Follow(conversion.Operand, trace, depth + 1);
                break;
            case ILocalReferenceOperation local:
                FollowLocal(local.Local, trace, depth);
                break;
            case IAwaitOperation awaited:
                Follow(awaited.Operation, trace, depth + 1);
                break;
            case IFieldReferenceOperation field:
                FollowMember(field.Field, trace, depth);
                break;
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } plugin } when apis.HoldsOptions(plugin.Type):
                Follow(plugin, trace, depth + 1);
                break;
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } map, Arguments: { Length: 1 } keys } when _maps.Find(map, keys[0].Value.Syntax as ExpressionSyntax) is { Count: > 0 } entries:
                FollowAny(entries, trace, depth);
                break;
            case IPropertyReferenceOperation { Property: var foreign } when ClientOrigins.IsForeign(foreign):
                trace.IsUnknownImplementation = true;
                break;
            case IPropertyReferenceOperation { Property: { IsIndexer: false } property } when !KnownApis.IsOfSdk(property.ContainingType):
                FollowMember(property, trace, depth);
                break;
            case IParameterReferenceOperation parameter:
                ReadParameter(parameter.Parameter, trace);
                break;
            case IInvocationOperation call:
                FollowCall(call, trace, depth);
                break;
            case IObjectCreationOperation holder when apis.HoldsOptions(holder.Type):
                trace.Holder = HolderReader.Read(holder);
                Follow(trace.Holder.Select(static given => given.Value).FirstOrDefault(given => apis.IsClient(given.Type) || apis.FindContainer(given.Type) is not null), trace, depth + 1);
                break;
            case IObjectCreationOperation { Arguments: { Length: > 0 } arguments } builder when _steps.IsBuilder(builder.Type) && apis.IsClient(arguments[0].Value.Type):
                Follow(arguments[0].Value, trace, depth + 1);
                break;
            case IInvalidOperation { Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } } unbound:
                FollowUnbound(unbound, access, trace, depth);
                break;
            case IInvalidOperation { Syntax: BaseObjectCreationExpressionSyntax creation, Type: { } created } when !ClientOrigins.IsUnknown(created) && !apis.IsClient(created):
                trace.IsComplete = true;
                Endpoints.Read(creation.ArgumentList?.Arguments.Select(argument => semantics.GetOperation(argument.Expression, cancellationToken)) ?? [], trace, apis, semantics, cancellationToken);
                break;
            case IInvalidOperation:
                trace.IsUnknownImplementation = true;
                break;
            case IObjectCreationOperation creation when ClientOrigins.IsUnknown(creation.Type):
                trace.IsUnknownImplementation = true;
                break;
            case IObjectCreationOperation creation:
                Endpoints.Read(Explicit(creation.Arguments), trace, apis, semantics, cancellationToken);
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
            Follow(resolved, trace, depth + 1);
            return;
        }

        _steps.Read(call, trace);
        if (apis.FindHolderFactory(call.TargetMethod) is { } made)
        {
            trace.Holder ??= HolderReader.Read(call);
            trace.IsHolderOpaque |= made.IsOpaque;
            trace.MayCap |= call.Arguments.For(HolderFactory.ClientFactory) is { ArgumentKind: ArgumentKind.Explicit } wrapper && _steps.MayCap(wrapper.Value.Syntax);
        }

        if (!apis.NamesDeployments(call.Instance?.Type))
        {
            trace.Model ??= FindModel(call.TargetMethod, call.Arguments);
        }

        if (call.TargetMethod is { IsExtensionMethod: false, DeclaringSyntaxReferences.IsEmpty: false })
        {
            FollowHelper(call.TargetMethod, trace, depth);
            if (!trace.IsComplete)
            {
                Endpoints.ReadOwnFactory(call, trace, semantics, cancellationToken);
            }

            return;
        }

        // `factory(key, model, endpoint)` of a delegate.
        if (call.TargetMethod.MethodKind == MethodKind.DelegateInvoke)
        {
            Endpoints.ReadOwnFactory(call, trace, semantics, cancellationToken);
        }

        // `Substitute.For<IChatClient>()` is a test's stand-in; a library that isn't known may do anything.
        if (ClientOrigins.IsForeign(call.TargetMethod) && !_steps.IsStep(call))
        {
            trace.IsUnknownImplementation = true;
            return;
        }

        if (call.Receiver() is not { } receiver)
        {
            return;
        }

        if (ClientOrigins.IsServiceProvider(receiver.Type))
        {
            // `kernel.Services.GetRequiredService<…>()`
            if (receiver is IPropertyReferenceOperation { Instance: { } owner } && apis.FindContainer(owner.Type) is not null)
            {
                Follow(owner, trace, depth + 1);
                return;
            }

            trace.IsService = true;
            trace.ServiceKey = call.Arguments.For("serviceKey")?.Value is { } key ? ConstantValues.GetText(key) ?? key.Syntax.ToString() : null;
            return;
        }

        // client.GetChatClient(…) creates a client; whatever the factory is, no pipeline is around what it returns.
        if (name.StartsWith("Get", StringComparison.Ordinal) && name.EndsWith("Client", StringComparison.Ordinal))
        {
            trace.IsComplete = true;
            if (Initializers.Resolve(receiver, semantics, cancellationToken) is IObjectCreationOperation factory)
            {
                Endpoints.Read(Explicit(factory.Arguments), trace, apis, semantics, cancellationToken);
            }

            return;
        }

        Follow(receiver, trace, depth + 1);
    }

    // What the project's own method returns, when that is one expression.
    private void FollowHelper(IMethodSymbol method, ReceiverTrace trace, int depth)
    {
        trace.Names.Add(method.Name);
        trace.IsService = true;
        SyntaxNode declaration = method.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken);
        if (method.IsVirtual || method.IsAbstract || method.IsOverride || method.ContainingType.TypeKind == TypeKind.Interface || FindResult(declaration) is not { } result)
        {
            return;
        }

        if (declaration.SyntaxTree == semantics.SyntaxTree)
        {
            Follow(semantics.GetOperation(result, cancellationToken), trace, depth + 1);
        }
        else if (semantics.Compilation.ContainsSyntaxTree(declaration.SyntaxTree))
        {
            SemanticModel other = semantics.Compilation.GetSemanticModel(declaration.SyntaxTree);
            new ReceiverTracer(apis, other, cancellationToken).Follow(other.GetOperation(result, cancellationToken), trace, depth + 1);
        }
    }

    private static ExpressionSyntax? FindResult(SyntaxNode declaration)
    {
        ExpressionSyntax?[] results = declaration switch
        {
            MethodDeclarationSyntax { ExpressionBody.Expression: { } expression } => [expression],
            LocalFunctionStatementSyntax { ExpressionBody.Expression: { } expression } => [expression],
            _ => [.. declaration.DescendantNodes(node => node == declaration || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>().Select(static statement => statement.Expression)],
        };
        return results.Length == 1 ? results[0] : null;
    }

    // One of several values, and which of them isn't known: what holds for each.
    private void FollowAny(IReadOnlyList<ExpressionSyntax> values, ReceiverTrace trace, int depth)
    {
        if (values.Count == 1)
        {
            Follow(semantics.GetOperation(values[0], cancellationToken), trace, depth + 1);
            return;
        }

        ReceiverTrace[] traces = [.. values.Take(MaxValues).Select(value => TraceAt(semantics.GetOperation(value, cancellationToken), depth + 1))];
        trace.MergeAny(traces);
    }

    private ReceiverTrace TraceAt(IOperation? value, int depth)
    {
        var trace = new ReceiverTrace();
        Follow(value, trace, depth);
        return trace;
    }

    // A call of a package that isn't there: what it is called on and its name still tell whether it wraps a paid client.
    private void FollowUnbound(IInvalidOperation call, MemberAccessExpressionSyntax access, ReceiverTrace trace, int depth)
    {
        string name = access.Name.Identifier.ValueText;
        IOperation? receiver = semantics.GetOperation(access.Expression, cancellationToken).Unwrapped();
        ITypeSymbol? type = semantics.GetTypeInfo(access.Expression, cancellationToken).Type;
        if (receiver is null || type is null || (receiver is not IInvalidOperation && ClientOrigins.IsUnknown(type) && !apis.IsClient(type)) || receiver is IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation)
        {
            trace.IsUnknownImplementation = true;
            return;
        }

        ArgumentListSyntax arguments = ((InvocationExpressionSyntax)call.Syntax).ArgumentList;
        trace.HasCache |= ClientPipeline.IsCacheStep(name);
        trace.ReducesHistory |= Array.Exists(apis.Pipelines, pipeline => pipeline.ReducerStep == name);
        trace.IsRecorded |= name == PipelineSteps.RecorderStep;
        trace.MayCap |= arguments.Arguments.Any(argument => argument.Expression is LambdaExpressionSyntax wrapper && _steps.MayCap(wrapper)) || Array.Exists(apis.Pipelines, pipeline => pipeline.OptionsStep == name);
        if (apis.FindHolderFactory(name, type, parameter => arguments.Arguments.Any(argument => argument.NameColon?.Name.Identifier.ValueText == parameter)) is { } factory)
        {
            trace.Holder ??= [.. arguments.Arguments.Select(argument => semantics.GetOperation(argument.Expression, cancellationToken)).OfType<IOperation>().Select(static value => new HolderValue(value.Type, value))];
            trace.IsHolderOpaque |= factory.IsOpaque;
        }

        Follow(receiver, trace, depth + 1);
    }

    private void ReadParameter(IParameterSymbol parameter, ReceiverTrace trace)
    {
        trace.IsService = true;
        trace.ContainerTaker = apis.FindContainer(parameter.Type) is not null && parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Ordinary } method ? method.Name : null;
        ISymbol? taker = parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor ? constructor.ContainingType : parameter.ContainingSymbol;
        if (taker is not null and not IMethodSymbol { MethodKind: MethodKind.AnonymousFunction })
        {
            trace.Names.Add(taker.Name);
        }

        trace.ServiceKey = parameter.GetAttributes().FirstOrDefault(static attribute => attribute.AttributeClass?.Name == "FromKeyedServicesAttribute") is { ConstructorArguments: { Length: 1 } keys } ? keys[0].Value?.ToString() : null;
    }

    private static IEnumerable<IOperation> Explicit(IEnumerable<IArgumentOperation> arguments) => arguments.Where(static argument => argument.ArgumentKind == ArgumentKind.Explicit).Select(static argument => argument.Value);

    private void FollowLocal(ILocalSymbol local, ReceiverTrace trace, int depth)
    {
        trace.IsService = true;
        if (local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is { } declared)
        {
            trace.Names.Add(ReceiverTrace.NameOf(declared));
        }

        if (Initializers.FindDeclarator(local, semantics, cancellationToken) is { Initializer.Value: { } initial } declarator && !IsAssignedAgain(declarator, local))
        {
            Follow(semantics.GetOperation(initial, cancellationToken), trace, depth + 1);
        }
        else if (_maps.FindFor(local) is { Count: > 0 } values)
        {
            FollowAny(values, trace, depth);
        }
    }

    private bool IsAssignedAgain(VariableDeclaratorSyntax declarator, ILocalSymbol local) => declarator.Ancestors().OfType<BlockSyntax>().FirstOrDefault() is { } block
        && block.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment => assignment.Left is IdentifierNameSyntax name && name.Identifier.ValueText == local.Name);

    private void FollowMember(ISymbol member, ReceiverTrace trace, int depth)
    {
        trace.Names.Add($"{member.ContainingType.Name}.{member.Name}");
        trace.Names.Add(ReceiverTrace.AnyType + member.Name);
        trace.IsService = true;
        if (_members.FindOnly(member) is { } value)
        {
            Follow(semantics.GetOperation(value, cancellationToken), trace, depth + 1);
            return;
        }

        foreach (IInvocationOperation factory in _members.FindAll(member).Select(given => semantics.GetOperation(given, cancellationToken)).OfType<IInvocationOperation>())
        {
            Endpoints.ReadOwnFactory(factory, trace, semantics, cancellationToken);
        }
    }

    private string? FindModel(IMethodSymbol? method, IEnumerable<IArgumentOperation> arguments) => method is not null && apis.FindModelParameter(method) is { } parameter
        ? ConstantValues.GetModel(arguments.For(parameter.Name)?.Value, apis)
        : null;
}
