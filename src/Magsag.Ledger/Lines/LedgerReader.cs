using System.Text;
using System.Text.Json;
using Magsag.Ledger.Files;
using Magsag.Ledger.Records;

namespace Magsag.Ledger.Lines;

/// <summary>Reads one ledger file record by record, without holding more than one line in memory.</summary>
/// <remarks>
/// A last line that breaks off (its process was killed while it wrote) is skipped and counted in <see cref="TornLines"/>.
/// Any other line that isn't a ledger line throws, because totals with a hole in them would be wrong without anybody knowing.
/// </remarks>
internal sealed class LedgerReader : IDisposable
{
    private const int InitialBufferSize = 64 * 1024;
    private const int LongestLine = 64 * 1024 * 1024;
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly LedgerLineParser _parser;
    private readonly long _rangeEnd = long.MaxValue;
    private readonly bool _knowsLines = true;
    private byte[] _buffer = new byte[InitialBufferSize];
    private int _start;
    private int _end;
    private bool _endOfFile;

    /// <summary>Opens a ledger file; a process that is still appending to it isn't disturbed.</summary>
    /// <exception cref="UnreadableInputException">The file doesn't exist or can't be opened.</exception>
    public LedgerReader(string path)
        : this(path, default(LedgerPosition))
    {
    }

    /// <summary>Opens a ledger file behind the lines that were read before.</summary>
    /// <param name="path">The ledger file.</param>
    /// <param name="start">The <see cref="Position"/> of the reader that read them.</param>
    /// <exception cref="UnreadableInputException">The file doesn't exist or can't be opened.</exception>
    public LedgerReader(string path, LedgerPosition start)
        : this(path, start, start.Offset, new LedgerLineParser())
    {
    }

    /// <summary>Opens a range of a ledger file: the lines that begin in it.</summary>
    /// <param name="range">The range.</param>
    /// <param name="parser">Keeps the texts that ranges have in common.</param>
    /// <exception cref="UnreadableInputException">The file doesn't exist or can't be opened.</exception>
    internal LedgerReader(LedgerRange range, LedgerLineParser parser)
        // The byte before the range tells whether a line begins at its start.
        : this(range.Path, new LedgerPosition(range.Start, 0), Math.Max(0, range.Start - 1), parser)
    {
        _rangeEnd = range.End;
        if (range.Start > 0)
        {
            _knowsLines = false;
            SkipToLine();
        }
    }

    private LedgerReader(string path, LedgerPosition position, long streamStart, LedgerLineParser parser)
    {
        _path = path;
        _parser = parser;
        Position = position;
        try
        {
            RegularFile.Check(path);
            _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1) { Position = streamStart };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(path, 0, $"The ledger can't be opened: {error.Message}", error);
        }
    }

    /// <summary>The session line last seen; null before the first line and in ledgers that have none.</summary>
    public LedgerSession? Session { get; private set; }

    /// <summary>The line that was read last, counted from 1.</summary>
    public int LineNumber { get; private set; }

    /// <summary>Where the lines end that were read so far: a line that broke off or isn't a ledger line lies behind it.</summary>
    public LedgerPosition Position { get; private set; }

    /// <summary>When the file was last written, in UTC.</summary>
    internal DateTime LastWrite => File.GetLastWriteTimeUtc(_path);

    /// <summary>1 when the file's last line broke off, else 0.</summary>
    public int TornLines { get; private set; }

    /// <summary>Lines of a kind that only a later version knows: they were passed over.</summary>
    public int UnknownLines => (int)Math.Min(int.MaxValue, Unknown.Lines);

    /// <summary>The sessions whose lines were read; a process writes its file in one.</summary>
    internal HashSet<Guid> Sessions { get; } = [];

    /// <summary>What a later version wrote and this one doesn't know.</summary>
    internal UnknownParts Unknown { get; private set; }

    /// <summary>Reads on to the next record; false at the end of the file.</summary>
    /// <exception cref="UnreadableInputException">A line isn't a ledger line.</exception>
    public bool TryRead(out LedgerRecord record)
    {
        bool found = TryRead();
        record = found ? new LedgerRecord(Fields) : null!;
        return found;
    }

    /// <summary>The records of calls that were read: all but corrections.</summary>
    internal long Calls { get; private set; }

    /// <summary>The record that was read last, until the next one is read.</summary>
    internal ref readonly RecordFields Fields => ref _parser.Fields;

    /// <summary>Reads on to the next record, which <see cref="Fields"/> has then; false at the end of the file.</summary>
    /// <exception cref="UnreadableInputException">A line isn't a ledger line.</exception>
    internal bool TryRead()
    {
        while (Position.Offset < _rangeEnd && TryReadLine(out ReadOnlySpan<byte> line, out bool complete))
        {
            LineNumber = Position.Lines + 1;
            LedgerPosition behind = new(Position.Offset + line.Length + (complete ? 1 : 0), LineNumber);
            line = WithoutMark(line);
            if (IsBlank(line))
            {
                Position = behind;
                continue;
            }

            if (!TryParse(line, complete, out LedgerLine parsed))
            {
                TornLines++;
                break;
            }

            Position = behind;
            if (parsed.Session is { } session)
            {
                Session = session;
                Sessions.Add(session.Id);
            }

            if (!parsed.Unknown.IsEmpty)
            {
                Unknown += parsed.Unknown;
            }

            if (parsed.IsRecord)
            {
                Calls += Fields.Kind == CallOutcome.Correction ? 0 : 1;
                return true;
            }
        }

        return false;
    }

    private bool TryParse(ReadOnlySpan<byte> line, bool complete, out LedgerLine parsed)
    {
        try
        {
            parsed = _parser.Parse(line);
            return true;
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            if (complete || !CanBreakOff(line))
            {
                throw Malformed(line, error);
            }

            parsed = default;
            return false;
        }
    }

    // A process that was killed leaves the beginning of a line, a machine that lost power zeros behind what it had written.
    private bool CanBreakOff(ReadOnlySpan<byte> line)
    {
        bool isFile = Position.Offset == 0;
        return !(isFile && AreZeros(line)) && !EndsInCarriageReturns(line);
    }

    /// <summary>Reads on to the end of the file.</summary>
    /// <exception cref="UnreadableInputException">A line isn't a ledger line.</exception>
    public IEnumerable<LedgerRecord> ReadToEnd()
    {
        while (TryRead(out LedgerRecord record))
        {
            yield return record;
        }
    }

    /// <summary>Reads the session that a ledger file begins with; null when it has none, is empty or breaks off in its first line.</summary>
    /// <exception cref="UnreadableInputException">The file can't be opened or doesn't begin with a ledger line.</exception>
    public static LedgerSession? ReadSession(string path)
    {
        using var reader = new LedgerReader(path);
        if (!reader.TryReadLine(out ReadOnlySpan<byte> line, out bool complete) || !complete)
        {
            return null;
        }

        reader.LineNumber = 1;
        line = reader.WithoutMark(line);
        return !IsBlank(line) && reader.TryParse(line, complete, out LedgerLine parsed) ? parsed.Session : null;
    }

    /// <summary>The ids of a ledger file's session and of its first record, which together tell it from any other; null where it has none.</summary>
    /// <exception cref="UnreadableInputException">The file can't be opened or doesn't begin with ledger lines.</exception>
    public static (Guid? Session, Guid? Record) ReadFirstIds(string path)
    {
        Guid? session = ReadSession(path)?.Id;
        using var reader = new LedgerReader(path);
        return (session, reader.TryRead() ? reader.Fields.Id : null);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    // No line begins in a range that ends before the next line feed.
    private void SkipToLine()
    {
        long at = Position.Offset - 1;
        while (true)
        {
            int length = _buffer.AsSpan(_start, _end - _start).IndexOf(LineFeed);
            at += length >= 0 ? length + 1 : _end - _start;
            _start = length >= 0 ? _start + length + 1 : _end;
            int searched = _end;
            if (length >= 0 || at >= _rangeEnd || !Fill(ref searched))
            {
                Position = new LedgerPosition(length >= 0 ? at : long.MaxValue, 0);
                return;
            }
        }
    }

    // 'complete' tells whether the line ended in a line feed: only the last one may not.
    private bool TryReadLine(out ReadOnlySpan<byte> line, out bool complete)
    {
        int searched = _start;
        while (true)
        {
            int length = _buffer.AsSpan(searched, _end - searched).IndexOf(LineFeed);
            if (length >= 0)
            {
                int lineEnd = searched + length;
                line = _buffer.AsSpan(_start, lineEnd - _start);
                _start = lineEnd + 1;
                complete = true;
                return true;
            }

            searched = _end;
            if (_endOfFile || !Fill(ref searched))
            {
                line = _buffer.AsSpan(_start, _end - _start);
                _start = _end;
                complete = false;
                return line.Length > 0;
            }
        }
    }

    private bool Fill(ref int searched)
    {
        if (_end == _buffer.Length)
        {
            int kept = _end - _start;
            byte[] target = kept > _buffer.Length / 2 ? LargerBuffer() : _buffer;
            Buffer.BlockCopy(_buffer, _start, target, 0, kept);
            _buffer = target;
            searched -= _start;
            _start = 0;
            _end = kept;
        }

        int read = Read();
        _end += read;
        _endOfFile = read == 0;
        return !_endOfFile;
    }

    private byte[] LargerBuffer() => _buffer.Length < LongestLine
        ? new byte[_buffer.Length * 2]
        : throw new UnreadableInputException(_path, LineOf(Position), $"Expected a ledger line, found one of more than {LongestLine / 2 / 1024 / 1024} MB. Delete the line or the file, or record again.");

    private int Read()
    {
        try
        {
            return _stream.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(_path, 0, $"The ledger can't be read: {error.Message}", error);
        }
    }

    // A byte order mark stands at the beginning of a file and nowhere else.
    private ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> line) => Position.Offset == 0 ? line.Slice(ByteOrderMark.LengthIn(line)) : line;

    private UnreadableInputException Malformed(ReadOnlySpan<byte> line, Exception error) =>
        new(_path, LineOf(Position), $"Expected a ledger line (a JSON object), found {Found(line)}: {LocatedJsonReader.WithoutPosition(error.Message)} {RemedyFor(line)}", error);

    private static bool AreZeros(ReadOnlySpan<byte> line)
    {
        foreach (byte character in line)
        {
            if (character != 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool EndsInCarriageReturns(ReadOnlySpan<byte> lines) => lines.IndexOf("\r{"u8) >= 0;

    private static string RemedyFor(ReadOnlySpan<byte> line) => EndsInCarriageReturns(line)
        ? "Its lines end in carriage returns; end them in line feeds, as Magsag writes them."
        : "Delete the line or the file, or record again.";

    private static string Found(ReadOnlySpan<byte> line) => AreZeros(line) ? $"{line.Length} zero bytes" : $"'{Excerpt(line)}'";

    // A range doesn't know how many lines stand before it; an error is worth counting them.
    private int LineOf(LedgerPosition position)
    {
        if (_knowsLines)
        {
            return position.Lines + 1;
        }

        _stream.Position = 0;
        byte[] buffer = new byte[InitialBufferSize];
        int lines = 1;
        long left = position.Offset;
        while (left > 0 && _stream.Read(buffer, 0, (int)Math.Min(left, buffer.Length)) is var read and > 0)
        {
            left -= read;
            foreach (byte character in buffer.AsSpan(0, read))
            {
                lines += character == LineFeed ? 1 : 0;
            }
        }

        return lines;
    }

    private static bool IsBlank(ReadOnlySpan<byte> line)
    {
        foreach (byte character in line)
        {
            if (character is not ((byte)' ' or (byte)'\t' or CarriageReturn))
            {
                return false;
            }
        }

        return true;
    }

    private static string Excerpt(ReadOnlySpan<byte> line)
    {
        const int Most = 40;
        string text = Encoding.UTF8.GetString(line.Slice(0, Math.Min(line.Length, Most)).ToArray());
        return line.Length > Most ? text + "…" : text;
    }
}
