using Magsag.Cli.Repository;
using Magsag.Gating.Baselines;

namespace Magsag.Cli.Baselines;

/// <summary>Finds a repository's baselines when none is named.</summary>
internal static class BaselineFiles
{
    // A project of several target frameworks has a baseline for each: cost-baseline.net10.0.json.
    private const string OfFrameworks = "cost-baseline.net*.json";

    private const string Remedy = "`magsag baseline accept` makes one";

    public const string Expected = "a baseline; " + Remedy;

    /// <summary>The baselines in a folder, else every one below it: they stand beside the projects whose tests made them.</summary>
    public static IReadOnlyList<string> Find(string folder) => In(folder) is { Count: > 0 } own ? own : [.. ProjectFolders.Below(folder).SelectMany(In)];

    /// <summary>The baselines in a folder itself.</summary>
    public static IReadOnlyList<string> In(string folder)
    {
        string usual = Path.Combine(folder, BaselineFile.DefaultName);
        IEnumerable<string> found = Directory.EnumerateFiles(folder, OfFrameworks).Order(StringComparer.Ordinal);
        return [.. File.Exists(usual) ? found.Prepend(usual) : found];
    }

    /// <summary>The same, where at least one is needed.</summary>
    /// <exception cref="CommandFailure">There is none.</exception>
    public static IReadOnlyList<string> Needed(Terminal terminal) => Find(terminal.Directory) is { Count: > 0 } found
        ? found
        : throw CommandFailure.Unreadable($"There is no {BaselineFile.DefaultName} in or below {terminal.Directory}; {Remedy}.");

    /// <summary>Reads baselines as one: what several projects accept adds up.</summary>
    /// <exception cref="UnreadableInputException">A file isn't a baseline.</exception>
    public static CostBaseline Read(IReadOnlyList<string> paths) =>
        paths is [var only] ? BaselineFile.Read(only) : CostBaseline.From(paths.SelectMany(static path => BaselineFile.Read(path).Entries));

    /// <summary>The file that costs become the baseline in: the one that is there, else one beside the project whose runs they are.</summary>
    /// <param name="paths">The costs, as the user gave them; the runs directories below the working directory when empty.</param>
    /// <param name="terminal">The terminal.</param>
    /// <exception cref="CommandFailure">There are several candidates.</exception>
    public static string Target(IReadOnlyList<string> paths, Terminal terminal)
    {
        if (AtMostOne(In(terminal.Directory), terminal) is { } own)
        {
            return own;
        }

        string[] projects = [.. (paths.Count > 0 ? paths.Select(terminal.FullPath) : RunsDirectories.Find(terminal)).Select(RunsDirectories.FindProject).OfType<string>().Distinct()];
        return projects switch
        {
            [] => Only(terminal) ?? terminal.FullPath(BaselineFile.DefaultName),
            [var project] => AtMostOne(In(project), terminal) ?? Path.Combine(project, BaselineFile.DefaultName),
            _ => throw CommandFailure.Usage($"There are costs of several projects: {string.Join(", ", projects.Select(terminal.Shown))}. Accept one after the other, such as: {CommandFor(projects[0], terminal)}"),
        };
    }

    /// <summary>The command that accepts what was recorded for a project.</summary>
    public static string CommandFor(string project, Terminal terminal) => project == terminal.Directory
        ? "magsag baseline accept"
        : $"magsag baseline accept {InShell(terminal.Shown(Path.Combine(project, RunsDirectories.Name)))}";

    /// <summary>The one baseline in or below the working directory; null when there is none.</summary>
    /// <exception cref="CommandFailure">There are several.</exception>
    public static string? Only(Terminal terminal) => AtMostOne(Find(terminal.Directory), terminal);

    private static string? AtMostOne(IReadOnlyList<string> found, Terminal terminal) => found switch
    {
        [] => null,
        [var only] => only,
        var several => throw CommandFailure.Usage($"There are several baselines: {string.Join(", ", several.Select(terminal.Shown))}. Say which one is meant."),
    };

    private static string InShell(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
}
