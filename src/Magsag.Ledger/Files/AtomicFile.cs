namespace Magsag.Ledger.Files;

/// <summary>Writes a file as a whole or not at all: into a temporary file beside it, which then takes its place.</summary>
internal static class AtomicFile
{
    /// <summary>Writes <paramref name="content"/> to <paramref name="path"/>, making its directory when it is missing.</summary>
    /// <exception cref="IOException">The file can't be written; what was there before is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its directory is protected.</exception>
    public static void Write(string path, byte[] content) => Write(path, file => file.Write(content, 0, content.Length));

    /// <summary>Lets <paramref name="write"/> write the content of <paramref name="path"/>, making its directory when it is missing.</summary>
    /// <exception cref="IOException">The file can't be written; what was there before is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its directory is protected.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        path = TargetOf(Path.GetFullPath(path));
        if (IsDevice(path))
        {
            using var device = new FileStream(path, FileMode.Open, FileAccess.Write);
            write(device);
            return;
        }

        string directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory);
        string temporary = Path.Combine(directory, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (FileStream file = File.Create(temporary))
            {
                write(file);
            }

            Replace(temporary, path);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    // /dev/stdout, /dev/null, a pipe of the shell (/dev/fd/63): these are written into, and must never be replaced by a file.
    private static bool IsDevice(string path) =>
        Path.DirectorySeparatorChar == '/' && (Begins(path, "/dev/") || Begins(path, "/proc/")) && !Begins(path, "/dev/shm/");

    private static bool Begins(string path, string folder) => path.StartsWith(folder, StringComparison.Ordinal);

    // What a symbolic link points at is replaced, not the link.
    private static string TargetOf(string path)
    {
#if NET
        return !IsDevice(path) && new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;
#else
        return path;
#endif
    }

    private static void Replace(string temporary, string path)
    {
#if NET
        File.Move(temporary, path, overwrite: true);
#else
        if (File.Exists(path))
        {
            File.Replace(temporary, path, null);
        }
        else
        {
            File.Move(temporary, path);
        }
#endif
    }
}
