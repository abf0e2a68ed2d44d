using System.Collections.Immutable;
using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Loops;
using Magsag.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Rules;

/// <summary>MAG003: an uncached call in a loop, which asks something in every round that may have been asked before.</summary>
internal sealed class UncachedLoopRule : ILoopRule
{
    public const string Id = "MAG003";

    private static readonly DiagnosticDescriptor Own = RuleDescriptor.Create(
        Id,
        "Uncached call in a loop",
        "Every round of the loop pays for a call of its own, also for a question that was answered before: cache the answers or ask in one batch",
        DiagnosticSeverity.Info,
        "Each round pays in full, even for a question that was answered before.");

    private static readonly DiagnosticDescriptor Wrapped = Own.WithMessage("Every round of the loop pays for a call of its own, also for a question that was answered before: cache the answers or ask in one batch ({0} calls {1})");

    public DiagnosticDescriptor Descriptor => Own;

    public Diagnostic? Analyze(RepeatedCall call, FileContext context)
    {
        // Each image, transcript or vector has an input of its own.
        if (call.Call.Api.Kind is ApiKind.Media or ApiKind.Embeddings || call.Loop.Reason == LoopReason.Wait || !RepeatedQuestions.AreAsked(call, context) || !AsksForEachItem(call, context))
        {
            return null;
        }

        string? cache = call.Call.Api.HasPipelines && call.Wrapper is null ? FindCache(call) : null;
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Cache, cache);
        return Diagnostic.Create(call.Wrapper is null ? Own : Wrapped, call.Location, [call.Loop.Syntax.GetLocation()], properties, call.Wrapper, call.Call.Operation.TargetMethod.Name);
    }

    // Each round asks the same client something else. Other clients, models or options answer the same question in other ways.
    private static bool AsksForEachItem(RepeatedCall call, FileContext context)
    {
        var clients = new RoundDependence(call, isClient: true, context.CancellationToken);
        return new RoundDependence(call, isClient: false, context.CancellationToken).Exists(call.Call.GetPrompt(context), call.Frames.Count - 1)
            && !(call.Call.Operation.Instance?.Syntax is ExpressionSyntax client && clients.Exists([client], call.Frames.Count - 1))
            && !(call.Site is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: { } owner } } && !IsArgument(owner, call) && clients.Exists([owner], 0));
    }

    // `page.SummariseAsync(chat)` of an extension method.
    private static bool IsArgument(ExpressionSyntax owner, RepeatedCall call) => call.Semantics.GetSymbolInfo(call.Site).Symbol is IMethodSymbol { ReducedFrom: not null } && owner != call.Call.Client?.Syntax;

    // Only a cache that the code already has: the fix doesn't choose one.
    private static string? FindCache(RepeatedCall call) => GetSymbolsInScope(call.Semantics, call.Loop.Syntax)
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
