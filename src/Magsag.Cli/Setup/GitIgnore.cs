using Magsag.Cli.Repository;

namespace Magsag.Cli.Setup;

/// <summary>Whether git passes the runs directories over.</summary>
internal static class GitIgnore
{
    public const string Name = ".gitignore";

    private static readonly HashSet<string> Patterns = [.. new[] { "", "/", "**/" }.SelectMany(static begin => new[] { "", "/", "/*", "/**" }.Select(end => begin + RunsDirectories.Name + end))];

    /// <summary>True for a line that names them; one that only holds the word (<c>.runsettings</c>) doesn't.</summary>
    public static bool NamesRuns(string line) => Patterns.Contains(line);
}
