namespace Magsag.Cli.Repository;

/// <summary>The repository that the working directory lies in.</summary>
internal static class SourceTree
{
    /// <summary>Its root: the nearest folder above with <c>.git</c>, else the working directory.</summary>
    public static string FindRoot(Terminal terminal) =>
        FoldersUp(terminal.Directory).FirstOrDefault(static folder => Path.Exists(Path.Combine(folder, ".git"))) ?? terminal.Directory;

    /// <summary>A file in the working directory or in the nearest folder above it, no further than the root; null when there is none.</summary>
    public static string? FindUp(Terminal terminal, string relativePath)
    {
        string root = FindRoot(terminal);
        return FoldersUp(terminal.Directory)
            .TakeWhile(folder => folder.Length >= root.Length)
            .Select(folder => Path.Combine(folder, relativePath))
            .FirstOrDefault(File.Exists);
    }

    private static IEnumerable<string> FoldersUp(string folder)
    {
        for (string? current = folder; current is not null; current = Path.GetDirectoryName(current))
        {
            yield return current;
        }
    }
}
