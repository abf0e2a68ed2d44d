namespace Magsag.Ledger.Files;

/// <summary>Reads a file as a whole that has to fit into memory; a device or pipe that never ends is refused like a file that is too large.</summary>
internal static class InputBytes
{
    /// <summary>The bytes of a file; null when it has more than <paramref name="most"/>.</summary>
    /// <exception cref="IOException">The file can't be opened or read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is protected, or a folder.</exception>
    public static byte[]? Read(string path, int most)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        long length = file.CanSeek ? file.Length : 0;
        if (length > most)
        {
            return null;
        }

        using var content = new MemoryStream((int)length);
        byte[] part = new byte[80 * 1024];
        for (int read = file.Read(part, 0, part.Length); read > 0; read = file.Read(part, 0, part.Length))
        {
            if (content.Length + read > most)
            {
                return null;
            }

            content.Write(part, 0, read);
        }

        return content.Length == content.Capacity ? content.GetBuffer() : content.ToArray();
    }
}
