using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Adds cost tracking to the pipeline that makes the client.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnrecordedCallFix))]
public sealed class UnrecordedCallFix : PipelineFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UnrecordedCallRule.Id);

    internal override string Title => "Record its cost";

    internal override string Step => "UseCostTracking()";
}
