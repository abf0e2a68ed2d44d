namespace Magsag.Cli.Repository;

/// <summary>Finds the runs directories when none is named.</summary>
internal static class RunsDirectories
{
    public const string Name = ".runs";

    /// <summary>The runs directory that <c>MAGSAG_RUNS_DIRECTORY</c> names, else <c>.runs</c> in the working directory, else every one below it.</summary>
    /// <exception cref="CommandFailure">There is none.</exception>
    public static IReadOnlyList<string> Find(Terminal terminal)
    {
        if (terminal.Variable("MAGSAG_RUNS_DIRECTORY") is { } named)
        {
            return [terminal.FullPath(named)];
        }

        if (HasOwn(terminal.Directory))
        {
            return [Path.Combine(terminal.Directory, Name)];
        }

        IReadOnlyList<string> found = Below(terminal.Directory);
        return found.Count > 0
            ? found
            : throw CommandFailure.Unreadable($"There is no {Name} folder in or below {terminal.Directory}: nothing was recorded here yet. Run the tests of a project that references Magsag, or give a path.");
    }

    /// <summary>The runs directories in and below a folder.</summary>
    public static IReadOnlyList<string> Below(string folder) =>
        [.. ProjectFolders.Below(folder, HasOwn).Where(HasOwn).Select(static found => Path.Combine(found, Name))];

    /// <summary>The folder of the project whose runs directory a path is or lies in; null when it lies in none.</summary>
    public static string? FindProject(string path)
    {
        for (string? folder = path; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.GetFileName(folder) == Name)
            {
                return Path.GetDirectoryName(folder);
            }
        }

        return null;
    }

    private static bool HasOwn(string folder) => Path.Combine(folder, Name) is var runs && Directory.Exists(runs) && !IsStoreOfOthers(runs);

    // The store of several runs directories stands in one above them, in which nothing was recorded.
    private static bool IsStoreOfOthers(string runs) => File.Exists(CostStore.PathIn(runs)) && !Directory.EnumerateDirectories(runs).Any();
}
