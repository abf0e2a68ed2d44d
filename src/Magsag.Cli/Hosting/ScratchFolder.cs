namespace Magsag.Cli.Hosting;

/// <summary>A folder for what only one command needs: made when it is asked for, in the machine's temporary folder and for this user alone, and gone when the command ends.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly Lazy<string> _path = new(static () => Directory.CreateTempSubdirectory("magsag-").FullName);

    public string Path => _path.Value;

    public void Dispose()
    {
        if (!_path.IsValueCreated)
        {
            return;
        }

        try
        {
            Directory.Delete(_path.Value, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Already deleted, or in use: the system cleans its temporary folder later.
        }
    }
}
