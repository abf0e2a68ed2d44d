using Magsag.Ledger.Files;

namespace Magsag.Ledger.Lines;

/// <summary>A stretch of a ledger file: the lines that begin in it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Start">The first byte.</param>
/// <param name="End">The byte after the last one.</param>
internal sealed record LedgerRange(string Path, long Start, long End)
{
    // Large enough that opening and seeking don't count, small enough that all threads finish at about the same time.
    public const long UsualSize = 8 * 1024 * 1024;

    /// <summary>Cuts files into ranges.</summary>
    /// <exception cref="UnreadableInputException">A file's length can't be read.</exception>
    public static IEnumerable<LedgerRange> Split(IEnumerable<string> paths, long size)
    {
        foreach (string path in paths)
        {
            long length = LengthOf(path);
            for (long start = 0; start < length; start += size)
            {
                // The last one goes on to the end of the file, wherever that is by then: another process may be writing it.
                yield return new LedgerRange(path, start, start + size < length ? start + size : long.MaxValue);
            }
        }
    }

    private static long LengthOf(string path)
    {
        try
        {
            return new FileInfo(path).Length;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(path, 0, $"The ledger can't be opened: {error.Message}", error);
        }
    }
}
