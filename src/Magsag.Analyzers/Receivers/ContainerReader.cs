using Magsag.Analyzers.Models;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Receivers;

/// <summary>Follows an SDK's container of services back to its builder, and reads which services were added to it.</summary>
internal sealed class ContainerReader(ServiceContainer container, KnownApis apis, SemanticModel semantics, CancellationToken cancellationToken)
{
    // What the names of registrations of models that answer hold.
    private static readonly string[] ModelWords = ["Chat", "Completion", "TextGeneration"];

    /// <summary>Reads a container that is built in sight: its services are known when each that is added is a paid one. False when some of the builder's uses aren't seen.</summary>
    public bool Read(IOperation value, ReceiverTrace trace)
    {
        if (Initializers.Resolve(value, semantics, cancellationToken) is not IInvocationOperation built || built.TargetMethod.Name != container.Build
            || built.Receiver().Unwrapped() is not { } builder || FindCalls(builder) is not { } calls)
        {
            return false;
        }

        AddName(value, trace);
        AddName(builder, trace);
        IInvocationOperation[] services = [.. calls.Where(call => call.TargetMethod.Name.StartsWith("Add", StringComparison.Ordinal) && !container.OtherRegistrations.Contains(call.TargetMethod.Name))];
        trace.IsComplete = services.Length > 0 && services.All(service => IsPaid(service, trace));
        IInvocationOperation[] models = [.. services.Where(static service => Array.Exists(ModelWords, word => service.TargetMethod.Name.Contains(word)))];
        if (models.Length == 1 && apis.FindModelParameter(models[0].TargetMethod) is { } model)
        {
            trace.Model ??= ConstantValues.GetModel(models[0].Arguments.For(model.Name)?.Value, apis);
        }

        return true;
    }

    private void AddName(IOperation value, ReceiverTrace trace)
    {
        if (value.Unwrapped() is ILocalReferenceOperation { Local: var local } && Initializers.FindDeclarator(local, semantics, cancellationToken) is { } declarator)
        {
            trace.Names.Add(ReceiverTrace.NameOf(declarator));
        }
    }

    private bool IsPaid(IInvocationOperation service, ReceiverTrace trace)
    {
        if (apis.FindPaidRegistration(service.TargetMethod.Name) is not { } registration)
        {
            return false;
        }

        IArgumentOperation[] servers = [.. service.Arguments.Where(argument => argument.ArgumentKind == ArgumentKind.Explicit && registration.ServerParameters.Contains(argument.Parameter?.Name))];
        foreach (IOperation? server in servers.Select(server => Initializers.Resolve(server.Value, semantics, cancellationToken)))
        {
            if (!IsAddress(server))
            {
                trace.IsUnknownImplementation |= Endpoints.IsStub(server, semantics, cancellationToken);
                continue;
            }

            trace.AddServer(ServerAddresses.Judge(server, semantics, cancellationToken));
        }

        // A client for the requests may lead anywhere.
        return servers.All(static server => IsAddress(server.Value));
    }

    private static bool IsAddress(IOperation? server) => server?.Type is { Name: "Uri" } or { SpecialType: SpecialType.System_String };

    // Every call on the builder: in the chain that creates it, and on the variable that holds it; null when it is passed to other code.
    private List<IInvocationOperation>? FindCalls(IOperation builder)
    {
        List<IInvocationOperation> calls = [];
        if (builder is ILocalReferenceOperation { Local: var local }
            && (Initializers.FindDeclarator(local, semantics, cancellationToken) is not { Initializer: not null } declarator || !AddUses(declarator, local, calls)))
        {
            return null;
        }

        for (IOperation? origin = Initializers.Resolve(builder, semantics, cancellationToken); origin is IInvocationOperation call; origin = call.Receiver().Unwrapped())
        {
            if (call.TargetMethod.Name == container.BuilderFactory)
            {
                return calls;
            }

            calls.Add(call);
        }

        return null;
    }

    private bool AddUses(VariableDeclaratorSyntax declarator, ILocalSymbol builder, List<IInvocationOperation> calls)
    {
        SyntaxNode? scope = declarator.Ancestors().FirstOrDefault(static node => node is BlockSyntax or CompilationUnitSyntax);
        foreach (IdentifierNameSyntax use in scope?.DescendantNodes().OfType<IdentifierNameSyntax>().Where(use => use.Identifier.ValueText == builder.Name) ?? [])
        {
            // `builder.AddX(…).AddY(…)`, `builder.Services.AddX(…)`, `builder.Plugins.…`
            SyntaxNode node = use;
            while (node.Parent is MemberAccessExpressionSyntax access && access.Expression == node)
            {
                node = access.Parent is InvocationExpressionSyntax invocation ? invocation : access;
                if (node is InvocationExpressionSyntax && (SyntaxNames.GetLastName(access.Expression) != container.PluginsMember || access.Expression is not MemberAccessExpressionSyntax)
                    && semantics.GetOperation(node, cancellationToken) is IInvocationOperation call)
                {
                    calls.Add(call);
                }
            }

            if (node == use)
            {
                return false;
            }
        }

        return true;
    }
}
