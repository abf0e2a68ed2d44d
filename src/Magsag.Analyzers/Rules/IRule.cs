using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Rules;

/// <summary>A rule. Every class that implements one of the derived interfaces is found by itself: a new rule is a new file.</summary>
internal interface IRule
{
    DiagnosticDescriptor Descriptor { get; }
}
