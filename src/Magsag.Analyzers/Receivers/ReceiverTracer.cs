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
    private readonly Dictionary<ISymbol, ExpressionSyntax?> _members = new(SymbolEqualityComparer.Default);

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
            case IPropertyReferenceOperation { Property: var foreign } when IsForeign(foreign):
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
            case IObjectCreationOperation { Arguments: { Length: > 0 } arguments } builder when IsBuilder(builder.Type) && apis.IsClient(arguments[0].Value.Type):
                Follow(arguments[0].Value, trace, depth + 1);
                break;
            case IInvalidOperation { Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } } unbound:
                FollowUnbound(unbound, access, trace, depth);
                break;
            case IInvalidOperation { Syntax: BaseObjectCreationExpressionSyntax creation, Type: { } created } when !IsUnknown(created) && !apis.IsClient(created):
                trace.IsComplete = true;
                Endpoints.Read(creation.ArgumentList?.Arguments.Select(argument => semantics.GetOperation(argument.Expression, cancellationToken)) ?? [], trace, apis, semantics, cancellationToken);
                break;
            case IInvalidOperation:
                trace.IsUnknownImplementation = true;
                break;
            case IObjectCreationOperation creation when IsUnknown(creation.Type):
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

        trace.ReducesHistory |= Array.Exists(apis.Pipelines, pipeline => pipeline.ReducerStep == name);
        trace.IsRecorded |= name == RecorderStep;
        trace.HasCache |= ClientPipeline.IsCacheStep(name);
        trace.MayCap |= Array.Exists(apis.Pipelines, pipeline => pipeline.OptionsStep == name && MayCap(call, pipeline)) || apis.Caps(call.TargetMethod);
        if (apis.FindHolderFactory(call.TargetMethod) is { } made)
        {
            trace.Holder ??= HolderReader.Read(call);
            trace.IsHolderOpaque |= made.IsOpaque;
            trace.MayCap |= call.Arguments.For(HolderFactory.ClientFactory) is { ArgumentKind: ArgumentKind.Explicit } wrapper && MayCap(wrapper.Value.Syntax);
        }

        if (!apis.NamesDeployments(call.Instance?.Type))
        {
            trace.Model ??= FindModel(call.TargetMethod, call.Arguments);
        }

        if (call.TargetMethod is { IsExtensionMethod: false, DeclaringSyntaxReferences.IsEmpty: false })
        {
            FollowHelper(call.TargetMethod, trace, depth);
            return;
        }

        // `Substitute.For<IChatClient>()` is a test's stand-in; a library that isn't known may do anything.
        if (IsForeign(call.TargetMethod))
        {
            trace.IsUnknownImplementation = true;
            return;
        }

        if (call.Receiver() is not { } receiver)
        {
            return;
        }

        if (IsServiceProvider(receiver.Type))
        {
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

    // `inner => inner.AsBuilder().UseOpenTelemetry().Build()` sets no cap; a client of another kind may.
    private bool MayCap(SyntaxNode wrapper) => wrapper is not LambdaExpressionSyntax
        || wrapper.DescendantNodes().Any(node => node is BaseObjectCreationExpressionSyntax || (node is IdentifierNameSyntax name && Array.Exists(apis.Pipelines, pipeline => pipeline.CappingMembers.Contains(name.Identifier.ValueText))));

    // What the project's own method returns, when that is one expression in this file.
    private void FollowHelper(IMethodSymbol method, ReceiverTrace trace, int depth)
    {
        trace.Names.Add(method.Name);
        trace.IsService = true;
        SyntaxNode declaration = method.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken);
        if (declaration.SyntaxTree != semantics.SyntaxTree || method.IsVirtual || method.IsAbstract || method.IsOverride)
        {
            return;
        }

        ExpressionSyntax?[] results = declaration switch
        {
            MethodDeclarationSyntax { ExpressionBody.Expression: { } expression } => [expression],
            LocalFunctionStatementSyntax { ExpressionBody.Expression: { } expression } => [expression],
            _ => [.. declaration.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>().Select(static statement => statement.Expression)],
        };
        if (results.Length == 1 && results[0] is { } result)
        {
            Follow(semantics.GetOperation(result, cancellationToken), trace, depth + 1);
        }
    }

    // A call of a package that isn't there: what it is called on and its name still tell whether it wraps a paid client.
    private void FollowUnbound(IInvalidOperation call, MemberAccessExpressionSyntax access, ReceiverTrace trace, int depth)
    {
        string name = access.Name.Identifier.ValueText;
        IOperation? receiver = semantics.GetOperation(access.Expression, cancellationToken).Unwrapped();
        ITypeSymbol? type = semantics.GetTypeInfo(access.Expression, cancellationToken).Type;
        if (receiver is null || type is null || (receiver is not IInvalidOperation && IsUnknown(type) && !apis.IsClient(type)) || receiver is IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation)
        {
            trace.IsUnknownImplementation = true;
            return;
        }

        ArgumentListSyntax arguments = ((InvocationExpressionSyntax)call.Syntax).ArgumentList;
        trace.HasCache |= ClientPipeline.IsCacheStep(name);
        trace.MayCap |= arguments.Arguments.Any(argument => argument.Expression is LambdaExpressionSyntax wrapper && MayCap(wrapper)) || Array.Exists(apis.Pipelines, pipeline => pipeline.OptionsStep == name);
        if (apis.FindHolderFactory(name, type, parameter => arguments.Arguments.Any(argument => argument.NameColon?.Name.Identifier.ValueText == parameter)) is { } factory)
        {
            trace.Holder ??= [.. arguments.Arguments.Select(argument => semantics.GetOperation(argument.Expression, cancellationToken)).OfType<IOperation>().Select(static value => new HolderValue(value.Type, value))];
            trace.IsHolderOpaque |= factory.IsOpaque;
        }

        Follow(receiver, trace, depth + 1);
    }

    private static bool IsServiceProvider(ITypeSymbol? type) => type is not null && (type.Name == "IServiceProvider" || type.AllInterfaces.Any(static contract => contract.Name == "IServiceProvider"));

    private static void ReadParameter(IParameterSymbol parameter, ReceiverTrace trace)
    {
        trace.IsService = true;
        ISymbol? taker = parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor ? constructor.ContainingType : parameter.ContainingSymbol;
        if (taker is not null and not IMethodSymbol { MethodKind: MethodKind.AnonymousFunction })
        {
            trace.Names.Add(taker.Name);
        }

        trace.ServiceKey = parameter.GetAttributes().FirstOrDefault(static attribute => attribute.AttributeClass?.Name == "FromKeyedServicesAttribute") is { ConstructorArguments: { Length: 1 } keys } ? keys[0].Value?.ToString() : null;
    }

    private static bool IsForeign(ISymbol member)
    {
        if (!member.DeclaringSyntaxReferences.IsEmpty || member.ContainingType is not { TypeKind: not TypeKind.Error } type || KnownApis.IsOfSdk(type))
        {
            return false;
        }

        INamespaceSymbol root = type.ContainingNamespace;
        while (root is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            root = root.ContainingNamespace;
        }

        return root.Name is not ("System" or "Microsoft" or "Azure" or "Aspire");
    }

    private static IEnumerable<IOperation> Explicit(IEnumerable<IArgumentOperation> arguments) => arguments.Where(static argument => argument.ArgumentKind == ArgumentKind.Explicit).Select(static argument => argument.Value);

    private bool IsBuilder(ITypeSymbol? type) => Array.Exists(apis.Pipelines, pipeline => apis.Is(type, pipeline.Builder));

    private static bool IsUnknown(ITypeSymbol? type) => type is null or { TypeKind: TypeKind.Error } || !KnownApis.IsOfSdk(type);

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
    }

    private bool IsAssignedAgain(VariableDeclaratorSyntax declarator, ILocalSymbol local) => declarator.Ancestors().OfType<BlockSyntax>().FirstOrDefault() is { } block
        && block.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment => assignment.Left is IdentifierNameSyntax name && name.Identifier.ValueText == local.Name);

    private void FollowMember(ISymbol member, ReceiverTrace trace, int depth)
    {
        trace.Names.Add($"{member.ContainingType.Name}.{member.Name}");
        trace.Names.Add(ReceiverTrace.AnyType + member.Name);
        trace.IsService = true;
        if (!_members.TryGetValue(member, out ExpressionSyntax? value))
        {
            _members[member] = value = FindValue(member);
        }

        if (value is not null)
        {
            Follow(semantics.GetOperation(value, cancellationToken), trace, depth + 1);
        }
    }

    // A field or property is followed when exactly one place in the file gives it its value.
    private ExpressionSyntax? FindValue(ISymbol member)
    {
        if (member.ContainingType.DeclaringSyntaxReferences.Length != 1
            || member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not { } declaration
            || declaration.SyntaxTree != semantics.SyntaxTree
            || !IsSetByItsTypeOnly(member))
        {
            return null;
        }

        IEnumerable<ExpressionSyntax> assigned = member.ContainingType.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken)
            .DescendantNodes()
            .OfType<AssignmentExpressionSyntax>()
            .Where(assignment => GetMemberName(assignment.Left) == member.Name && SymbolEqualityComparer.Default.Equals(semantics.GetSymbolInfo(assignment.Left, cancellationToken).Symbol, member))
            .Select(static assignment => assignment.Right);
        ExpressionSyntax? initial = declaration switch
        {
            VariableDeclaratorSyntax field => field.Initializer?.Value,
            PropertyDeclarationSyntax property => property.ExpressionBody?.Expression ?? property.Initializer?.Value,
            _ => null,
        };
        ExpressionSyntax[] values = [.. initial is not null and not (LiteralExpressionSyntax or PostfixUnaryExpressionSyntax) ? [initial] : Array.Empty<ExpressionSyntax>(), .. assigned];
        return values.Length == 1 ? values[0] : null;
    }

    private static bool IsSetByItsTypeOnly(ISymbol member) => member.DeclaredAccessibility == Accessibility.Private || member switch
    {
        IFieldSymbol field => field.IsReadOnly,
        IPropertySymbol property => property.SetMethod is null or { DeclaredAccessibility: Accessibility.Private },
        _ => false,
    };

    private static string? GetMemberName(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name.Identifier.ValueText,
        _ => null,
    };

    private string? FindModel(IMethodSymbol? method, IEnumerable<IArgumentOperation> arguments) => method is not null && apis.FindModelParameter(method) is { } parameter
        ? ConstantValues.GetModel(arguments.For(parameter.Name)?.Value, apis)
        : null;
}
