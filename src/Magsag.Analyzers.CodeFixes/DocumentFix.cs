using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>A fix that edits one document, for one diagnostic or for all of its diagnostics.</summary>
/// <remarks>Fixes are internal: hosts find them by their attribute and create them by reflection.</remarks>
internal abstract class DocumentFix : CodeFixProvider
{
    internal abstract string Title { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => new DocumentFixAll(this);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? semantics = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || semantics is null)
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (CreateEdit(root, semantics, diagnostic, context.CancellationToken) is not null)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(GetTitle(diagnostic), cancellation => ApplyAsync(context.Document, [diagnostic], cancellation), GetType().Name),
                    diagnostic);
            }
        }
    }

    internal async Task<Document> ApplyAsync(Document document, IReadOnlyCollection<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        var edited = new HashSet<SyntaxNode>();
        foreach (Diagnostic diagnostic in diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            if (CreateEdit(editor.OriginalRoot, editor.SemanticModel, diagnostic, cancellationToken) is { } edit && edited.Add(edit.Target))
            {
                edit.Apply(editor);
            }
        }

        return editor.GetChangedDocument();
    }

    /// <summary>The title of one fix.</summary>
    internal virtual string GetTitle(Diagnostic diagnostic) => Title;

    /// <summary>The edit that fixes a diagnostic; null when no edit is certain to be right.</summary>
    internal abstract FixEdit? CreateEdit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken);
}
