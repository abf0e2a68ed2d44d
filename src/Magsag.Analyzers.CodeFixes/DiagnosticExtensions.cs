using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Reads what a rule handed to its fix.</summary>
internal static class DiagnosticExtensions
{
    /// <summary>A property; null when the rule didn't set it.</summary>
    public static string? GetProperty(this Diagnostic diagnostic, string name) => diagnostic.Properties.TryGetValue(name, out string? value) ? value : null;

    /// <summary>The node that is underlined.</summary>
    public static SyntaxNode FindNode(this Diagnostic diagnostic, SyntaxNode root) => root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    /// <summary>The node at the one additional location, which the fix edits; null when there is none.</summary>
    public static SyntaxNode? FindTarget(this Diagnostic diagnostic, SyntaxNode root) =>
        diagnostic.AdditionalLocations.Count == 1 ? root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true) : null;

    /// <summary>The call that is underlined and the statement with the loop at the additional location; null when either is something else, or the loop isn't one of several statements.</summary>
    public static (InvocationExpressionSyntax Call, StatementSyntax Loop)? FindCallAndLoop(this Diagnostic diagnostic, SyntaxNode root) =>
        diagnostic.FindNode(root) is InvocationExpressionSyntax call && diagnostic.FindTarget(root)?.FirstAncestorOrSelf<StatementSyntax>() is { Parent: BlockSyntax or GlobalStatementSyntax } loop ? (call, loop) : null;
}
