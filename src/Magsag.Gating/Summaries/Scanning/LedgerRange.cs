namespace Magsag.Gating;

/// <summary>A stretch of a ledger file: the lines that begin in it.</summary>
/// <param name="File">The file's number.</param>
/// <param name="Path">The file.</param>
/// <param name="Start">The first byte.</param>
/// <param name="End">The byte after the last one.</param>
internal sealed record LedgerRange(int File, string Path, long Start, long End)
{
    // Large enough that opening and seeking don't count, small enough that all threads finish at about the same time.
    public const long UsualSize = 8 * 1024 * 1024;

    /// <summary>Cuts files into ranges.</summary>
    /// <exception cref="IOException">A file's length can't be read.</exception>
    public static IEnumerable<LedgerRange> Of(IReadOnlyList<string> paths, long size)
    {
        for (int file = 0; file < paths.Count; file++)
        {
            long length = new FileInfo(paths[file]).Length;
            for (long start = 0; start < length; start += size)
            {
                yield return new LedgerRange(file, paths[file], start, Math.Min(start + size, length));
            }
        }
    }
}
