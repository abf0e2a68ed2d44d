using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers;

/// <summary>A rule that judges invocations which aren't calls to a model themselves.</summary>
internal interface IInvocationRule : IRule
{
    /// <summary>What the rule has to say about an invocation; null for nothing.</summary>
    Diagnostic? Judge(IInvocationOperation invocation, RuleContext context);
}
