using System.Collections.Immutable;
using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Loops;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Rules;

/// <summary>MAG004: a call for each item where one call takes them all.</summary>
internal sealed class PerItemCallRule : ILoopRule
{
    public const string Id = "MAG004";

    private static readonly DiagnosticDescriptor Own = RuleDescriptor.Create(
        Id,
        "Per-item call that has a batch form",
        "One request for each item: {0} takes all of them in one",
        DiagnosticSeverity.Info,
        "Each request has its own overhead and counts against the provider's rate limit; one request takes all items.");

    private static readonly DiagnosticDescriptor Wrapped = Own.WithMessage("One request for each item: {1} calls {2}, and {0} takes all of them in one");

    public DiagnosticDescriptor Descriptor => Own;

    public Diagnostic? Analyze(RepeatedCall call, FileContext context)
    {
        string method = call.Call.Operation.TargetMethod.Name;
        if (Array.Find(call.Call.Api.Batches, batch => batch.One == method) is not { } batch || FindText(call.Call) is not (var text, var isList)
            || call.Loop.Reason == LoopReason.Wait || IsStream(call.Loop) || !ItemExpression.IsComputedFromItem(text, call, context.CancellationToken))
        {
            return null;
        }

        bool isFixable = call.Wrapper is null && !isList;
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty
            .Add(DiagnosticProperties.Fix, isFixable ? batch.Many : null)
            .Add(DiagnosticProperties.BatchItem, isFixable ? batch.ItemResult : null)
            .Add(DiagnosticProperties.BatchItems, batch.ItemsMember)
            .Add(DiagnosticProperties.BatchResult, batch.ResultMember)
            .Add(DiagnosticProperties.BatchList, batch.TakesList ? "" : null);
        return Diagnostic.Create(call.Wrapper is null ? Own : Wrapped, call.Location, [call.Loop.Syntax.GetLocation()], properties, batch.Many, call.Wrapper, method);
    }

    // The single value that is passed, be it alone in a list or in a request; a list of values already is the batch form.
    private static (ExpressionSyntax Text, bool IsList)? FindText(LlmCall call)
    {
        IEnumerable<IArgumentOperation> arguments = call.Operation.Arguments.Where(static argument => argument.ArgumentKind == ArgumentKind.Explicit);
        IArgumentOperation? value = call.Api.ValueParameter is { } name ? arguments.For(name) : arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == (call.Operation.TargetMethod.IsExtensionMethod ? 1 : 0));
        if (value?.Value.Syntax is not ExpressionSyntax text)
        {
            return null;
        }

        if (FindOnly(text) is { } only)
        {
            return (only, true);
        }

        ITypeSymbol? type = value.Value.Unwrapped()?.Type;
        return type is { SpecialType: SpecialType.System_String } || (type is not (null or IArrayTypeSymbol or IErrorTypeSymbol) && type.SpecialType != SpecialType.System_Object
            && type.AllInterfaces.Append(type).All(static contract => contract.SpecialType != SpecialType.System_Collections_IEnumerable) && text is not BaseObjectCreationExpressionSyntax) ? (text, false) : null;
    }

    // `[text]`, `new[] { text }`, `new List<string> { text }`, `new EmbeddingsOptions([text])`.
    private static ExpressionSyntax? FindOnly(ExpressionSyntax list) => list switch
    {
        CollectionExpressionSyntax { Elements: { Count: 1 } elements } => (elements[0] as ExpressionElementSyntax)?.Expression,
        ImplicitArrayCreationExpressionSyntax { Initializer.Expressions: { Count: 1 } elements } => elements[0],
        ArrayCreationExpressionSyntax { Initializer.Expressions: { Count: 1 } elements } => elements[0],
        BaseObjectCreationExpressionSyntax { Initializer: { RawKind: (int)SyntaxKind.CollectionInitializerExpression, Expressions: { Count: 1 } elements } } => elements[0],
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } => arguments.Select(static argument => FindOnly(argument.Expression)).FirstOrDefault(static only => only is not null),
        _ => null,
    };

    // What comes in one by one can't be sent in one request.
    private static bool IsStream(EnclosingLoop loop) => loop.Syntax is CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 };
}
