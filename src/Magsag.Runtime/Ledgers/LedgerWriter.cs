using Magsag.Ledger.Records;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Ledgers;

/// <summary>The one thread that takes records from the queue and appends them in groups. It does nothing else: no task, no file but the ledger's, no call of the app's code that isn't guarded.</summary>
internal sealed class LedgerWriter
{
    private const int MaxGroupBytes = 1024 * 1024;

    // Enough to make a write worth its while, few enough that the records die young.
    private const int MaxGatheredRecords = 1024;

    private readonly LedgerQueue _queue;
    private readonly ILedgerOutput _output;
    private readonly string _runsDirectory;
    private readonly ILogger _logger;
    private readonly int _flushMilliseconds;
    private readonly LedgerGroup _group = new(MaxGroupBytes / 4);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private readonly int _gatheredRecords;
    private volatile bool _closing;
    private bool _failing;
    private long _lost;
    private long _written;

    public LedgerWriter(LedgerQueue queue, ILedgerOutput output, string runsDirectory, CostLedgerOptions options)
    {
        _queue = queue;
        _output = output;
        _runsDirectory = runsDirectory;
        _logger = GuardedLogger.Around(options.Logger);
        _flushMilliseconds = (int)options.FlushInterval.TotalMilliseconds;
        _gatheredRecords = Math.Clamp(queue.Capacity / 4, 1, MaxGatheredRecords);

        // A thread of its own, no tasks: callers may block the whole thread pool while they wait for room.
        _thread = new Thread(Run) { IsBackground = true, Name = "Magsag ledger" };
        _thread.Start();
    }

    public long LostRecords => Interlocked.Read(ref _lost);

    public bool HasWritten => Interlocked.Read(ref _written) > 0;

    public bool IsClosing => _closing;

    public Task Finished => _finished.Task;

    /// <summary>Has what is left written and the queue closed.</summary>
    public void Close()
    {
        _closing = true;
        _queue.Wake();
    }

    public bool Join(TimeSpan patience) => _thread.Join(patience);

    private void Run()
    {
        for (bool closes = false; !closes;)
        {
            _queue.ClearWake();
            closes = _closing;
            if (closes)
            {
                _queue.Close();
            }

            TryWriteAll();
            if (!closes)
            {
                Sleep();
            }
        }

        TryClose();
        _finished.SetResult();
    }

    // Nothing in here should throw. If something does (memory runs out, say), that group is lost and counted, and the thread lives.
    private void TryWriteAll()
    {
        try
        {
            TakeAll();
            WriteGroup();
        }
        catch (Exception error)
        {
            CountLost(_group.Records);
            FinishRequests(error);
            _group.Clear();
            RuntimeLog.Fault(_logger, error);
        }
    }

    private void TryClose()
    {
        try
        {
            _output.Close();
        }
        catch (Exception error)
        {
            RuntimeLog.Fault(_logger, error);
        }
    }

    private void TakeAll()
    {
        while (_queue.TryTake(out object? item))
        {
            Take(item);
            if (_group.Lines.Length >= MaxGroupBytes)
            {
                WriteGroup();
            }
        }
    }

    // First until an item arrives, then a little longer for more: at a steady pace no caller pays for waking this thread.
    private void Sleep()
    {
        _queue.Sleep(1, Timeout.Infinite);
        _queue.Sleep(_gatheredRecords + 1, _flushMilliseconds);
    }

    private void Take(object item)
    {
        if (item is LedgerRecord record)
        {
            TryAdd(record);
            return;
        }

        var request = (LedgerRequest)item;
        if (request.Record is not { } requested || TryAdd(requested))
        {
            _group.Requests.Add(request);
        }
        else
        {
            request.Finish(_runsDirectory, new InvalidDataException("It has a member that can't be written."));
        }
    }

    private bool TryAdd(LedgerRecord record)
    {
        try
        {
            _group.Add(record);
            return true;
        }
        catch (Exception error)
        {
            // One bad record must cost neither the others nor the app.
            CountLost(1);
            RuntimeLog.Fault(_logger, error);
            return false;
        }
    }

    private void WriteGroup()
    {
        if (_group.IsEmpty)
        {
            return;
        }

        Exception? failure = _group.Requests.Exists(static request => request.BeginsFile) ? TryBegin() : null;
        failure = TryAppend() ?? failure;
        FinishRequests(failure);
        _group.Clear();
    }

    private void FinishRequests(Exception? failure)
    {
        foreach (LedgerRequest request in _group.Requests)
        {
            request.Finish(_runsDirectory, failure);
        }
    }

    private Exception? TryBegin()
    {
        try
        {
            _output.Begin();
            return null;
        }
        catch (Exception error)
        {
            ReportFailure(error);
            return error;
        }
    }

    private Exception? TryAppend()
    {
        if (_group.Records == 0)
        {
            return null;
        }

        try
        {
            _output.Append(_group.Lines);
            Interlocked.Add(ref _written, _group.Records);
            _failing = false;
            return null;
        }
        catch (Exception error)
        {
            CountLost(_group.Records);
            ReportFailure(error);
            return error;
        }
    }

    // Once until it works again, or a full disk would fill the log too.
    private void ReportFailure(Exception error)
    {
        if (!_failing)
        {
            RuntimeLog.CannotWrite(_logger, _runsDirectory, error);
        }

        _failing = true;
    }

    private void CountLost(int records)
    {
        Interlocked.Add(ref _lost, records);
        CostMeter.CountLost(records);
    }
}
