namespace Magsag.Cli;

/// <summary>Finds where costs were recorded when nobody says it.</summary>
internal static class RunsDirectories
{
    public const string Name = ".runs";

    private const int DeepestFolder = 6;

    private static readonly HashSet<string> NeverSearched = new(StringComparer.OrdinalIgnoreCase) { "bin", "obj", "node_modules", "artifacts", "packages" };

    /// <summary>The runs directory that <c>MAGSAG_RUNS_DIRECTORY</c> names, else <c>.runs</c> in the working directory, else every one below it.</summary>
    /// <exception cref="CommandFailure">There is none.</exception>
    public static IReadOnlyList<string> Find(Terminal terminal)
    {
        if (terminal.Variable("MAGSAG_RUNS_DIRECTORY") is { } named)
        {
            return [terminal.PathOf(named)];
        }

        string own = Path.Combine(terminal.Directory, Name);
        if (Directory.Exists(own))
        {
            return [own];
        }

        IReadOnlyList<string> found = Below(terminal.Directory);
        return found.Count > 0
            ? found
            : throw CommandFailure.Unreadable($"There is no {Name} folder in or below {terminal.Directory}: nothing was recorded here yet. Run the tests of a project that references Magsag, or give a path.");
    }

    /// <summary>The runs directories in and below a folder.</summary>
    public static IReadOnlyList<string> Below(string folder)
    {
        List<string> found = [];
        Search(folder, DeepestFolder, found);
        return found;
    }

    private static void Search(string folder, int depth, List<string> found)
    {
        string own = Path.Combine(folder, Name);
        if (Directory.Exists(own))
        {
            found.Add(own);
            return;
        }

        if (depth == 0)
        {
            return;
        }

        foreach (string child in Directory.EnumerateDirectories(folder, "*", new EnumerationOptions { IgnoreInaccessible = true }).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(child);
            if (name[0] != '.' && !NeverSearched.Contains(name))
            {
                Search(child, depth - 1, found);
            }
        }
    }
}
