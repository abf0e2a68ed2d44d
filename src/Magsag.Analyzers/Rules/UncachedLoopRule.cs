using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers;

/// <summary>MAG003: an uncached call in a loop.</summary>
internal sealed class UncachedLoopRule : ICallRule
{
    public const string Id = "MAG003";

    /// <summary>Move the call, which is the same in every round, before the loop.</summary>
    public const string Hoist = "hoist";

    /// <summary>Put a cache around the client before the loop.</summary>
    public const string WrapInCache = "wrap-in-cache";

    public DiagnosticDescriptor Descriptor { get; } = Rule.Describe(
        Id,
        "Uncached call in a loop",
        DiagnosticSeverity.Info,
        "Each round pays in full, even for a question that was answered before.");

    public Diagnostic? Judge(LlmCall call, RuleContext context)
    {
        if (call.Receiver.HasCache || (call.Api.HasPipelines && !call.Receiver.IsComplete && context.Pipelines.AddsCache))
        {
            return null;
        }

        if (LoopFinder.Find(call) is not { } loop)
        {
            return null;
        }

        // Each image, transcript or vector is made of an input of its own: nothing but the very same one again is waste.
        bool invariant = LoopFinder.IsInvariant(call, loop);
        if (call.Api.Kind is ApiKind.Media or ApiKind.Embeddings && !invariant)
        {
            return null;
        }

        string? cache = call.Api.HasPipelines && loop.Function is null ? CacheInScope(call, loop) : null;
        ImmutableDictionary<string, string?> facts = ImmutableDictionary<string, string?>.Empty
            .Add(DiagnosticFacts.Fix, invariant ? Hoist : cache is not null ? WrapInCache : null)
            .Add(DiagnosticFacts.Cache, cache);
        string message = invariant
            ? "The same question is asked, and paid, in every round of the loop: ask it once before"
            : "Every round of the loop pays for a call of its own, also for a question that was answered before: cache the answers or ask in one batch";
        return Diagnostic.Create(Descriptor, call.Location, [loop.Syntax.GetLocation()], facts, message);
    }

    // A cache that the code already has at hand: anything else would be an invention.
    private static string? CacheInScope(LlmCall call, EnclosingLoop loop) => InScope(call.Semantics, loop.Syntax)
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

    // Not by a look-up of all that is in scope, which is every type of every namespace too.
    private static IEnumerable<ISymbol> InScope(SemanticModel semantics, SyntaxNode loop)
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
                INamedTypeSymbol type => type.GetMembers().OfType<IFieldSymbol>().Concat<ISymbol>(type.InstanceConstructors.Where(static made => made.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is TypeDeclarationSyntax)).SelectMany(static made => made.Parameters)),
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
