namespace Magsag.Cli;

/// <summary>Finds where costs were recorded when nobody says it.</summary>
internal static class RunsDirectories
{
    public const string Name = ".runs";

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
    public static IReadOnlyList<string> Below(string folder) =>
        [.. ProjectFolders.Below(folder, HasOwn).Where(HasOwn).Select(static found => Path.Combine(found, Name))];

    private static bool HasOwn(string folder) => Directory.Exists(Path.Combine(folder, Name));
}
