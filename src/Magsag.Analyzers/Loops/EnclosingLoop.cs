using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers;

/// <summary>The loop that repeats a call.</summary>
/// <param name="Syntax">The loop statement, or the call that takes the lambda.</param>
/// <param name="Body">What is repeated.</param>
internal sealed record EnclosingLoop(SyntaxNode Syntax, SyntaxNode Body);
