using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Adds a reducer to the pipeline that makes the client.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GrowingHistoryFix))]
public sealed class GrowingHistoryFix : PipelineFix
{
    // The reducers are experimental: where that isn't accepted, the fix wouldn't compile.
    private const string Experimental = "MEAI001";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(GrowingHistoryRule.Id);

    internal override string Title => "Send the last twenty messages only";

    internal override string Step => "UseChatReducer(new MessageCountingChatReducer(20))";

    internal override FixEdit? CreateEdit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        semantics.Compilation.Options.SpecificDiagnosticOptions.TryGetValue(Experimental, out ReportDiagnostic report) && report == ReportDiagnostic.Suppress
            ? base.CreateEdit(root, semantics, diagnostic, cancellationToken)
            : null;
}
