using System.Collections.Immutable;
using Magsag.Analyzers;
using Magsag.Analyzers.Corpus;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

// Runs the analyzers over other people's code and prints every diagnostic with its line, to be read by a person.
// Usage: dotnet run --project bench/Magsag.Analyzers.Corpus -- DIRECTORY…
if (args.Length == 0 || args.FirstOrDefault(directory => !Directory.Exists(directory)) is not null)
{
    Console.Error.WriteLine("Expected directories with C# projects: dotnet run --project bench/Magsag.Analyzers.Corpus -- DIRECTORY…");
    return 2;
}

var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
int projects = 0;
int files = 0;
int calls = 0;
int crashes = 0;
foreach (string root in args)
{
    foreach (CorpusProject project in CorpusProject.FindBelow(root))
    {
        Compilation compilation = project.Compile();
        ImmutableArray<DiagnosticAnalyzer> analyzers = [.. Analyzers.All];
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(project.Options, null, concurrentAnalysis: true, logAnalyzerExecutionTime: false));
        projects++;
        files += project.Files.Count;
        calls += CallCounter.Count(compilation);
        foreach (Diagnostic diagnostic in (await analysis.GetAnalyzerDiagnosticsAsync()).OrderBy(static found => found.Location.ToString(), StringComparer.Ordinal))
        {
            crashes += diagnostic.Id == "AD0001" ? 1 : 0;
            counts[diagnostic.Id] = counts.GetValueOrDefault(diagnostic.Id) + 1;
            FileLinePositionSpan span = diagnostic.Location.GetLineSpan();
            Console.WriteLine($"{Path.GetRelativePath(root, span.Path)}({span.StartLinePosition.Line + 1}): {diagnostic.Id}: {diagnostic.GetMessage(null)}");
            Console.WriteLine($"    {diagnostic.Location.SourceTree?.GetText().Lines[span.StartLinePosition.Line].ToString().Trim()}");
        }
    }
}

Console.WriteLine();
Console.WriteLine($"{projects} projects, {files} files, {calls} calls understood, {counts.Values.Sum()} diagnostics: {string.Join(", ", counts.Select(static count => $"{count.Key} {count.Value}"))}");
return crashes == 0 ? 0 : 1;
