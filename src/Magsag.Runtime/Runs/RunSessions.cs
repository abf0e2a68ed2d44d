namespace Magsag.Runtime.Runs;

/// <summary>Says which sessions have recorded calls of a run: an empty file <c>&lt;session&gt;.session</c> of each stands beside the run's summary.</summary>
internal sealed class RunSessions(Guid session)
{
    private const string Extension = ".session";

    private readonly string _ownName = session + Extension;

    /// <summary>Joins a run; false when this session had joined it before, or can't.</summary>
    public bool TryJoin(string runDirectory)
    {
        try
        {
            Directory.CreateDirectory(runDirectory);
            File.OpenHandle(Path.Combine(runDirectory, _ownName), FileMode.CreateNew, FileAccess.Write).Dispose();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether other sessions have joined the run too.</summary>
    /// <exception cref="IOException">The directory can't be listed.</exception>
    public bool HasOthers(string runDirectory) =>
        Directory.EnumerateFiles(runDirectory, "*" + Extension).Any(path => !string.Equals(Path.GetFileName(path), _ownName, StringComparison.Ordinal));
}
