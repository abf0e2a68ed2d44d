using Magsag.Ledger.Files;
using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;

namespace Magsag.Runtime.Runs;

/// <summary>Reads back what this process appended to its ledger, each record once, so that summaries are made of what really stands there.</summary>
internal sealed class AppendedRecords(Func<string[]> paths)
{
    private int _file;
    private LedgerPosition _position;

    /// <summary>Whether records were passed over: their file is gone or can't be read, or they were too many.</summary>
    public bool HasGap { get; private set; }

    /// <summary>Reads on to the end of what is appended by now.</summary>
    /// <param name="add">Takes each record.</param>
    /// <param name="mostBytes">How much to read at most.</param>
    public void ReadOn(Action<LedgerRecord> add, long mostBytes = long.MaxValue)
    {
        string[] files = paths();
        while (_file < files.Length && mostBytes > 0)
        {
            mostBytes -= ReadOn(files[_file], add, mostBytes);
            if (_file == files.Length - 1)
            {
                return;
            }

            // A file that another one follows grows no more.
            _file++;
            _position = default;
        }
    }

    private long ReadOn(string path, Action<LedgerRecord> add, long mostBytes)
    {
        long start = _position.Offset;
        try
        {
            using var reader = new LedgerReader(path, _position);
            while (reader.Position.Offset - start < mostBytes)
            {
                if (!reader.TryRead(out LedgerRecord record))
                {
                    _position = reader.Position;
                    return _position.Offset - start;
                }

                add(record);
            }

            HasGap = true;
            return mostBytes;
        }
        catch (UnreadableInputException)
        {
            // Readers of the ledger report it; a summary only says that it isn't whole.
            HasGap = true;
            _position = new LedgerPosition(LengthOf(path), 0);
            return 0;
        }
    }

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
