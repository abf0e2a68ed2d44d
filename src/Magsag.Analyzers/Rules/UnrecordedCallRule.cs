using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers;

/// <summary>MAG010: a call whose cost isn't recorded, in a project that has the recorder.</summary>
internal sealed class UnrecordedCallRule : ICallRule
{
    public const string Id = "MAG010";

    private const string Recorder = "Magsag.Runtime.CostTrackingOptions";

    public DiagnosticDescriptor Descriptor { get; } = Rule.Describe(
        Id,
        "Call isn't recorded",
        DiagnosticSeverity.Info,
        "What isn't recorded is in no report, no budget and no gate.");

    public Diagnostic? Judge(LlmCall call, RuleContext context)
    {
        // Only a client whose making was seen to its end is known to be without a recorder.
        if (!call.Api.HasPipelines || !call.Receiver.IsComplete || call.Receiver.IsRecorded || call.Receiver.Pipeline is not { } pipeline
            || call.Semantics.Compilation.GetTypeByMetadataName(Recorder) is null)
        {
            return null;
        }

        ImmutableDictionary<string, string?> facts = ImmutableDictionary<string, string?>.Empty;
        return Diagnostic.Create(Descriptor, call.Location, FixLocations(pipeline, call), facts, "This call's cost isn't recorded: its client's pipeline has no UseCostTracking");
    }

    private static IEnumerable<Location> FixLocations(SyntaxNode pipeline, LlmCall call) =>
        pipeline.SyntaxTree == call.Operation.Syntax.SyntaxTree && pipeline is ExpressionSyntax ? [pipeline.GetLocation()] : [];
}
