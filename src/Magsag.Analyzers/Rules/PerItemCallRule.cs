using System.Collections.Immutable;
using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Loops;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Rules;

/// <summary>MAG004: a call for each item where one call takes them all.</summary>
internal sealed class PerItemCallRule : ICallRule
{
    public const string Id = "MAG004";

    public DiagnosticDescriptor Descriptor { get; } = RuleDescriptor.Create(
        Id,
        "Per-item call that has a batch form",
        "One request for each item: {0} takes all of them in one",
        DiagnosticSeverity.Info,
        "Each request has its own overhead and counts against the provider's rate limit; one request takes all items.");

    public Diagnostic? Analyze(LlmCall call, FileContext context)
    {
        if (Array.Find(call.Api.Batches, batch => batch.One == call.Operation.TargetMethod.Name) is not { } batch
            || FindText(call) is not { } text || LoopFinder.Find(call, context) is not { } loop || IsStream(loop)
            || !ItemExpression.IsComputedFromItem(text, loop, call.Semantics, context.CancellationToken))
        {
            return null;
        }

        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty
            .Add(DiagnosticProperties.Fix, batch.Many)
            .Add(DiagnosticProperties.BatchItem, batch.ItemResult);
        return Diagnostic.Create(Descriptor, call.Location, [loop.Syntax.GetLocation()], properties, batch.Many);
    }

    // The single value that is passed; a list of values already is the batch form.
    private static ExpressionSyntax? FindText(LlmCall call)
    {
        IArgumentOperation? value = call.Operation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == (call.Operation.TargetMethod.IsExtensionMethod ? 1 : 0));
        return value?.Value is { } operation && operation.Type is { } type && (type.SpecialType == SpecialType.System_String || type.AllInterfaces.All(static contract => contract.SpecialType != SpecialType.System_Collections_IEnumerable))
            ? operation.Syntax as ExpressionSyntax
            : null;
    }

    // What comes in one by one can't be sent in one request.
    private static bool IsStream(EnclosingLoop loop) => loop.Syntax is ForEachStatementSyntax { AwaitKeyword.RawKind: not 0 };
}
