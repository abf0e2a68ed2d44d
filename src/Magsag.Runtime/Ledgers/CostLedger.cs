using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;

namespace Magsag.Runtime;

/// <summary>The append-only ledger: takes records from any number of threads without a lock and writes them in groups from one.</summary>
/// <remarks>
/// Each process has files of its own, because appends of two processes to one file are not atomic everywhere.
/// What is left is written when the ledger is disposed of, when the process ends, when a signal asks it to, and when an exception ends it.
/// In a test host each record has reached the operating system before the call returns: the host is killed right after its last test.
/// </remarks>
public sealed class CostLedger : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SummaryPatience = TimeSpan.FromSeconds(2);

    // A disk that hangs must not hang the tests: the gate reports the record that is missing.
    private static readonly TimeSpan WritePatience = TimeSpan.FromSeconds(10);

    // How long after a signal each record is written before its call returns: the process may be killed next.
    private static readonly TimeSpan AlertAfterSignal = TimeSpan.FromMinutes(1);

    private readonly LedgerQueue _queue;
    private readonly LedgerWriter _writer;
    private readonly RunFiles? _runFiles;
    private readonly CallCounts? _counts;
    private readonly LedgerSession? _session;
    private readonly bool _waitsForRoom;
    private long _dropped;
    private long _writesThroughUntil;

    /// <summary>Opens a ledger in a runs directory; its file is made with the first record.</summary>
    /// <param name="runsDirectory">The runs directory; it need not exist.</param>
    /// <param name="options">How to write; the defaults when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public CostLedger(string runsDirectory, CostLedgerOptions? options = null)
        : this(runsDirectory, options ?? new CostLedgerOptions(), RecordingHost.Current)
    {
    }

    internal CostLedger(string runsDirectory, CostLedgerOptions options, RecordingHost host)
        : this(runsDirectory, options, new RollingLedgerFile(Path.GetFullPath(runsDirectory), options, SessionModules.Describe(host)))
    {
    }

    internal CostLedger(string runsDirectory, CostLedgerOptions options, ILedgerOutput output)
    {
        options.Check();
        RunsDirectory = Path.GetFullPath(runsDirectory);
        _waitsForRoom = options.WhenFull == FullQueueBehavior.Wait;
        _queue = new LedgerQueue(options.QueueCapacity);
        _writer = new LedgerWriter(_queue, output, RunsDirectory, options);
        if (output is RollingLedgerFile files)
        {
            SessionId = files.Session.Id;
            var summaries = new RunSummaries(RunsDirectory, files.Session.Id, new AppendedRecords(() => files.Paths));
            _runFiles = new RunFiles(RunsDirectory, summaries, AwaitWritten, GuardedLogger.Around(options.Logger));
            if (files.Session.CountsCalls)
            {
                _counts = new CallCounts(RunsDirectory, files.Session);
                _session = files.Session;
                _writesThroughUntil = long.MaxValue;
            }
        }

        EndOfProcess.Watch(this);
    }

    /// <summary>Raised before the ledger writes for what may be the last time: whoever keeps records back hands them over.</summary>
    internal event Action? Ending;

    /// <summary>The runs directory, as a full path.</summary>
    public string RunsDirectory { get; }

    /// <summary>The session that its files begin with; null where it writes elsewhere.</summary>
    internal Guid? SessionId { get; }

    /// <summary>Records that were dropped because the queue was full or the ledger closed.</summary>
    public long DroppedRecords => Interlocked.Read(ref _dropped);

    /// <summary>Records that couldn't be written to the disk.</summary>
    public long LostRecords => _writer.LostRecords;

    /// <summary>Hands a record over to be written. Never throws; waits only when the queue is full and the options say so, and in test hosts until it is written.</summary>
    /// <remarks>What a reader of the ledger would refuse becomes unknown, and the line says so.</remarks>
    /// <param name="record">The record. What can't be written of it is lost and counted in <see cref="LostRecords"/>.</param>
    public void Enqueue(LedgerRecord record)
    {
        if (Volatile.Read(ref _writesThroughUntil) != 0 && WritesThrough())
        {
            _counts?.Record();
            WriteThrough(new LedgerRequest(record));
            return;
        }

        if (!TryAdd(record, _waitsForRoom))
        {
            CountDropped();
        }
    }

    /// <summary>Hands the call of a tool over to be written in its run's log.</summary>
    internal void Enqueue(McpCall call)
    {
        if (_runFiles?.TryEnqueue(call, _waitsForRoom) != true)
        {
            CountDropped();
        }
    }

    /// <summary>Counts a call that begins, in a test host.</summary>
    internal void BeginCall()
    {
        if (_counts?.Begin() == true)
        {
            WriteThrough(new LedgerRequest(beginsFile: true));
        }
    }

    /// <summary>Counts a call that has ended and is recorded, in a test host.</summary>
    internal void EndCall() => _counts?.End();

    /// <summary>Says which tests ran, in a test host whose platform tells it.</summary>
    internal void TellTests(IReadOnlyCollection<string> ran, IReadOnlyCollection<string> skipped)
    {
        // A ledger that was given no call has no file.
        if (_session is { } session && _writer.HasWritten)
        {
            TestRunFile.Write(RunsDirectory, session, ran, skipped);
        }
    }

    /// <summary>Says that the tests ran to their end, in a test host.</summary>
    internal void MarkOver()
    {
        Ending?.Invoke();
        _counts?.MarkOver();
    }

    /// <summary>Appends a record and completes when it has reached the operating system (the disk itself with <see cref="CostLedgerOptions.FlushToDisk"/>): from then on it survives the end of this process, however violent.</summary>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Ends the wait; the record is written all the same.</param>
    /// <exception cref="IOException">The record couldn't be written.</exception>
    /// <exception cref="ObjectDisposedException">The ledger is closed.</exception>
    public Task AppendAsync(LedgerRecord record, CancellationToken cancellationToken = default)
    {
        _counts?.Record();
        return RequestAsync(new LedgerRequest(record), cancellationToken);
    }

    /// <summary>Completes when everything handed over so far is written or lost, with the summaries of runs that ended.</summary>
    /// <param name="cancellationToken">Ends the wait; what was handed over is written all the same.</param>
    /// <exception cref="ObjectDisposedException">The ledger is closed.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        await FlushRecordsAsync(cancellationToken).ConfigureAwait(false);
        if (_runFiles is { } runFiles)
        {
            await runFiles.FlushAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Completes when every record handed over so far is written or lost, whatever files of runs are still to be written.</summary>
    internal Task FlushRecordsAsync(CancellationToken cancellationToken = default) => RequestAsync(new LedgerRequest(), cancellationToken);

    /// <summary>Asks for the summary of a run to be written once its records are. Never waits.</summary>
    internal void SummariseRun(string runId) => _runFiles?.Summarise(runId);

    /// <summary>Writes what is left and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        await _writer.Finished.ConfigureAwait(false);
        if (_runFiles is { } runFiles)
        {
            runFiles.Close(_writer.HasWritten);
            await runFiles.Finished.ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose()
    {
        Close();
        _writer.Join(Timeout.InfiniteTimeSpan);
        _runFiles?.Close(_writer.HasWritten);
        _runFiles?.Join(Timeout.InfiniteTimeSpan);
    }

    /// <summary>Writes what is left because the process ends. A disk that hangs must not keep it from ending.</summary>
    internal void CloseAtExit()
    {
        Ending?.Invoke();
        _writer.Close();
        _writer.Join(ExitPatience);
        _runFiles?.Close(_writer.HasWritten);
        _runFiles?.Join(SummaryPatience);
    }

    /// <summary>Writes what is left because a signal asks the process to end; calls that are still made are written before they return.</summary>
    /// <param name="patience">How long to wait for the disk.</param>
    internal void FlushAtSignal(TimeSpan patience)
    {
        if (_counts is null)
        {
            Volatile.Write(ref _writesThroughUntil, Environment.TickCount64 + (long)AlertAfterSignal.TotalMilliseconds);
        }

        long start = Environment.TickCount64;
        Ending?.Invoke();
        var request = new LedgerRequest();
        while (!TryAdd(request, wait: false))
        {
            if (_writer.IsClosing || Environment.TickCount64 - start >= (long)patience.TotalMilliseconds)
            {
                return;
            }

            _queue.Wake();
            Thread.Sleep(1);
        }

        _queue.Wake();
        request.Wait(patience);
        TimeSpan left = patience - TimeSpan.FromMilliseconds(Environment.TickCount64 - start);
        if (_writer.HasWritten && left > TimeSpan.Zero)
        {
            _runFiles?.FinishOpenRunsAsync().Wait(left);
        }
    }

    private void Close()
    {
        EndOfProcess.Forget(this);
        Ending?.Invoke();
        _writer.Close();
        _counts?.MarkOver();
        _counts?.Dispose();
    }

    private bool WritesThrough()
    {
        long until = Volatile.Read(ref _writesThroughUntil);
        if (Environment.TickCount64 < until)
        {
            return true;
        }

        // The app lived on after the signal.
        Interlocked.CompareExchange(ref _writesThroughUntil, 0, until);
        return false;
    }

    private void WriteThrough(LedgerRequest request)
    {
        if (TryAdd(request, _waitsForRoom))
        {
            _queue.Wake();
            request.Wait(WritePatience);
            return;
        }

        CountDropped();
    }

    // For the thread that writes the files of runs.
    private void AwaitWritten()
    {
        var request = new LedgerRequest();
        if (TryAdd(request, wait: true))
        {
            _queue.Wake();
            request.Wait(Timeout.InfiniteTimeSpan);
        }
        else
        {
            _writer.Join(Timeout.InfiniteTimeSpan);
        }
    }

    private void CountDropped()
    {
        Interlocked.Increment(ref _dropped);
        CostMeter.CountDropped(1);
    }

    private Task RequestAsync(LedgerRequest request, CancellationToken cancellationToken)
    {
        if (!TryAdd(request, wait: true))
        {
            return Task.FromException(new ObjectDisposedException(nameof(CostLedger)));
        }

        _queue.Wake();
        return request.Done.WaitAsync(cancellationToken);
    }

    private bool TryAdd(object item, bool wait)
    {
        const int LongestPauseMilliseconds = 10;
        int pause = 0;
        while (!_writer.IsClosing)
        {
            if (_queue.TryAdd(item))
            {
                return true;
            }

            if (!wait)
            {
                return false;
            }

            // No lock and no signal: a full queue takes the disk longer to empty than these pauses last.
            _queue.Wake();
            Thread.Sleep(pause);
            pause = Math.Min(pause + 1, LongestPauseMilliseconds);
        }

        return false;
    }
}
