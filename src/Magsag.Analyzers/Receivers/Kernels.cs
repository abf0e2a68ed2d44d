using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers;

/// <summary>Follows a kernel back to its builder, and reads which services were added to it.</summary>
internal sealed class Kernels(KnownApis apis, SemanticModel semantics, CancellationToken cancellationToken)
{
    public static bool IsKernel(ITypeSymbol? type) => type is { Name: "Kernel", ContainingNamespace.Name: "SemanticKernel" };

    /// <summary>The kernel's services are known when every use of its builder is, and all that it adds is paid for.</summary>
    public void Read(IOperation kernel, ReceiverTrace trace)
    {
        if (InitialOf(kernel) is not IInvocationOperation { TargetMethod.Name: "Build" } build || build.Receiver().Unwrapped() is not { } builder || CallsOn(builder) is not { } calls)
        {
            return;
        }

        IInvocationOperation[] services = [.. calls.Where(static call => call.TargetMethod.Name.StartsWith("Add", StringComparison.Ordinal) && call.TargetMethod.Name is not ("AddLogging" or "AddHttpClient" or "AddMemoryCache"))];
        trace.IsComplete = services.Length > 0 && services.All(service => apis.RegistersPaid(service.TargetMethod.Name) && !HasOpenServer(service));
        if (trace.IsComplete && services.Length == 1 && apis.ModelParameterOf(services[0].TargetMethod) is { } model)
        {
            trace.Model ??= Constants.ModelOf(services[0].Arguments.For(model.Name)?.Value, apis);
        }
    }

    private IOperation? InitialOf(IOperation kernel)
    {
        if (kernel.Unwrapped() is not ILocalReferenceOperation { Local: var local })
        {
            return kernel.Unwrapped();
        }

        return DeclaratorOf(local)?.Initializer?.Value is { } initial ? semantics.GetOperation(initial, cancellationToken) : null;
    }

    private VariableDeclaratorSyntax? DeclaratorOf(ILocalSymbol local) =>
        local.DeclaringSyntaxReferences.FirstOrDefault() is { } reference && reference.SyntaxTree == semantics.SyntaxTree ? reference.GetSyntax(cancellationToken) as VariableDeclaratorSyntax : null;

    // Every call on the builder: in the chain that makes it, and on the variable that holds it; null when other code gets it.
    private List<IInvocationOperation>? CallsOn(IOperation builder)
    {
        List<IInvocationOperation> calls = [];
        IOperation? origin = builder;
        if (builder is ILocalReferenceOperation { Local: var local })
        {
            if (DeclaratorOf(local) is not { Initializer.Value: { } initial } declarator || !AddUses(declarator, local, calls))
            {
                return null;
            }

            origin = semantics.GetOperation(initial, cancellationToken);
        }

        for (origin = origin.Unwrapped(); origin is IInvocationOperation call; origin = call.Receiver().Unwrapped())
        {
            if (call.TargetMethod.Name == "CreateBuilder")
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
                if (node is InvocationExpressionSyntax && !access.Expression.ToString().EndsWith(".Plugins", StringComparison.Ordinal) && semantics.GetOperation(node, cancellationToken) is IInvocationOperation call)
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

    // An endpoint or a transport of the caller's own may lead to a server on the machine itself.
    private static bool HasOpenServer(IInvocationOperation service) => !service.TargetMethod.Name.StartsWith("AddAzure", StringComparison.Ordinal)
        && service.Arguments.Any(static argument => argument.ArgumentKind == ArgumentKind.Explicit && argument.Parameter?.Name is "endpoint" or "httpClient" or "openAIClient");
}
