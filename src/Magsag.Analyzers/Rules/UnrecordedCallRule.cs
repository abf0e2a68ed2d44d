using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Rules;

/// <summary>MAG010: a call whose cost isn't recorded, in a project that has the recorder.</summary>
internal sealed class UnrecordedCallRule : ICallRule
{
    public const string Id = "MAG010";

    private const string Recorder = "Magsag.Runtime.CostTrackingOptions";

    // They record below the pipeline, where a client can't be followed to.
    private static readonly NameSet RecordersOfRequests = new(["AddCostTracking", "CostTrackingHandler", "CostTrackingPolicy", "CostTrackingListener"]);

    public DiagnosticDescriptor Descriptor { get; } = RuleDescriptor.Create(
        Id,
        "Call isn't recorded",
        "This call's cost isn't recorded: its client's pipeline has no UseCostTracking",
        DiagnosticSeverity.Warning,
        "What isn't recorded is in no report, no budget and no gate.");

    public Diagnostic? Analyze(LlmCall call, FileContext context)
    {
        // Only a client that was followed to its creation is known to be without a recorder.
        if (!call.Api.HasPipelines || !call.Receiver.IsComplete || call.Receiver.IsRecorded || call.Receiver.Pipeline is not { } pipeline
            || call.Semantics.Compilation.GetTypeByMetadataName(Recorder) is null || context.Pipelines.MayName(RecordersOfRequests))
        {
            return null;
        }

        return Diagnostic.Create(Descriptor, call.Location, GetFixLocations(pipeline, call));
    }

    private static IEnumerable<Location> GetFixLocations(SyntaxNode pipeline, LlmCall call) =>
        pipeline.SyntaxTree == call.Operation.Syntax.SyntaxTree && pipeline is ExpressionSyntax ? [pipeline.GetLocation()] : [];
}
