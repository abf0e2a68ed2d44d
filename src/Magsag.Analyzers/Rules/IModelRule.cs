using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Models;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Rules;

/// <summary>A rule about models that are named by a constant.</summary>
internal interface IModelRule : IRule
{
    /// <summary>Of several findings about one model, the one of the rule with the lowest rank is reported.</summary>
    int Rank { get; }

    /// <summary>The finding about a model; null for none.</summary>
    Diagnostic? Analyze(NamedModel model, FileContext context);
}
