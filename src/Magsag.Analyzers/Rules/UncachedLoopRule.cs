using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

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
        DiagnosticSeverity.Warning,
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
    private static string? CacheInScope(LlmCall call, EnclosingLoop loop) => call.Semantics
        .LookupSymbols(loop.Syntax.SpanStart)
        .Where(symbol => symbol switch
        {
            ILocalSymbol local => IsCache(local.Type) && local.DeclaringSyntaxReferences.All(reference => reference.Span.End <= loop.Syntax.SpanStart),
            IParameterSymbol parameter => IsCache(parameter.Type),
            IFieldSymbol field => IsCache(field.Type),
            _ => false,
        })
        .Select(static symbol => symbol.Name)
        .OrderBy(static name => name, StringComparer.Ordinal)
        .FirstOrDefault();

    private static bool IsCache(ITypeSymbol type) =>
        type.ToDisplayString() is "Microsoft.Extensions.Caching.Distributed.IDistributedCache" or "Microsoft.Extensions.Caching.Distributed.IDistributedCache?";
}
