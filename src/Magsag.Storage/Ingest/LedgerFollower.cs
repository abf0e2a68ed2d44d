using Magsag.Ledger.Files;
using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;

namespace Magsag.Storage.Ingest;

/// <summary>Reads one ledger file on from where the store has it, stretch by stretch.</summary>
internal sealed class LedgerFollower : IDisposable
{
    private readonly string _path;
    private readonly string _origin;
    private readonly long _modified;
    private readonly LedgerHead _head;
    private readonly LedgerReader _reader;
    private readonly bool _tracked;
    private SourceState? _expected;
    private LedgerPosition _position;
    private int _unknownLines;
    private int _firstRecord;

    private LedgerFollower(string path, string origin, long modified, LedgerHead head, SourceState? known, LedgerPosition start, bool tracked)
    {
        _path = path;
        _origin = origin;
        _modified = modified;
        _head = head;
        _expected = known;
        _tracked = tracked;
        _position = start;
        _reader = new LedgerReader(path, start);
    }

    public bool IsTorn => _reader.TornLines > 0;

    /// <summary>Opens a file; null when nothing in it is new.</summary>
    /// <exception cref="UnreadableInputException">The file can't be opened.</exception>
    public static LedgerFollower? Open(string path, SourceIndex sources)
    {
        var file = new FileInfo(path);
        string origin = $"{Environment.MachineName}:{path}";
        long modified = file.LastWriteTimeUtc.Ticks;
        if (file.Exists && sources.IsReadToEnd(origin, file.Length, modified))
        {
            return null;
        }

        LedgerHead head = LedgerHead.Read(path);
        SourceState? known = head.Identity is { } identity ? sources.Find(identity) : null;
        bool shorter = known is not null && file.Length < known.Position.Offset;
        bool follows = known is not null && !shorter && LedgerHead.TailBefore(path, known.Position.Offset) == known.Tail;

        // A shorter copy must not reset the position of the longer file; its records are recognised by their ids.
        return new LedgerFollower(path, origin, modified, head, known, follows ? known!.Position : default, tracked: head.Identity is not null && !shorter);
    }

    /// <summary>Reads on until the batch is full; false at the end of the file.</summary>
    /// <exception cref="UnreadableInputException">A line isn't a ledger line.</exception>
    public bool Fill(IngestBatch batch, int size)
    {
        _firstRecord = batch.Records.Count;
        while (batch.Records.Count < size)
        {
            bool found = _reader.TryRead(out LedgerRecord record);
            // Stores answer what was spent; what a cassette answered wasn't.
            if (found && !record.Replayed)
            {
                batch.Add(RecordIdentity.WithId(record, _head, _reader.Position));
            }

            _position = _reader.Position;
            if (!found)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The stretch that was read last.</summary>
    public SourceSpan TakeSpan(IngestBatch batch)
    {
        SourceState? state = _tracked
            ? new SourceState(_head.Identity!.Value, _origin, _modified, _position, LedgerHead.TailBefore(_path, _position.Offset))
            : null;
        var span = new SourceSpan
        {
            Path = _path,
            FirstRecord = _firstRecord,
            RecordCount = batch.Records.Count - _firstRecord,
            UnknownLines = _reader.UnknownLines - _unknownLines,
            State = state,
            Expected = _expected,
        };
        _expected = state;
        _unknownLines = _reader.UnknownLines;
        return span;
    }

    public void Dispose() => _reader.Dispose();
}
