using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers;

/// <summary>A rule that judges texts with holes.</summary>
internal interface ITextRule : IRule
{
    /// <summary>What the rule has to say about a text; null for nothing.</summary>
    Diagnostic? Judge(InterpolatedStringExpressionSyntax text, SemanticModel semantics, CancellationToken cancellationToken);
}
