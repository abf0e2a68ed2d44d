using System.Buffers;
using System.Threading.Channels;
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

    private readonly Channel<LedgerWork> _queue;
    private readonly CostLedgerOptions _options;
    private readonly LedgerSession _session;
    private readonly RunSummaries _summaries;
    private readonly Task _writing;
    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private readonly LedgerLineWriter _lines;
    private readonly List<LedgerWork> _group = [];
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
        _queue = Channel.CreateBounded<LedgerWork>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });
        _writing = Task.Run(WriteAsync);
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
    public void Enqueue(LedgerRecord record) => Enqueue(new LedgerWork(record));

    /// <summary>Appends a record and completes when it has reached the operating system: from then on it survives the end of this process, however violent.</summary>
    /// <exception cref="IOException">The record couldn't be written.</exception>
    /// <exception cref="ObjectDisposedException">The ledger is closed.</exception>
    public async Task AppendAsync(LedgerRecord record, CancellationToken cancellationToken = default)
    {
        var work = new LedgerWork(record, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await PostAsync(work, cancellationToken).ConfigureAwait(false);
        await work.Acknowledgement!.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Completes when everything handed over so far is written or lost.</summary>
    /// <exception cref="ObjectDisposedException">The ledger is closed.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        var work = new LedgerWork(Acknowledgement: new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await PostAsync(work, cancellationToken).ConfigureAwait(false);
        await work.Acknowledgement!.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks for the summary of a run to be written once its records are.</summary>
    internal void SummariseRun(string runId) => Enqueue(new LedgerWork(RunToSummarise: runId));

    /// <summary>Writes what is left and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        await _writing.ConfigureAwait(false);
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose()
    {
        Close();
        _writing.GetAwaiter().GetResult();
    }

    private void Close()
    {
        AppDomain.CurrentDomain.ProcessExit -= FlushAtExit;
        AppDomain.CurrentDomain.UnhandledException -= FlushAtExit;
        _queue.Writer.TryComplete();
    }

    // A disk that hangs must not keep a process from ending.
    private void FlushAtExit(object? sender, EventArgs arguments)
    {
        _queue.Writer.TryComplete();
        _writing.Wait(ExitPatience);
    }

    private void Enqueue(LedgerWork work)
    {
        if (_queue.Writer.TryWrite(work))
        {
            return;
        }

        if (_options.WhenFull == FullQueueBehavior.Drop || !TryWaitAndWrite(work))
        {
            Interlocked.Increment(ref _dropped);
            CostMeter.Dropped.Add(1);
        }
    }

    private bool TryWaitAndWrite(LedgerWork work)
    {
        try
        {
            _queue.Writer.WriteAsync(work).AsTask().GetAwaiter().GetResult();
            return true;
        }
        catch (ChannelClosedException)
        {
            return false;
        }
    }

    private async Task PostAsync(LedgerWork work, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.Writer.WriteAsync(work, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(CostLedger));
        }
    }

    private async Task WriteAsync()
    {
        ChannelReader<LedgerWork> queue = _queue.Reader;
        while (await queue.WaitToReadAsync().ConfigureAwait(false))
        {
            while (queue.TryRead(out LedgerWork work))
            {
                Take(work);
                if (_buffer.WrittenCount >= MaxGroupBytes)
                {
                    WriteGroup();
                }
            }

            WriteGroup();
        }

        _summaries.WriteAll();
        _file?.Dispose();
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
