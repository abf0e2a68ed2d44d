namespace Magsag.Gating.Tests;

/// <summary>A directory of the test's own, gone after it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private const string Memory = "/dev/shm";

    private readonly DirectoryInfo _directory;

    public TemporaryDirectory() => _directory = Directory.CreateTempSubdirectory("magsag-gating-");

    private TemporaryDirectory(DirectoryInfo directory) => _directory = directory;

    /// <summary>One in memory, where the machine has such a place: for tests that write thousands of files.</summary>
    public static TemporaryDirectory InMemory() =>
        Directory.Exists(Memory) ? new(Directory.CreateDirectory(System.IO.Path.Combine(Memory, $"magsag-gating-{Guid.NewGuid():N}"))) : new();

    public string Path => _directory.FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _directory.Delete(recursive: true);
}
