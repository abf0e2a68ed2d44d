using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers;

/// <summary>MAG004: a call for each item where one call takes them all.</summary>
internal sealed class PerItemCallRule : ICallRule
{
    public const string Id = "MAG004";

    public DiagnosticDescriptor Descriptor { get; } = Rule.Describe(
        Id,
        "Per-item call that has a batch form",
        DiagnosticSeverity.Info,
        "Each request has its own overhead and counts against the provider's rate limit; one request takes all items.");

    public Diagnostic? Judge(LlmCall call, RuleContext context)
    {
        string method = call.Operation.TargetMethod.Name;
        string? many = call.Api.Batches.Where(batch => batch.One == method).Select(static batch => batch.Many).FirstOrDefault();
        if (many is null || ItemOf(call) is not { } item || LoopFinder.Find(call) is not { } loop || !IsItemOf(loop, item, call.Semantics))
        {
            return null;
        }

        ImmutableDictionary<string, string?> facts = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticFacts.Fix, many);
        return Diagnostic.Create(Descriptor, call.Location, [loop.Syntax.GetLocation()], facts, $"One request for each item: {many} takes all of them in one");
    }

    // The single value that the call is about; a list of values already is the batch form.
    private static IdentifierNameSyntax? ItemOf(LlmCall call)
    {
        IArgumentOperation? value = call.Operation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == (call.Operation.TargetMethod.IsExtensionMethod ? 1 : 0));
        return value?.Value is { } operation && operation.Type is { } type && (type.SpecialType == SpecialType.System_String || type.AllInterfaces.All(static contract => contract.SpecialType != SpecialType.System_Collections_IEnumerable))
            ? operation.Syntax as IdentifierNameSyntax
            : null;
    }

    // What comes in one by one can't be asked for in one request.
    private static bool IsItemOf(EnclosingLoop loop, IdentifierNameSyntax item, SemanticModel semantics) =>
        loop.Syntax is not ForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } && loop.Item == item.Identifier.ValueText && semantics.GetSymbolInfo(item).Symbol is ILocalSymbol or IParameterSymbol;
}
