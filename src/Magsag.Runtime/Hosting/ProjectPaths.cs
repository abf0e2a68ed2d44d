namespace Magsag.Runtime.Hosting;

/// <summary>Paths of a project that its build told relative to its output, resolved wherever that output is now: where it was built, or published to elsewhere.</summary>
internal sealed class ProjectPaths
{
    private readonly string _output;
    private readonly string? _told;
    private readonly string? _found;

    /// <param name="output">The folder of the test assembly.</param>
    /// <param name="project">The project file, relative to the folder that it was built into; null when the build didn't tell.</param>
    /// <param name="projectBelowRoot">The project file below the source root.</param>
    /// <param name="workingDirectory">Where to look for the repository when the output isn't in it.</param>
    public ProjectPaths(string output, string? project, string? projectBelowRoot, string workingDirectory)
    {
        _output = output;
        _told = string.IsNullOrEmpty(project) ? null : Path.GetFullPath(project, output);
        IsMoved = _told is not null && !File.Exists(_told);
        _found = IsMoved && !string.IsNullOrEmpty(projectBelowRoot) ? Find(projectBelowRoot, output) ?? Find(projectBelowRoot, workingDirectory) : null;
    }

    /// <summary>True when the output isn't where it was built, so that what the build told would lead astray.</summary>
    public bool IsMoved { get; }

    /// <summary>The path that the build told; null when it told none, or when the project can't be found any more.</summary>
    public string? Resolve(string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return null;
        }

        string told = Path.GetFullPath(path, _output);
        if (!IsMoved)
        {
            return told;
        }

        return _found is null ? null : Path.GetFullPath(Path.GetRelativePath(Path.GetDirectoryName(_told)!, told), Path.GetDirectoryName(_found)!);
    }

    private static string? Find(string projectBelowRoot, string from)
    {
        for (string? folder = Path.GetFullPath(from); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string project = Path.Combine(folder, projectBelowRoot);
            if (File.Exists(project))
            {
                return project;
            }
        }

        return null;
    }
}
