using Microsoft.Win32.SafeHandles;

namespace Magsag.Runtime;

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

    public static LedgerFile Create(string directory)
    {
        Directory.CreateDirectory(directory);
        string name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd'T'HHmmss'Z'}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}.jsonl");
        string path = System.IO.Path.Combine(directory, name);
        return new LedgerFile(path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete));
    }

    /// <summary>Appends lines. When that fails half way, what was written of them is taken back.</summary>
    public void Append(ReadOnlySpan<byte> lines)
    {
        try
        {
            RandomAccess.Write(_handle, lines, Length);
            Length += lines.Length;
        }
        catch
        {
            RandomAccess.SetLength(_handle, Length);
            throw;
        }
    }

    public void Dispose() => _handle.Dispose();
}
