using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Models;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Rules;

/// <summary>A rule about models that are named by a constant.</summary>
internal interface IModelRule : IRule
{
    /// <summary>The rules judge a model in this order, lowest first.</summary>
    int Rank { get; }

    /// <summary>True when the rule's finding makes those of later rules about the same model superfluous.</summary>
    bool IsConclusive { get; }

    /// <summary>The finding about a model; null for none.</summary>
    Diagnostic? Analyze(NamedModel model, FileContext context);
}
