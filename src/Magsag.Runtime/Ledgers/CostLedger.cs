using Magsag.Gating;

namespace Magsag.Runtime;

/// <summary>The append-only ledger: takes records from any number of threads without a lock and writes them in groups from one.</summary>
/// <remarks>
/// Each process has files of its own, because appends of two processes to one file are not atomic everywhere.
/// What is left is written when the ledger is disposed of, when the process ends and when an exception ends it.
/// </remarks>
public sealed class CostLedger : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(5);

    private readonly LedgerQueue _queue;
    private readonly WriterAlarm _alarm = new();
    private readonly LedgerWriter _writer;
    private readonly bool _waitsForRoom;
    private long _dropped;

    /// <summary>Opens a ledger in a runs directory; its file is made with the first record.</summary>
    /// <param name="runsDirectory">The runs directory; it need not exist.</param>
    /// <param name="options">How to write; the defaults when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public CostLedger(string runsDirectory, CostLedgerOptions? options = null)
        : this(runsDirectory, options ?? new CostLedgerOptions(), RecordingHost.Current)
    {
    }

    internal CostLedger(string runsDirectory, CostLedgerOptions options, RecordingHost host)
        : this(runsDirectory, options, new LedgerFiles(Path.GetFullPath(runsDirectory), options, SessionModules.Describe(host)))
    {
    }

    internal CostLedger(string runsDirectory, CostLedgerOptions options, ILedgerOutput output)
    {
        options.Check();
        RunsDirectory = Path.GetFullPath(runsDirectory);
        _waitsForRoom = options.WhenFull == FullQueueBehavior.Wait;
        _queue = new LedgerQueue(options.QueueCapacity);
        _writer = new LedgerWriter(_queue, _alarm, output, RunsDirectory, options);
        AppDomain.CurrentDomain.ProcessExit += FlushAtExit;
        AppDomain.CurrentDomain.UnhandledException += FlushAtExit;
    }

    /// <summary>The runs directory, as a full path.</summary>
    public string RunsDirectory { get; }

    /// <summary>What failed of the calls that are recorded here.</summary>
    internal RecentFailures Failures { get; } = new(TimeProvider.System);

    /// <summary>Records that were dropped because the queue was full or the ledger closed.</summary>
    public long DroppedRecords => Interlocked.Read(ref _dropped);

    /// <summary>Records that couldn't be written to the disk.</summary>
    public long LostRecords => _writer.LostRecords;

    /// <summary>Hands a record over to be written. Never throws; waits only when the queue is full and the options say so.</summary>
    public void Enqueue(LedgerRecord record) => EnqueueItem(record);

    /// <summary>Hands the call of a tool over to be written in its run's log.</summary>
    internal void Enqueue(McpCall call) => EnqueueItem(call);

    private void EnqueueItem(object item)
    {
        if (TryPut(item, _waitsForRoom, out long ticket))
        {
            _alarm.Arrived(ticket);
            return;
        }

        Interlocked.Increment(ref _dropped);
        CostMeter.Dropped.Add(1);
    }

    /// <summary>Appends a record and completes when it has reached the operating system (the disk itself with <see cref="CostLedgerOptions.FlushToDisk"/>): from then on it survives the end of this process, however violent.</summary>
    /// <exception cref="IOException">The record couldn't be written.</exception>
    /// <exception cref="ObjectDisposedException">The ledger is closed.</exception>
    public Task AppendAsync(LedgerRecord record, CancellationToken cancellationToken = default) => RequestAsync(new LedgerRequest(record), cancellationToken);

    /// <summary>Completes when everything handed over so far is written or lost.</summary>
    /// <exception cref="ObjectDisposedException">The ledger is closed.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default) => RequestAsync(new LedgerRequest(), cancellationToken);

    /// <summary>Asks for the summary of a run to be written once its records are.</summary>
    internal void SummariseRun(string runId)
    {
        if (TryPut(new LedgerRequest(runToSummarise: runId), _waitsForRoom, out _))
        {
            _alarm.WakeNow();
        }
    }

    /// <summary>Writes what is left and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        await _writer.Finished.ConfigureAwait(false);
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose()
    {
        Close();
        _writer.Join(Timeout.InfiniteTimeSpan);
    }

    private void Close()
    {
        AppDomain.CurrentDomain.ProcessExit -= FlushAtExit;
        AppDomain.CurrentDomain.UnhandledException -= FlushAtExit;
        _writer.Close();
    }

    // A disk that hangs must not keep a process from ending.
    private void FlushAtExit(object? sender, EventArgs arguments)
    {
        _writer.Close();
        _writer.Join(ExitPatience);
    }

    private Task RequestAsync(LedgerRequest request, CancellationToken cancellationToken)
    {
        if (!TryPut(request, wait: true, out _))
        {
            return Task.FromException(new ObjectDisposedException(nameof(CostLedger)));
        }

        _alarm.WakeNow();
        return request.Done.WaitAsync(cancellationToken);
    }

    private bool TryPut(object item, bool wait, out long ticket)
    {
        const int LongestPauseMilliseconds = 10;
        int pause = 0;
        while (!_writer.IsClosing)
        {
            if (_queue.TryPut(item, out ticket))
            {
                return true;
            }

            if (!wait)
            {
                return false;
            }

            // No lock and no signal: a full queue takes the disk longer to empty than these pauses last.
            _alarm.WakeNow();
            Thread.Sleep(pause);
            pause = Math.Min(pause + 1, LongestPauseMilliseconds);
        }

        ticket = -1;
        return false;
    }
}
