using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers;

/// <summary>A rule that judges texts with holes.</summary>
internal interface ITextRule : IRule
{
    /// <summary>The names without one of which a text is none of the rule's business.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>What the rule has to say about a text; null for nothing.</summary>
    Diagnostic? Judge(InterpolatedStringExpressionSyntax text, SemanticModel semantics, CancellationToken cancellationToken);
}
