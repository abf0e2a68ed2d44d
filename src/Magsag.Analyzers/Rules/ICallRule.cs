using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers;

/// <summary>A rule that judges calls.</summary>
internal interface ICallRule : IRule
{
    /// <summary>What the rule has to say about a call; null for nothing.</summary>
    Diagnostic? Judge(LlmCall call, RuleContext context);
}
