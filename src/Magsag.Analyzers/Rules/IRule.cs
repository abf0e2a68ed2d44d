using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers;

/// <summary>A rule.</summary>
internal interface IRule
{
    DiagnosticDescriptor Descriptor { get; }
}
