using Magsag.Analyzers.Calls;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Rules;

/// <summary>A rule about calls to a model.</summary>
internal interface ICallRule : IRule
{
    /// <summary>The finding about a call; null for none.</summary>
    Diagnostic? Analyze(LlmCall call, FileContext context);
}
