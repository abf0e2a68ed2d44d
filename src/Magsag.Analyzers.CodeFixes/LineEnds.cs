using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Finds how lines end in a file.</summary>
internal static class LineEnds
{
    /// <summary>The kind of line end that the file of a node has.</summary>
    public static SyntaxTrivia Of(SyntaxNode node)
    {
        SyntaxTrivia found = node.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return found.IsKind(SyntaxKind.EndOfLineTrivia) ? found : SyntaxFactory.LineFeed;
    }
}
