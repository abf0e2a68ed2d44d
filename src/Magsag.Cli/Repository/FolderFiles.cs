using System.IO.Enumeration;

namespace Magsag.Cli.Repository;

/// <summary>Finds files in and below a folder, each once: a symbolic link may lead to where the search has been or will come anyway.</summary>
internal sealed class FolderFiles
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    // The folder as named, and its target where it is a link.
    private readonly string[] _roots;
    private readonly HashSet<string> _linked = new(StringComparer.Ordinal);

    private FolderFiles(string folder) => _roots = [folder, ResolveTarget(new DirectoryInfo(folder)) ?? folder];

    /// <summary>The files whose names match a pattern.</summary>
    /// <exception cref="UnreadableInputException">A folder can't be listed.</exception>
    public static string[] Find(string folder, string pattern)
    {
        try
        {
            return new FolderFiles(Path.GetFullPath(folder)).Enumerate(folder, pattern);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(folder, 0, $"The folder can't be listed: {error.Message}", error);
        }
    }

    private string[] Enumerate(string folder, string pattern)
    {
        var files = new FileSystemEnumerable<string>(folder, static (ref FileSystemEntry entry) => entry.ToFullPath(), Everything)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && FileSystemName.MatchesSimpleExpression(pattern, entry.FileName, ignoreCase: false) && (!IsLink(entry) || LeadsOut(new FileInfo(entry.ToFullPath()))),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsLink(entry) || LeadsOut(new DirectoryInfo(entry.ToFullPath())),
        };
        return [.. files];
    }

    private static bool IsLink(in FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    // True for a target that is outside of the folder, doesn't contain it, and wasn't reached through another link.
    private bool LeadsOut(FileSystemInfo link) =>
        ResolveTarget(link) is not { } target || (!Array.Exists(_roots, root => Contains(root, target) || Contains(target, root)) && _linked.Add(target));

    private static bool Contains(string folder, string path) =>
        path == folder || path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string? ResolveTarget(FileSystemInfo link) => link.LinkTarget is null ? null : link.ResolveLinkTarget(returnFinalTarget: true)?.FullName;
}
