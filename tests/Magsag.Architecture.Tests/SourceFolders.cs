namespace Magsag.Architecture.Tests;

/// <summary>The folders of a project, and which of its types stand in which: a file holds one type and has its name.</summary>
internal sealed class SourceFolders
{
    private readonly string _project;
    private readonly ILookup<string, string> _folders;

    public SourceFolders(string root, string project)
    {
        _project = project;
        Root = Path.Combine(root, "src", project);
        Files = [.. Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories).Where(file => FolderOf(file).Split('.')[0] is not ("obj" or "bin")).Order(StringComparer.Ordinal)];
        _folders = Files.ToLookup(static file => Path.GetFileName(file).Split('.')[0], FolderOf, StringComparer.Ordinal);
    }

    public string Root { get; }

    public IReadOnlyList<string> Files { get; }

    /// <summary>The folder of a file, its parts joined by dots; empty for the project's own.</summary>
    public string FolderOf(string file) => Path.GetRelativePath(Root, Path.GetDirectoryName(file)!) is var folder and not "." ? folder.Replace(Path.DirectorySeparatorChar, '.') : "";

    /// <summary>The folder of a type; null for one that isn't in the project's sources. Where files of one name stand in several folders, the namespace decides.</summary>
    public string? Find(string space, string type)
    {
        string[] found = [.. _folders[type.Split('`')[0]]];
        return found.Length > 1 && Array.Find(found, folder => space == (folder.Length == 0 ? _project : $"{_project}.{folder}")) is { } named ? named : found.FirstOrDefault();
    }
}
