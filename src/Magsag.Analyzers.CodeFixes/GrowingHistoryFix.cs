using System.Collections.Immutable;
using Magsag.Analyzers.Rules;
using Magsag.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Adds a reducer to the pipeline that creates the client.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GrowingHistoryFix))]
internal sealed class GrowingHistoryFix : PipelineFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(GrowingHistoryRule.Id);

    internal override string Title => "Send the last twenty messages only";

    // The reducers are experimental: where that isn't accepted, the fixed code wouldn't compile.
    internal override string? GetStep(ClientPipeline pipeline, Compilation compilation) =>
        compilation.Options.SpecificDiagnosticOptions.TryGetValue(pipeline.ReducerWarning, out ReportDiagnostic report) && report == ReportDiagnostic.Suppress
            ? $"{pipeline.ReducerStep}({pipeline.NewReducer})"
            : null;
}
