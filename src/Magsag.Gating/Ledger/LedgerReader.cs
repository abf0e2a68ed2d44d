using System.Text;
using System.Text.Json;

namespace Magsag.Gating;

/// <summary>Reads one ledger file record by record, without holding more than one line in memory.</summary>
/// <remarks>
/// A last line that breaks off (its process was killed while it wrote) is skipped and counted in <see cref="TornLines"/>.
/// Any other line that isn't a ledger line throws, because totals with a hole in them would be wrong without anybody knowing.
/// </remarks>
public sealed class LedgerReader : IDisposable
{
    private const int InitialBufferSize = 64 * 1024;
    private const byte LineFeed = (byte)'\n';

    private readonly string _path;
    private readonly FileStream _stream;
    private byte[] _buffer = new byte[InitialBufferSize];
    private int _start;
    private int _end;
    private bool _endOfFile;

    /// <summary>Opens a ledger file; a process that is still appending to it isn't disturbed.</summary>
    /// <exception cref="UnreadableInputException">The file doesn't exist or can't be opened.</exception>
    public LedgerReader(string path)
        : this(path, default)
    {
    }

    /// <summary>Opens a ledger file behind the lines that were read before.</summary>
    /// <param name="path">The ledger file.</param>
    /// <param name="start">The <see cref="Position"/> of the reader that read them.</param>
    /// <exception cref="UnreadableInputException">The file doesn't exist or can't be opened.</exception>
    public LedgerReader(string path, LedgerPosition start)
    {
        _path = path;
        Position = start;
        try
        {
            _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1) { Position = start.Offset };
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

    /// <summary>1 when the file's last line broke off, else 0.</summary>
    public int TornLines { get; private set; }

    /// <summary>Lines of a kind that only a later version knows: they were passed over.</summary>
    public int UnknownLines { get; private set; }

    /// <summary>Reads on to the next record; false at the end of the file.</summary>
    /// <exception cref="UnreadableInputException">A line isn't a ledger line.</exception>
    public bool TryRead(out LedgerRecord record)
    {
        while (TryReadLine(out ReadOnlySpan<byte> line, out bool complete))
        {
            LineNumber = Position.Lines + 1;
            LedgerPosition behind = new(Position.Offset + line.Length + (complete ? 1 : 0), LineNumber);
            line = WithoutMark(line);
            if (IsBlank(line))
            {
                Position = behind;
                continue;
            }

            LedgerLine parsed;
            try
            {
                parsed = LedgerLineParser.Parse(line);
            }
            catch (Exception error) when (IsMalformed(error))
            {
                if (!complete)
                {
                    TornLines++;
                    break;
                }

                throw Malformed(line, error);
            }

            Position = behind;
            Session = parsed.Session ?? Session;
            if (parsed.Record is { } found)
            {
                record = found;
                return true;
            }

            UnknownLines += parsed.Session is null ? 1 : 0;
        }

        record = null!;
        return false;
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
        try
        {
            return LedgerLineParser.Parse(line).Session;
        }
        catch (Exception error) when (IsMalformed(error))
        {
            throw reader.Malformed(line, error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

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
            byte[] target = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
            Buffer.BlockCopy(_buffer, _start, target, 0, kept);
            _buffer = target;
            searched -= _start;
            _start = 0;
            _end = kept;
        }

        int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _endOfFile = read == 0;
        return !_endOfFile;
    }

    internal static bool IsMalformed(Exception error) => error is JsonException or FormatException or InvalidOperationException;

    // A byte order mark stands at the beginning of a file and nowhere else.
    private ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> line) => Position.Offset == 0 ? line.Slice(ByteOrderMark.LengthIn(line)) : line;

    private UnreadableInputException Malformed(ReadOnlySpan<byte> line, Exception error) =>
        new(_path, LineNumber, $"Expected a ledger line (a JSON object), found '{Excerpt(line)}': {LocatedJsonReader.WithoutPosition(error.Message)} Delete the line or the file, or record again.", error);

    internal static bool IsBlank(ReadOnlySpan<byte> line)
    {
        foreach (byte character in line)
        {
            if (character is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
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
