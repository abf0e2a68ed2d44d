using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Fixes all diagnostics of a document in one edit, so that one place with two of them (options shared by two calls) is edited once.</summary>
internal sealed class DocumentFixAll(DocumentFix fix) : DocumentBasedFixAllProvider
{
    protected override string GetFixAllTitle(FixAllContext fixAllContext) => fix.Title;

    protected override async Task<Document?> FixAllAsync(FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics) =>
        await fix.ApplyAsync(document, diagnostics, fixAllContext.CancellationToken).ConfigureAwait(false);
}
