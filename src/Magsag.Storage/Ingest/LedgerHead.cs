using Magsag.Ledger.Files;
using Magsag.Storage.Schema;
using Microsoft.Win32.SafeHandles;

namespace Magsag.Storage.Ingest;

/// <summary>Fingerprints of a ledger file: of its first lines, and of the bytes before an offset.</summary>
internal sealed class LedgerHead
{
    private const int MostBytes = 64 * 1024;
    private const int TailBytes = 1024;

    private LedgerHead(Guid? identity, Guid firstLine)
    {
        Identity = identity;
        FirstLine = firstLine;
    }

    /// <summary>
    /// The key of the first two lines: the session that wrote the file and its first record, which no other file has. Null while
    /// the file has no two whole lines.
    /// </summary>
    public Guid? Identity { get; }

    /// <summary>The key of the first line.</summary>
    public Guid FirstLine { get; }

    /// <exception cref="UnreadableInputException">The file can't be read.</exception>
    public static LedgerHead Read(string path)
    {
        byte[] bytes = ReadAt(path, 0, MostBytes);
        int first = bytes.AsSpan().IndexOf((byte)'\n') + 1;
        int second = first == 0 ? 0 : bytes.AsSpan(first).IndexOf((byte)'\n') + 1;
        Guid? identity = second > 0 ? RowKey.Hash(bytes.AsSpan(0, first + second))
            : bytes.Length == MostBytes ? RowKey.Hash(bytes)
            : null;
        return new LedgerHead(identity, RowKey.Hash(bytes.AsSpan(0, first == 0 ? bytes.Length : first)));
    }

    /// <summary>The key of the last bytes before an offset.</summary>
    /// <exception cref="UnreadableInputException">The file can't be read.</exception>
    public static Guid TailBefore(string path, long offset)
    {
        long start = Math.Max(0, offset - TailBytes);
        return RowKey.Hash(ReadAt(path, start, (int)(offset - start)));
    }

    private static byte[] ReadAt(string path, long offset, int most)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[(int)Math.Clamp(RandomAccess.GetLength(file) - offset, 0, most)];
            int read = RandomAccess.Read(file, bytes, offset);
            return read == bytes.Length ? bytes : bytes[..read];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(path, 0, $"The ledger can't be opened: {error.Message}", error);
        }
    }
}
