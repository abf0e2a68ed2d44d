using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Editing;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>One edit of a document.</summary>
/// <param name="Target">The node that is edited; two edits with the same target are one.</param>
/// <param name="Apply">Makes the edit.</param>
internal sealed record FixEdit(SyntaxNode Target, Action<DocumentEditor> Apply);
