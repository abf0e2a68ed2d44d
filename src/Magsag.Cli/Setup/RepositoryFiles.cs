namespace Magsag.Cli.Setup;

/// <summary>The files of a repository that say how it is set up.</summary>
internal static class RepositoryFiles
{
    private const int DeepestFolder = 8;

    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, MaxRecursionDepth = DeepestFolder, IgnoreInaccessible = true };
    private static readonly string[] SourcePatterns = ["*.cs", "*.fs", "*.vb", "*.razor", "*.cshtml"];
    private static readonly string[] ProjectPatterns = ["*.csproj", "*.fsproj", "*.vbproj"];
    private static readonly string[] SharedPatterns = ["Directory.*.props", "Directory.*.targets"];

    /// <summary>The projects in and below a folder, in the order of their names.</summary>
    public static IReadOnlyList<string> Projects(string root) => Find(root, ProjectPatterns);

    /// <summary>The files of settings that projects share.</summary>
    public static IReadOnlyList<string> SharedSettings(string root) => Find(root, SharedPatterns);

    /// <summary>The solutions in and below a folder.</summary>
    public static IReadOnlyList<string> Solutions(string root) => Find(root, ["*.sln", "*.slnx"]);

    /// <summary>The sources, code of pages included.</summary>
    public static IReadOnlyList<string> Sources(string root) => Find(root, SourcePatterns);

    /// <summary>The text of a file; empty when it can't be read (a dangling link, no permission).</summary>
    public static string ReadTextOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>A file's path below a folder, with forward slashes.</summary>
    public static string Name(string root, string path) => Path.GetRelativePath(root, path).Replace('\\', '/');

    private static string[] Find(string root, string[] patterns) =>
        [.. patterns.SelectMany(pattern => Directory.EnumerateFiles(root, pattern, Below)).Where(path => !IsMade(Name(root, path))).Order(StringComparer.Ordinal)];

    private static bool IsMade(string name) => name.Split('/') is var parts && (parts.Contains("obj") || parts.Contains("bin") || parts.Contains("node_modules"));
}
