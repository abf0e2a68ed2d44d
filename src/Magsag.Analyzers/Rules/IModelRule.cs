using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers;

/// <summary>A rule that judges models which are named by a constant.</summary>
internal interface IModelRule : IRule
{
    /// <summary>What the rule has to say about a model; null for nothing.</summary>
    Diagnostic? Judge(NamedModel model, RuleContext context);
}
