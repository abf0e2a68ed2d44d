using System.Collections.Immutable;
using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Loops;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Rules;

/// <summary>MAG020: a call in a loop over items that asks the same for every one of them.</summary>
internal sealed class InvariantCallRule : ILoopRule
{
    public const string Id = "MAG020";

    private static readonly DiagnosticDescriptor Own = RuleDescriptor.Create(
        Id,
        "Call in a loop whose prompt doesn't change",
        "The same question is asked, and paid, for every item of the loop: ask it once before",
        DiagnosticSeverity.Warning,
        "Nothing that the call sends depends on the loop, so that one call before it gives what all of its rounds need.");

    private static readonly DiagnosticDescriptor Wrapped = Own.WithMessage("The same question is asked, and paid, for every item of the loop: ask it once before ({0} calls {1})");

    public DiagnosticDescriptor Descriptor => Own;

    // Loops that count or wait ask the same again on purpose: to measure, to sample, to look whether something has changed.
    public Diagnostic? Analyze(RepeatedCall call, FileContext context) =>
        call.Loop.Reason == LoopReason.Items && RepeatedQuestions.AreAsked(call, context) && LoopInvariance.IsInvariant(call, context.CancellationToken)
            ? Diagnostic.Create(call.Wrapper is null ? Own : Wrapped, call.Location, [call.Loop.Syntax.GetLocation()], ImmutableDictionary<string, string?>.Empty, call.Wrapper, call.Call.Operation.TargetMethod.Name)
            : null;
}
