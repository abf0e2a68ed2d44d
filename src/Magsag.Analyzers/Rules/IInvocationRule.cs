using Magsag.Analyzers.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Rules;

/// <summary>A rule about invocations that begin a loop of tool calls.</summary>
internal interface IInvocationRule : IRule
{
    /// <summary>The finding about an invocation; null for none.</summary>
    Diagnostic? Analyze(IInvocationOperation invocation, FileContext context);
}
