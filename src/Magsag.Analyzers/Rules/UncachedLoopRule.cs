using System.Collections.Immutable;
using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Loops;
using Magsag.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Rules;

/// <summary>MAG003: an uncached call in a loop.</summary>
internal sealed class UncachedLoopRule : ICallRule
{
    public const string Id = "MAG003";

    /// <summary>Move the call, which is the same in every round, before the loop.</summary>
    public const string Hoist = "hoist";

    /// <summary>Put a cache around the client before the loop.</summary>
    public const string WrapInCache = "wrap-in-cache";

    private static readonly DiagnosticDescriptor Varying = RuleDescriptor.Create(
        Id,
        "Uncached call in a loop",
        "Every round of the loop pays for a call of its own, also for a question that was answered before: cache the answers or ask in one batch",
        DiagnosticSeverity.Info,
        "Each round pays in full, even for a question that was answered before.");

    private static readonly DiagnosticDescriptor Invariant = Varying.WithMessage("The same question is asked, and paid, in every round of the loop: ask it once before");

    public DiagnosticDescriptor Descriptor => Varying;

    public Diagnostic? Analyze(LlmCall call, FileContext context)
    {
        if (call.Receiver.HasCache || (call.Api.HasPipelines && !call.Receiver.IsComplete && context.Pipelines.MayBeCached(call.Receiver)))
        {
            return null;
        }

        if (LoopFinder.Find(call, context) is not { } loop)
        {
            return null;
        }

        // Each image, transcript or vector has an input of its own: only the very same one again is waste.
        bool invariant = LoopInvariance.IsInvariant(call, loop);
        if (call.Api.Kind is ApiKind.Media or ApiKind.Embeddings && !invariant)
        {
            return null;
        }

        string? cache = call.Api.HasPipelines && loop.Function is null ? FindCache(call, loop) : null;
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty
            .Add(DiagnosticProperties.Fix, invariant ? Hoist : cache is not null ? WrapInCache : null)
            .Add(DiagnosticProperties.Cache, cache);
        return Diagnostic.Create(invariant ? Invariant : Varying, call.Location, [loop.Syntax.GetLocation()], properties);
    }

    // Only a cache that the code already has: the fix doesn't choose one.
    private static string? FindCache(LlmCall call, EnclosingLoop loop) => GetSymbolsInScope(call.Semantics, loop.Syntax)
        .Where(static symbol => symbol.CanBeReferencedByName && symbol switch
        {
            ILocalSymbol local => IsCache(local.Type),
            IParameterSymbol parameter => IsCache(parameter.Type),
            IFieldSymbol field => IsCache(field.Type),
            _ => false,
        })
        .Select(static symbol => symbol.Name)
        .OrderBy(static name => name, StringComparer.Ordinal)
        .FirstOrDefault();

    // Without LookupSymbols, which would return every type of every namespace too.
    private static IEnumerable<ISymbol> GetSymbolsInScope(SemanticModel semantics, SyntaxNode loop)
    {
        foreach (LocalDeclarationStatementSyntax declaration in loop.Ancestors().OfType<BlockSyntax>().SelectMany(static block => block.Statements).OfType<LocalDeclarationStatementSyntax>().Where(declaration => declaration.Span.End <= loop.SpanStart))
        {
            foreach (VariableDeclaratorSyntax variable in declaration.Declaration.Variables)
            {
                if (semantics.GetDeclaredSymbol(variable) is { } local)
                {
                    yield return local;
                }
            }
        }

        for (ISymbol? symbol = semantics.GetEnclosingSymbol(loop.SpanStart); symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            IEnumerable<ISymbol> found = symbol switch
            {
                IMethodSymbol method => method.Parameters,
                INamedTypeSymbol type => type.GetMembers().OfType<IFieldSymbol>().Concat<ISymbol>(type.InstanceConstructors.Where(static constructor => constructor.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is TypeDeclarationSyntax)).SelectMany(static constructor => constructor.Parameters)),
                _ => [],
            };
            foreach (ISymbol member in found)
            {
                yield return member;
            }
        }
    }

    private static bool IsCache(ITypeSymbol type) =>
        type.Name == "IDistributedCache" && type.ContainingNamespace.ToDisplayString() == "Microsoft.Extensions.Caching.Distributed";
}
