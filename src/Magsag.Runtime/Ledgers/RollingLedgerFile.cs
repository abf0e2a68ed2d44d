using System.Buffers;
using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;

namespace Magsag.Runtime.Ledgers;

/// <summary>The files that one process appends to, one after the other.</summary>
internal sealed class RollingLedgerFile(string runsDirectory, CostLedgerOptions options, LedgerSession session) : ILedgerOutput
{
    private readonly Lock _gate = new();
    private readonly List<string> _paths = [];
    private LedgerFile? _file;

    /// <summary>The session that the files begin with.</summary>
    public LedgerSession Session => session;

    /// <summary>The files that were begun so far, oldest first. From any thread.</summary>
    public string[] Paths
    {
        get
        {
            lock (_gate)
            {
                return [.. _paths];
            }
        }
    }

    public void Append(ReadOnlySpan<byte> lines)
    {
        if (_file is { } open && (open.Length >= options.MaxFileBytes || open.IsGone))
        {
            Close();
        }

        try
        {
            _file ??= BeginFile();
            _file.Append(lines, options.FlushToDisk);
        }
        catch
        {
            // The next group tries a new file: the disk may be back, or the directory.
            Close();
            throw;
        }
    }

    public void Begin() => _file ??= BeginFile();

    public void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    private LedgerFile BeginFile()
    {
        var header = new ArrayBufferWriter<byte>();
        new LedgerLineWriter(header).Write(session);
        LedgerFile file = LedgerFile.Create(Path.Combine(runsDirectory, "costs"));
        try
        {
            file.Append(header.WrittenSpan, options.FlushToDisk);
            lock (_gate)
            {
                _paths.Add(file.Path);
            }

            return file;
        }
        catch
        {
            file.Discard();
            throw;
        }
    }
}
