namespace Magsag.Cli.Repository;

/// <summary>The folders of a repository in which projects can stand: none that is hidden, or that builds and package managers fill.</summary>
internal static class ProjectFolders
{
    private const int DeepestFolder = 6;

    private static readonly EnumerationOptions Children = new() { IgnoreInaccessible = true };

    private static readonly HashSet<string> NeverSearched = new(StringComparer.OrdinalIgnoreCase) { "bin", "obj", "node_modules", "artifacts", "packages" };

    /// <summary>A folder and those below it, in the order of their names, but none below a folder for which <paramref name="isLeaf"/> is true.</summary>
    public static IEnumerable<string> Below(string folder, Func<string, bool>? isLeaf = null) => Below(folder, isLeaf ?? (static _ => false), DeepestFolder);

    private static IEnumerable<string> Below(string folder, Func<string, bool> isLeaf, int depth)
    {
        yield return folder;
        if (depth == 0 || isLeaf(folder))
        {
            yield break;
        }

        foreach (string child in Directory.EnumerateDirectories(folder, "*", Children).Order(StringComparer.Ordinal).Where(MayHaveProjects))
        {
            foreach (string found in Below(child, isLeaf, depth - 1))
            {
                yield return found;
            }
        }
    }

    private static bool MayHaveProjects(string folder) => Path.GetFileName(folder) is var name && name[0] != '.' && !NeverSearched.Contains(name);
}
