namespace Magsag.Runtime.Runs;

/// <summary>Lets one process at a time read a runs directory and append what follows from it. The lock ends with the process, however it ends.</summary>
internal static class RunsDirectoryLock
{
    /// <summary>Waits for the lock; disposing the file gives it back.</summary>
    /// <exception cref="IOException">The directory can't be written.</exception>
    public static async Task<FileStream> TakeAsync(string runsDirectory, string name, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(runsDirectory);
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(runsDirectory, $".{name}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when (IsTaken(error))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // A sharing violation on Windows, EWOULDBLOCK on Linux and macOS; a directory that can't be written is another matter.
    internal static bool IsTaken(IOException error) => error.HResult is unchecked((int)0x80070020) or 11 or 35;
}
