using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Runs;

/// <summary>Writes the files of runs, summaries and logs of tool calls, on a thread of its own, so that the ledger's thread and the app wait for neither.</summary>
internal sealed class RunFiles
{
    // Runs and tool calls that may wait, so that a slow disk can't fill the memory.
    private const int MostWaiting = 65_536;

    private readonly Lock _gate = new();
    private readonly BlockingCollection<object> _queue = new(MostWaiting);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RunSummaries _summaries;
    private readonly McpCallFiles _toolCalls;
    private readonly Action _awaitLedger;
    private readonly ILogger _logger;
    private readonly string _runsDirectory;
    private volatile Thread? _thread;
    private bool _closed;
    private bool _failing;

    /// <summary>Makes the writer; its thread begins with the first file that is asked for.</summary>
    /// <param name="runsDirectory">The runs directory.</param>
    /// <param name="summaries">Makes the summaries.</param>
    /// <param name="awaitLedger">Waits until the ledger has all that was recorded so far.</param>
    /// <param name="logger">Receives what can't be written.</param>
    public RunFiles(string runsDirectory, RunSummaries summaries, Action awaitLedger, ILogger logger)
    {
        _runsDirectory = runsDirectory;
        _summaries = summaries;
        _toolCalls = new McpCallFiles(runsDirectory);
        _awaitLedger = awaitLedger;
        _logger = logger;
    }

    /// <summary>Completes when the thread has ended, or was never needed.</summary>
    public Task Finished => _finished.Task;

    /// <summary>Hands the call of a tool over; false when there is no room, or no more is taken.</summary>
    public bool TryEnqueue(McpCall call, bool waitForRoom) => TryAdd(call, waitForRoom);

    /// <summary>Asks for the summary of a run. Never waits: when 65,536 wait, this one isn't made.</summary>
    public void Summarise(string run) => TryAdd(run, waitForRoom: false);

    /// <summary>Completes when all that was asked for so far is written.</summary>
    public Task FlushAsync() => _thread is null ? Task.CompletedTask : RequestAsync(new RunFilesRequest(allSummaries: false), waitForRoom: true);

    /// <summary>Completes when all that was asked for so far and the summaries of open runs are written.</summary>
    public Task FinishOpenRunsAsync() => RequestAsync(new RunFilesRequest(allSummaries: true), waitForRoom: false);

    /// <summary>Has what is left written, with the summaries of open runs, and ends the thread. The ledger is closed by then.</summary>
    /// <param name="hasRecords">Whether the ledger has records, so that there are runs to summarise.</param>
    public void Close(bool hasRecords)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            if (_thread is null && !hasRecords)
            {
                _finished.TrySetResult();
                return;
            }

            Start();
            _queue.CompleteAdding();
        }
    }

    public bool Join(TimeSpan patience) => _thread?.Join(patience) ?? true;

    private Task RequestAsync(RunFilesRequest request, bool waitForRoom) => TryAdd(request, waitForRoom) ? request.Done : Task.CompletedTask;

    private bool TryAdd(object item, bool waitForRoom)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            Start();
        }

        try
        {
            return _queue.TryAdd(item, waitForRoom ? Timeout.Infinite : 0);
        }
        catch (InvalidOperationException)
        {
            // It was closed meanwhile.
            return false;
        }
    }

    private void Start()
    {
        if (_thread is null)
        {
            _thread = new Thread(Run) { IsBackground = true, Name = "Magsag run files" };
            _thread.Start();
        }
    }

    private void Run()
    {
        foreach (object first in _queue.GetConsumingEnumerable())
        {
            Guarded(() => Write(first));
        }

        Guarded(_summaries.WriteAll);
        _finished.TrySetResult();
    }

    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error)
        {
            CostMeter.CountFault();
            RuntimeLog.Fault(_logger, error);
        }
    }

    // All that waits at once: the ledger is asked and read back once for thousands of runs.
    private void Write(object first)
    {
        HashSet<string> runs = new(StringComparer.Ordinal);
        List<RunFilesRequest> requests = [];
        object? item = first;
        for (int taken = 0; item is not null && taken < MostWaiting; taken++)
        {
            switch (item)
            {
                case McpCall call: _toolCalls.Add(call); break;
                case string run: runs.Add(run); break;
                default: requests.Add((RunFilesRequest)item); break;
            }

            _queue.TryTake(out item);
        }

        try
        {
            ReportToolCalls(_toolCalls.Flush());
            WriteSummaries(runs, requests.Exists(static request => request.AllSummaries));
        }
        finally
        {
            requests.ForEach(static request => request.Finish());
        }
    }

    private void WriteSummaries(HashSet<string> runs, bool all)
    {
        if (runs.Count == 0 && !all)
        {
            return;
        }

        _awaitLedger();
        if (all)
        {
            _summaries.WriteAll();
        }
        else
        {
            _summaries.Write(runs);
        }
    }

    // Once until it works again, or a full disk would fill the log too.
    private void ReportToolCalls(Exception? failure)
    {
        if (failure is not null && !_failing)
        {
            RuntimeLog.CannotWrite(_logger, _runsDirectory, failure);
        }

        _failing = failure is not null;
    }
}
