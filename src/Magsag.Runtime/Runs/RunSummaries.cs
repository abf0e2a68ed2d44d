using Magsag.Ledger.Records;
using Magsag.Ledger.Summaries;

namespace Magsag.Runtime.Runs;

/// <summary>Makes the summaries of runs, <c>agents/&lt;RUN_ID&gt;/summary.json</c>, of what this session appended to the ledger. Used by one thread.</summary>
/// <remarks>
/// Memory is bounded: the run whose last call is longest ago is written and forgotten. A summary that may lack calls of its run says so:
/// other sessions recorded some, the run came back after it was forgotten, or it has too many rows. The ledger has them all.
/// </remarks>
internal sealed class RunSummaries(string runsDirectory, Guid session, AppendedRecords records)
{
    private const int MostRuns = 1024;
    private const int MostRows = 65_536;

    // The summaries at the end must not keep a process from ending.
    private const long MostBytesAtEnd = 32 * 1024 * 1024;

    private readonly RunSessions _sessions = new(session);
    private readonly Dictionary<string, LinkedListNode<RunAccumulator>> _runs = new(StringComparer.Ordinal);

    // The run with the latest call comes first.
    private readonly LinkedList<RunAccumulator> _latest = new();
    private int _rows;

    /// <summary>Writes the summaries of runs.</summary>
    public void Write(IEnumerable<string> runs)
    {
        records.ReadOn(Add);
        foreach (string run in runs)
        {
            if (_runs.TryGetValue(run, out LinkedListNode<RunAccumulator>? found))
            {
                TryWrite(found.Value);
            }
        }
    }

    /// <summary>Writes the summaries of all runs that aren't forgotten: the process may end now.</summary>
    public void WriteAll()
    {
        records.ReadOn(Add, MostBytesAtEnd);
        foreach (RunAccumulator run in _latest)
        {
            TryWrite(run);
        }
    }

    private void Add(LedgerRecord record)
    {
        if (record.RunId is not { } run)
        {
            return;
        }

        RunAccumulator accumulator = Touch(run);
        int before = accumulator.Rows;
        accumulator.Add(record);
        _rows += accumulator.Rows - before;
        while (_latest.Count > 1 && (_latest.Count > MostRuns || _rows > MostRows))
        {
            Forget(_latest.Last!);
        }
    }

    private RunAccumulator Touch(string run)
    {
        if (_latest.First is { } first && first.Value.Run == run)
        {
            return first.Value;
        }

        if (_runs.TryGetValue(run, out LinkedListNode<RunAccumulator>? node))
        {
            _latest.Remove(node);
        }
        else
        {
            node = new LinkedListNode<RunAccumulator>(new RunAccumulator(run) { HasMissed = !_sessions.TryJoin(RunDirectory.PathOf(runsDirectory, run)) });
            _runs[run] = node;
        }

        _latest.AddFirst(node);
        return node.Value;
    }

    private void Forget(LinkedListNode<RunAccumulator> node)
    {
        TryWrite(node.Value);
        _rows -= node.Value.Rows;
        _latest.Remove(node);
        _runs.Remove(node.Value.Run);
    }

    private void TryWrite(RunAccumulator run)
    {
        if (!run.HasChanged)
        {
            return;
        }

        try
        {
            string directory = RunDirectory.PathOf(runsDirectory, run.Run);
            bool partial = run.HasMissed || run.LeftOutCalls > 0 || records.HasGap || _sessions.HasOthers(directory);
            Write(directory, run, partial);
            if (!partial && _sessions.HasOthers(directory))
            {
                // Another session has joined meanwhile: its summary may have been replaced by this one.
                Write(directory, run, isPartial: true);
            }

            run.MarkWritten();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The ledger is the source of truth: a summary can be made again from it, and its own failure was reported.
        }
    }

    private void Write(string directory, RunAccumulator run, bool isPartial) =>
        SummaryFile.Write(Path.Combine(directory, "summary.json"), run.ToSummary() with { IsPartial = isPartial, LeftOutCalls = run.LeftOutCalls, Session = session }, run.Run);
}
