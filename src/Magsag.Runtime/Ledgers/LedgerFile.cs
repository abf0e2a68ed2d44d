using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Magsag.Runtime.Ledgers;

/// <summary>One file that one process appends to. What is written stands whole or not at all, unless the machine stops.</summary>
internal sealed class LedgerFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private LedgerFile(string path, SafeFileHandle handle)
    {
        Path = path;
        _handle = handle;
    }

    public string Path { get; }

    public long Length { get; private set; }

    /// <summary>Whether the file was deleted, so that what is appended to it would be lost.</summary>
    public bool IsGone => !File.Exists(Path);

    public static LedgerFile Create(string directory)
    {
        Directory.CreateDirectory(directory);
        string name = string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd'T'HHmmss'Z'}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}.jsonl");
        string path = System.IO.Path.Combine(directory, name);
        return new LedgerFile(path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete));
    }

    /// <summary>Appends lines. When that fails half way, what was written of them is taken back.</summary>
    /// <param name="lines">Whole lines.</param>
    /// <param name="flushToDisk">Whether to wait until the disk itself has them.</param>
    public void Append(ReadOnlySpan<byte> lines, bool flushToDisk)
    {
        try
        {
            RandomAccess.Write(_handle, lines, Length);
            if (flushToDisk)
            {
                RandomAccess.FlushToDisk(_handle);
            }

            Length += lines.Length;
        }
        catch
        {
            RandomAccess.SetLength(_handle, Length);
            throw;
        }
    }

    /// <summary>Closes and deletes a file that never took a whole line: a full disk would otherwise fill a directory with empty ones.</summary>
    public void Discard()
    {
        Dispose();
        File.Delete(Path);
    }

    public void Dispose() => _handle.Dispose();
}
