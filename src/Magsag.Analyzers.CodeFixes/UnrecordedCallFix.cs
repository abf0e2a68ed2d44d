using System.Collections.Immutable;
using Magsag.Analyzers.Receivers;
using Magsag.Analyzers.Rules;
using Magsag.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Adds cost tracking to the pipeline that creates the client.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnrecordedCallFix))]
internal sealed class UnrecordedCallFix : PipelineFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UnrecordedCallRule.Id);

    internal override string Title => "Record its cost";

    internal override string GetStep(ClientPipeline pipeline, Compilation compilation) => PipelineSteps.RecorderStep + "()";
}
