using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Corpus;

/// <summary>Prints every diagnostic below a directory with its line, to be read by a person.</summary>
internal static class Lister
{
    /// <summary>Whether no analyzer crashed.</summary>
    public static async Task<bool> PrintAsync(string root)
    {
        using var workspace = new AdhocWorkspace();
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        int files = 0;
        int calls = 0;
        foreach (Project project in CorpusSolution.Load(workspace, root).Projects)
        {
            Compilation compilation = (await project.GetCompilationAsync())!;
            ImmutableArray<Diagnostic> diagnostics = await Analyzers.RunAsync(compilation);
            files += project.DocumentIds.Count - 1;
            calls += CallCounter.Count(compilation);
            foreach (Diagnostic diagnostic in diagnostics.OrderBy(static found => found.Location.ToString(), StringComparer.Ordinal))
            {
                counts[diagnostic.Id] = counts.GetValueOrDefault(diagnostic.Id) + 1;
                FileLinePositionSpan span = diagnostic.Location.GetLineSpan();
                Console.WriteLine($"{Path.GetRelativePath(root, span.Path)}({span.StartLinePosition.Line + 1}): {diagnostic.Id}: {diagnostic.GetMessage(null)}");
                Console.WriteLine($"    {diagnostic.Location.SourceTree?.GetText().Lines[span.StartLinePosition.Line].ToString().Trim()}");
            }
        }

        Console.WriteLine();
        Console.WriteLine($"{root}: {files} files, {calls} calls understood, {counts.Values.Sum()} diagnostics: {string.Join(", ", counts.Select(static count => $"{count.Key} {count.Value}"))}");
        return !counts.ContainsKey("AD0001");
    }
}
