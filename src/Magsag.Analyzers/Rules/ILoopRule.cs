using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Loops;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Rules;

/// <summary>Analyzes a call to a model that a loop repeats.</summary>
internal interface ILoopRule : IRule
{
    /// <summary>The finding; null when there is none.</summary>
    /// <param name="call">The call.</param>
    /// <param name="context">What is known of the file of the call to the model.</param>
    Diagnostic? Analyze(RepeatedCall call, FileContext context);
}
