using Magsag.Pricing;
using Microsoft.Win32.SafeHandles;

namespace Magsag.Gating;

/// <summary>Scans ranges of ledger files, one after the other, on one thread.</summary>
internal sealed class RangeScanner
{
    private const byte LineFeed = (byte)'\n';

    private readonly SymbolTable _symbols = new();
    private readonly CallScanner _scanner;
    // Small enough to stay in the cache of the core that reads it.
    private byte[] _buffer = new byte[128 * 1024];

    public RangeScanner(LedgerFilter? filter, PriceCatalog catalog)
    {
        _scanner = new CallScanner(_symbols);
        Totals = new CallTotals(_symbols, filter, catalog);
    }

    public CallTotals Totals { get; }

    /// <summary>Adds the lines up that begin in a range; false when one of them isn't a ledger line.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is protected.</exception>
    public bool TryScan(LedgerRange range)
    {
        using SafeFileHandle file = File.OpenHandle(range.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);

        // The byte before the range tells whether a line begins at its start.
        long bufferAt = range.Start == 0 ? 0 : range.Start - 1;
        int filled = RandomAccess.Read(file, _buffer, bufferAt);
        bool atLine = range.Start == 0;
        int lineStart = atLine ? ByteOrderMark.LengthIn(_buffer.AsSpan(0, filled)) : 0;
        while (true)
        {
            if (atLine && _scanner.TryScanExpected(_buffer.AsSpan(lineStart, filled - lineStart), out int scanned))
            {
                Totals.Add(_scanner.Call, new CallPlace(range.File, bufferAt + lineStart));
                lineStart += scanned + 1;
                if (bufferAt + lineStart >= range.End)
                {
                    return true;
                }

                continue;
            }

            int length = _buffer.AsSpan(lineStart, filled - lineStart).IndexOf(LineFeed);
            if (length >= 0)
            {
                if (atLine && !TryAdd(_buffer.AsSpan(lineStart, length), new CallPlace(range.File, bufferAt + lineStart), complete: true))
                {
                    return false;
                }

                atLine = true;
                lineStart += length + 1;
                if (bufferAt + lineStart >= range.End)
                {
                    return true;
                }

                continue;
            }

            int kept = filled - lineStart;
            MakeRoom(lineStart, kept);
            bufferAt += lineStart;
            lineStart = 0;
            int read = RandomAccess.Read(file, _buffer.AsSpan(kept), bufferAt + kept);
            filled = kept + read;
            if (read == 0)
            {
                return !atLine || kept == 0 || TryAdd(_buffer.AsSpan(0, kept), new CallPlace(range.File, bufferAt), complete: false);
            }
        }
    }

    private void MakeRoom(int lineStart, int kept)
    {
        byte[] target = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        Buffer.BlockCopy(_buffer, lineStart, target, 0, kept);
        _buffer = target;
    }

    private bool TryAdd(ReadOnlySpan<byte> line, CallPlace place, bool complete)
    {
        if (!line.IsEmpty && line[^1] == '\r')
        {
            line = line[..^1];
        }

        if (_scanner.TryScan(line))
        {
            Totals.Add(_scanner.Call, place);
            return true;
        }

        if (LedgerReader.IsBlank(line))
        {
            return true;
        }

        try
        {
            if (LedgerLineParser.Parse(line).Record is { } record)
            {
                Totals.Add(ScannedCall.Of(record, _symbols), place);
            }
        }
        catch (Exception error) when (LedgerReader.IsMalformed(error))
        {
            Totals.TornLines += complete ? 0 : 1;
            return !complete;
        }

        return true;
    }
}
