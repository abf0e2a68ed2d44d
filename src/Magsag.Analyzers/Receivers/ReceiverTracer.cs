using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers;

/// <summary>Follows the clients of one file back through their pipelines to where they are made.</summary>
internal sealed class ReceiverTracer(KnownApis apis, SemanticModel semantics, CancellationToken cancellationToken)
{
    private const int MaxDepth = 24;

    // The calls of a class share its client, and finding what it is given takes a walk over the class.
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
            case { Type: { } type } when Kernels.IsKernel(type):
                new Kernels(apis, semantics, cancellationToken).Read(value, trace);
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
                Follow(holder.Arguments.Select(static argument => argument.Value).FirstOrDefault(static argument => IsClient(argument.Type)), trace, depth + 1);
                break;
            case IObjectCreationOperation { Type.Name: "ChatClientBuilder", Arguments: { Length: > 0 } arguments } when IsClient(arguments[0].Value.Type):
                Follow(arguments[0].Value, trace, depth + 1);
                break;
            case IInvalidOperation:
                trace.IsForeign = true;
                break;
            case IObjectCreationOperation creation when IsForeign(creation.Type):
                trace.IsForeign = true;
                break;
            case IObjectCreationOperation creation:
                Endpoints.Read(creation, trace, semantics, cancellationToken);
                trace.Model ??= ModelOf(creation.Constructor, creation.Arguments);
                trace.IsComplete = !creation.Arguments.Any(static argument => IsClient(argument.Value.Type));
                trace.HasCache |= creation.Type?.Name.Contains("Caching") == true;
                break;
        }
    }

    private void FollowCall(IInvocationOperation call, ReceiverTrace trace, int depth)
    {
        string name = call.TargetMethod.Name;
        trace.Pipeline ??= IsClient(call.Type) ? call.Syntax : null;
        if (name is "GetRequiredService" or "GetService" && Kernels.IsKernel(call.Instance?.Type))
        {
            new Kernels(apis, semantics, cancellationToken).Read(call.Instance!, trace);
            return;
        }

        trace.ReducesHistory |= name == "UseChatReducer";
        trace.IsRecorded |= name == "UseCostTracking";
        trace.HasCache |= name.StartsWith("Use", StringComparison.Ordinal) && name.Contains("Cache");
        trace.MayCap |= name == "ConfigureOptions" || apis.Caps(call.TargetMethod);
        if (apis.MakesOptionsHolder(call.TargetMethod))
        {
            trace.HolderArguments ??= call.Arguments;
        }

        if (!apis.NamesDeployments(call.Instance?.Type))
        {
            trace.Model ??= ModelOf(call.TargetMethod, call.Arguments);
        }

        if (call.Receiver() is not { } receiver)
        {
            return;
        }

        // client.GetChatClient(…) makes a client; whatever the factory is, no pipeline is around what it made.
        if (name.StartsWith("Get", StringComparison.Ordinal) && name.EndsWith("Client", StringComparison.Ordinal))
        {
            trace.IsComplete = true;
            Endpoints.Read(Made(receiver), trace, semantics, cancellationToken);
            return;
        }

        Follow(receiver, trace, depth + 1);
    }

    // What makes a factory of clients, when it is made here.
    private IOperation? Made(IOperation factory) =>
        factory.Unwrapped() is ILocalReferenceOperation { Local.DeclaringSyntaxReferences: { Length: > 0 } references } && references[0].SyntaxTree == semantics.SyntaxTree
            && references[0].GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } initial }
                ? semantics.GetOperation(initial, cancellationToken)
                : factory.Unwrapped();

    private bool IsForeign(ITypeSymbol? type) => type is null or { TypeKind: TypeKind.Error } || !type.DeclaringSyntaxReferences.IsEmpty || !apis.IsOfSdk(type);

    private void FollowLocal(ILocalSymbol local, ReceiverTrace trace, int depth)
    {
        if (local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } initial } declarator
            && declarator.SyntaxTree == semantics.SyntaxTree
            && !IsAssignedAgain(declarator, local))
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
            _fields[field] = value = ValueOf(field);
        }

        if (value is not null)
        {
            Follow(semantics.GetOperation(value, cancellationToken), trace, depth + 1);
        }
    }

    // A field is followed when exactly one place in the file gives it its value.
    private ExpressionSyntax? ValueOf(IFieldSymbol field)
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
            .Where(assignment => NameOf(assignment.Left) == field.Name && SymbolEqualityComparer.Default.Equals(semantics.GetSymbolInfo(assignment.Left, cancellationToken).Symbol, field))
            .Select(static assignment => assignment.Right);
        ExpressionSyntax[] values = [.. declarator.Initializer?.Value is { } initial ? [initial] : Array.Empty<ExpressionSyntax>(), .. assigned];
        return values.Length == 1 ? values[0] : null;
    }

    private static string? NameOf(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name.Identifier.ValueText,
        _ => null,
    };

    private string? ModelOf(IMethodSymbol? method, IEnumerable<IArgumentOperation> arguments) => method is not null && apis.ModelParameterOf(method) is { } parameter
        ? Constants.ModelOf(arguments.For(parameter.Name)?.Value, apis)
        : null;

    private static bool IsClient(ITypeSymbol? type) => type?.Name is "IChatClient" or "IEmbeddingGenerator";
}
