using System.Buffers;
using Magsag.Gating;

namespace Magsag.Runtime;

/// <summary>The files that one process appends to, one after the other.</summary>
internal sealed class LedgerFiles(string runsDirectory, CostLedgerOptions options, LedgerSession session) : ILedgerOutput
{
    private LedgerFile? _file;

    public void Append(ReadOnlySpan<byte> lines)
    {
        if (_file is { } open && (open.Length >= options.MaxFileBytes || open.IsGone))
        {
            Close();
        }

        try
        {
            _file ??= Begin();
            _file.Append(lines, options.FlushToDisk);
        }
        catch
        {
            // The next group tries a new file: the disk may be back, or the directory.
            Close();
            throw;
        }
    }

    public void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    private LedgerFile Begin()
    {
        var header = new ArrayBufferWriter<byte>();
        new LedgerLineWriter(header).Write(session);
        LedgerFile file = LedgerFile.Create(Path.Combine(runsDirectory, "costs"));
        try
        {
            file.Append(header.WrittenSpan, options.FlushToDisk);
            return file;
        }
        catch
        {
            file.Discard();
            throw;
        }
    }
}
