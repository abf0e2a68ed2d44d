using Microsoft.CodeAnalysis.Diagnostics;

namespace Magsag.Analyzers.Corpus;

/// <summary>All analyzers of Magsag.</summary>
internal static class Analyzers
{
    public static IEnumerable<DiagnosticAnalyzer> All { get; } =
    [
        .. typeof(LlmCallAnalyzer).Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && type.IsAssignableTo(typeof(DiagnosticAnalyzer)))
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];
}
