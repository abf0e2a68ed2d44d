using System.Buffers;
using Magsag.Gating;

namespace Magsag.Runtime;

/// <summary>The append-only ledger: takes records from any number of threads and writes them in groups from one.</summary>
/// <remarks>
/// Each process has a file of its own, because appends of two processes to one file are not atomic everywhere.
/// A group is written as soon as the one before it is done, so that a record is on its way within microseconds and not at an interval.
/// </remarks>
public sealed class CostLedger : IAsyncDisposable, IDisposable
{
    private const int MaxGroupBytes = 1024 * 1024;
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(5);

    // A monitor and a thread of its own, no tasks: callers may block the whole thread pool while they wait for room.
    private readonly object _gate = new();
    private readonly Thread _writer;
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CostLedgerOptions _options;
    private readonly LedgerSession _session;
    private readonly RunSummaries _summaries;
    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private readonly LedgerLineWriter _lines;
    private readonly List<LedgerWork> _group = [];
    private List<LedgerWork> _waiting = [];
    private List<LedgerWork> _taken = [];
    private bool _closed;
    private LedgerFile? _file;
    private bool _failing;
    private long _dropped;
    private long _lost;

    /// <summary>Opens a ledger in a runs directory; its file is made with the first record.</summary>
    /// <param name="runsDirectory">The runs directory; it need not exist.</param>
    /// <param name="options">How to write; the defaults when null.</param>
    public CostLedger(string runsDirectory, CostLedgerOptions? options = null)
        : this(runsDirectory, options ?? new CostLedgerOptions(), RecordingHost.Current)
    {
    }

    internal CostLedger(string runsDirectory, CostLedgerOptions options, RecordingHost host)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.QueueCapacity, 1);
        RunsDirectory = Path.GetFullPath(runsDirectory);
        _options = options;
        _session = SessionModules.Describe(host);
        _summaries = new RunSummaries(RunsDirectory);
        _lines = new LedgerLineWriter(_buffer);
        _writer = new Thread(Write) { IsBackground = true, Name = "Magsag ledger" };
        _writer.Start();
        AppDomain.CurrentDomain.ProcessExit += FlushAtExit;
        AppDomain.CurrentDomain.UnhandledException += FlushAtExit;
    }

    /// <summary>The runs directory, as a full path.</summary>
    public string RunsDirectory { get; }

    /// <summary>Records that were dropped because the queue was full or the ledger closed.</summary>
    public long DroppedRecords => Interlocked.Read(ref _dropped);

    /// <summary>Records that couldn't be written to the disk.</summary>
    public long LostRecords => Interlocked.Read(ref _lost);

    /// <summary>Hands a record over to be written. Never throws; waits only when the queue is full and the options say so.</summary>
    public void Enqueue(LedgerRecord record)
    {
        if (!TryPost(new LedgerWork(record), wait: _options.WhenFull == FullQueueBehavior.Wait))
        {
            Interlocked.Increment(ref _dropped);
            CostMeter.Dropped.Add(1);
        }
    }

    /// <summary>Appends a record and completes when it has reached the operating system: from then on it survives the end of this process, however violent.</summary>
    /// <exception cref="IOException">The record couldn't be written.</exception>
    /// <exception cref="ObjectDisposedException">The ledger is closed.</exception>
    public Task AppendAsync(LedgerRecord record, CancellationToken cancellationToken = default) => PostAsync(record, cancellationToken);

    /// <summary>Completes when everything handed over so far is written or lost.</summary>
    /// <exception cref="ObjectDisposedException">The ledger is closed.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default) => PostAsync(null, cancellationToken);

    /// <summary>Asks for the summary of a run to be written once its records are.</summary>
    internal void SummariseRun(string runId) => TryPost(new LedgerWork(RunToSummarise: runId), wait: true);

    /// <summary>Writes what is left and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        await _finished.Task.ConfigureAwait(false);
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose()
    {
        Close();
        _writer.Join();
    }

    private void Close()
    {
        AppDomain.CurrentDomain.ProcessExit -= FlushAtExit;
        AppDomain.CurrentDomain.UnhandledException -= FlushAtExit;
        StopTaking();
    }

    // A disk that hangs must not keep a process from ending.
    private void FlushAtExit(object? sender, EventArgs arguments)
    {
        StopTaking();
        _writer.Join(ExitPatience);
    }

    private void StopTaking()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private Task PostAsync(LedgerRecord? record, CancellationToken cancellationToken)
    {
        var acknowledgement = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return TryPost(new LedgerWork(record, acknowledgement), wait: true)
            ? acknowledgement.Task.WaitAsync(cancellationToken)
            : Task.FromException(new ObjectDisposedException(nameof(CostLedger)));
    }

    private bool TryPost(LedgerWork work, bool wait)
    {
        lock (_gate)
        {
            while (!_closed && _waiting.Count >= _options.QueueCapacity)
            {
                if (!wait)
                {
                    return false;
                }

                Monitor.Wait(_gate);
            }

            if (_closed)
            {
                return false;
            }

            _waiting.Add(work);
            if (_waiting.Count == 1)
            {
                Monitor.PulseAll(_gate);
            }

            return true;
        }
    }

    private void Write()
    {
        while (TakeAll())
        {
            foreach (LedgerWork work in _taken)
            {
                Take(work);
                if (_buffer.WrittenCount >= MaxGroupBytes)
                {
                    WriteGroup();
                }
            }

            _taken.Clear();
            WriteGroup();
        }

        _summaries.WriteAll();
        _file?.Dispose();
        _finished.SetResult();
    }

    // Everything that waits is taken at once: what arrives while it is written makes the next group.
    private bool TakeAll()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closed)
                {
                    return false;
                }

                Monitor.Wait(_gate);
            }

            (_waiting, _taken) = (_taken, _waiting);
            if (_taken.Count >= _options.QueueCapacity)
            {
                Monitor.PulseAll(_gate);
            }

            return true;
        }
    }

    private void Take(LedgerWork work)
    {
        _group.Add(work);
        if (work.Record is { } record)
        {
            _lines.Write(record);
            _summaries.Add(record);
        }
    }

    private void WriteGroup()
    {
        Exception? failure = null;
        try
        {
            AppendBuffer();
            _failing = false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            failure = error;
            ReportFailure(error);
        }

        foreach (LedgerWork work in _group)
        {
            Finish(work, failure);
        }

        _group.Clear();
        _buffer.ResetWrittenCount();
    }

    private void AppendBuffer()
    {
        if (_buffer.WrittenCount == 0)
        {
            return;
        }

        if (_file is { } full && full.Length >= _options.MaxFileBytes)
        {
            CloseFile();
        }

        // A file that was deleted would take records that nobody could ever read.
        if (_file is { } deleted && !File.Exists(deleted.Path))
        {
            CloseFile();
        }

        _file ??= Begin();
        _file.Append(_buffer.WrittenSpan);
    }

    private LedgerFile Begin()
    {
        var header = new ArrayBufferWriter<byte>();
        new LedgerLineWriter(header).Write(_session);
        LedgerFile file = LedgerFile.Create(Path.Combine(RunsDirectory, "costs"));
        try
        {
            file.Append(header.WrittenSpan);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private void CloseFile()
    {
        _file?.Dispose();
        _file = null;
    }

    private void ReportFailure(Exception error)
    {
        CloseFile();
        int lost = _group.Count(static work => work.Record is not null);
        Interlocked.Add(ref _lost, lost);
        CostMeter.Lost.Add(lost);
        if (!_failing && _options.Logger is { } logger)
        {
            RecordingLog.CannotWrite(logger, RunsDirectory, error);
        }

        _failing = true;
    }

    private void Finish(LedgerWork work, Exception? failure)
    {
        if (work.RunToSummarise is { } run)
        {
            _summaries.Write(run);
        }

        if (work.Acknowledgement is not { } acknowledgement)
        {
            return;
        }

        if (failure is null || work.Record is null)
        {
            acknowledgement.TrySetResult();
        }
        else
        {
            acknowledgement.TrySetException(new IOException($"The record couldn't be written below {RunsDirectory}: {failure.Message}", failure));
        }
    }
}
