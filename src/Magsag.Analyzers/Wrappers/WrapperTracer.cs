using System.Collections.Concurrent;
using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Loops;
using Magsag.Analyzers.Receivers;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Settings;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Wrappers;

/// <summary>Follows the project's own methods to the calls of models that they make once whenever they are called.</summary>
internal sealed class WrapperTracer(Compilation compilation, KnownApis apis, NameIndex index, ProjectPipelines pipelines, FileSettings settings)
{
    private readonly object _gate = new();
    private readonly ConcurrentDictionary<(SyntaxNode Body, int Level), IReadOnlyList<WrappedCall>> _calls = new();
    private WrapperNames? _names;

    /// <summary>The names of the methods that are worth following.</summary>
    public WrapperNames GetNames(CancellationToken cancellationToken)
    {
        if (_names is { } known)
        {
            return known;
        }

        lock (_gate)
        {
            return _names ??= WrapperNames.Find(index, apis, cancellationToken);
        }
    }

    /// <summary>What rules need to know of a file.</summary>
    public FileContext GetContext(SemanticModel semantics, CancellationToken cancellationToken) =>
        new(apis, pipelines, settings.Get(semantics.SyntaxTree), new ReceiverTracer(apis, semantics, cancellationToken), cancellationToken);

    /// <summary>The calls behind a method that is called.</summary>
    /// <param name="invocation">The call of the method.</param>
    /// <param name="caller">What is known of the file that calls it.</param>
    /// <param name="cancellationToken">Ends the analysis.</param>
    public IEnumerable<WrappedCall> Find(IInvocationOperation invocation, FileContext caller, CancellationToken cancellationToken) =>
        Find(FindFunction(invocation, cancellationToken), 1, cancellationToken).Select(call => call.Enter(invocation, caller)).OfType<WrappedCall>();

    /// <summary>The calls behind a method that is passed by its name.</summary>
    public IEnumerable<WrappedCall> Find(IMethodSymbol method, CancellationToken cancellationToken) => Find(FindBody(method, cancellationToken), 1, cancellationToken).Where(static call => call.Call is not null);

    private IReadOnlyList<WrappedCall> Find(SyntaxNode? function, int level, CancellationToken cancellationToken)
    {
        if (function is null || !compilation.ContainsSyntaxTree(function.SyntaxTree))
        {
            return [];
        }

        if (!_calls.TryGetValue((function, level), out IReadOnlyList<WrappedCall>? calls))
        {
            _calls[(function, level)] = calls = [.. FindIn(function, level, cancellationToken)];
        }

        return calls;
    }

    private IEnumerable<WrappedCall> FindIn(SyntaxNode function, int level, CancellationToken cancellationToken)
    {
        WrapperNames names = GetNames(cancellationToken);
        SemanticModel semantics = compilation.GetSemanticModel(function.SyntaxTree);
        FileContext context = GetContext(semantics, cancellationToken);
        foreach (InvocationExpressionSyntax syntax in function.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (SyntaxNames.GetCalledName(syntax) is not { } name || !(apis.Names.Calls.Contains(name) || (level < WrapperNames.Levels && names.Contains(name)))
                || LoopFinder.Find(syntax, semantics, out SyntaxNode? runs) is not null || runs != function
                || semantics.GetOperation(syntax, cancellationToken) is not IInvocationOperation invocation)
            {
                continue;
            }

            var frame = new CallFrame(function, semantics, syntax);
            if (apis.Names.Calls.Contains(name) && LlmCall.MayBe(invocation, context))
            {
                LlmCall? call = LlmCall.TryCreate(invocation, context);
                var wrapped = new WrappedCall(invocation, call is null || call.MayBeFree(context) ? null : call, [frame], context);
                if (wrapped.Call is not null || wrapped.FindParameter() is not null)
                {
                    yield return wrapped;
                }
            }
            else if (level < WrapperNames.Levels)
            {
                foreach (WrappedCall inner in Find(FindFunction(invocation, cancellationToken), level + 1, cancellationToken))
                {
                    if (inner.Enter(invocation, context) is { } entered)
                    {
                        yield return entered with { Frames = [frame, .. entered.Frames] };
                    }
                }
            }
        }
    }

    // The declaration of what is called: a method, or the lambda in a variable.
    private SyntaxNode? FindFunction(IInvocationOperation invocation, CancellationToken cancellationToken)
    {
        if (invocation.TargetMethod.MethodKind != MethodKind.DelegateInvoke)
        {
            return FindBody(invocation.TargetMethod, cancellationToken);
        }

        ISymbol? variable = invocation.Instance switch
        {
            ILocalReferenceOperation local => local.Local,
            IFieldReferenceOperation { Field: { IsReadOnly: true } field } => field,
            _ => null,
        };
        return variable?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: AnonymousFunctionExpressionSyntax lambda } declarator
            && !(variable is ILocalSymbol && declarator.Ancestors().FirstOrDefault(static node => node is BlockSyntax or CompilationUnitSyntax) is { } scope && LoopInvariance.IsChangedIn(variable.Name, scope)) ? lambda : null;
    }

    private SyntaxNode? FindBody(IMethodSymbol called, CancellationToken cancellationToken)
    {
        IMethodSymbol method = (called.ReducedFrom ?? called).OriginalDefinition;
        method = method.PartialImplementationPart ?? method;
        if (method.DeclaringSyntaxReferences.IsEmpty)
        {
            return null;
        }

        IMethodSymbol[] bodies = method.ContainingType is { TypeKind: TypeKind.Interface } || method.IsAbstract || method.IsVirtual
            ? [.. compilation.GetSymbolsWithName(method.Name, SymbolFilter.Member, cancellationToken).OfType<IMethodSymbol>().Where(candidate => Implements(candidate, method)), .. method.IsAbstract ? Array.Empty<IMethodSymbol>() : [method]]
            : [method];

        // Which of several runs isn't known.
        return bodies.Length == 1 ? bodies[0].DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) switch
        {
            MethodDeclarationSyntax { Body: null, ExpressionBody: null } => null,
            { } body => body,
        } : null;
    }

    private static bool Implements(IMethodSymbol candidate, IMethodSymbol method) => !candidate.IsAbstract && (method.ContainingType.TypeKind == TypeKind.Interface
        ? candidate.ContainingType.AllInterfaces.Any(contract => SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, method.ContainingType)
            && contract.GetMembers(method.Name).OfType<IMethodSymbol>().Any(member => SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, method) && SymbolEqualityComparer.Default.Equals(candidate.ContainingType.FindImplementationForInterfaceMember(member), candidate)))
        : SymbolEqualityComparer.Default.Equals(candidate.OverriddenMethod?.OriginalDefinition, method));
}
