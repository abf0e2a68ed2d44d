using Magsag.Analyzers.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Rules;

/// <summary>A rule about interpolated strings.</summary>
internal interface ITextRule : IRule
{
    /// <summary>The names without one of which a file can't have a finding.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>The finding about a string; null for none.</summary>
    Diagnostic? Analyze(InterpolatedStringExpressionSyntax text, SemanticModel semantics, FileContext context);
}
