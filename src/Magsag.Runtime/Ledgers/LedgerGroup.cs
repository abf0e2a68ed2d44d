using System.Buffers;
using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;

namespace Magsag.Runtime.Ledgers;

/// <summary>The lines that are written to the disk together, and those who wait for it.</summary>
internal sealed class LedgerGroup
{
    private readonly ArrayBufferWriter<byte> _buffer;
    private readonly LedgerLineWriter _lines;

    public LedgerGroup(int initialBytes)
    {
        _buffer = new ArrayBufferWriter<byte>(initialBytes);
        _lines = new LedgerLineWriter(_buffer);
    }

    public ReadOnlySpan<byte> Lines => _buffer.WrittenSpan;

    public int Records { get; private set; }

    public List<LedgerRequest> Requests { get; } = [];

    public bool IsEmpty => Records == 0 && Requests.Count == 0;

    public void Add(LedgerRecord record)
    {
        _lines.Write(record);
        Records++;
    }

    public void Clear()
    {
        _buffer.ResetWrittenCount();
        Requests.Clear();
        Records = 0;
    }
}
