using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Loops;

/// <summary>A call to a model that a loop repeats, itself or through methods of the project.</summary>
/// <param name="Call">The call.</param>
/// <param name="Loop">The loop.</param>
/// <param name="Frames">The way from the loop to the call: the loop's body, and the methods on the way.</param>
internal sealed record RepeatedCall(LlmCall Call, EnclosingLoop Loop, IReadOnlyList<CallFrame> Frames)
{
    /// <summary>What stands in the loop: the call itself, or that of the project's own method.</summary>
    public ExpressionSyntax Site => Frames[0].Invocation;

    public SemanticModel Semantics => Frames[0].Semantics;

    /// <summary>The method of the project that the loop calls; null when the loop calls the model itself.</summary>
    public string? Wrapper => Frames.Count > 1 ? SyntaxNames.GetLastName(Site is InvocationExpressionSyntax invocation ? invocation.Expression : Site) : null;

    /// <summary>The last frame, which calls the model.</summary>
    public CallFrame Last => Frames[Frames.Count - 1];

    /// <summary>Where the finding is: in the loop, or at the call of a function that stands in the same method.</summary>
    public Location Location => Frames.Count > 1 && Frames.Skip(1).All(frame => frame.Body is not BaseMethodDeclarationSyntax && frame.Body.SyntaxTree == Site.SyntaxTree) ? Call.Location : Site.GetLocation();
}
