using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Magsag.Analyzers.Corpus;

/// <summary>All analyzers of Magsag.</summary>
internal static class Analyzers
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> All =
    [
        .. typeof(LlmCallAnalyzer).Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && type.IsAssignableTo(typeof(DiagnosticAnalyzer)))
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    public static Task<ImmutableArray<Diagnostic>> RunAsync(Compilation compilation) =>
        compilation.WithAnalyzers(All, new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: true, logAnalyzerExecutionTime: false)).GetAnalyzerDiagnosticsAsync();
}
