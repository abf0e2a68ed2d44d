using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Magsag.Storage.Stores;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Magsag.Storage.Sqlite;

/// <summary>Waits while another connection has the database locked: reports a long wait, and gives up when the other one makes no progress.</summary>
internal sealed class SqliteLockWait
{
    private const int GiveUp = 0;
    private const int TryAgain = 1;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(10);

    // A mutex that is released ends the wait at once; this is how often the wait checks whether it may go on.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly string _path;
    private readonly StoreWaiting _waiting;
    private readonly BusyHandler _handler;
    private long _begun;
    private long _lastWriteSeen;
    private long _lastWrite;
    private bool _isReported;

    public SqliteLockWait(string path, StoreWaiting waiting)
    {
        _path = path;
        _waiting = waiting;
        _handler = OnBusy;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int BusyHandler(nint state, int attempts);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int SetBusyHandler(nint database, BusyHandler handler, nint state);

    /// <summary>Ends a wait.</summary>
    public CancellationToken Stop { get; set; }

    /// <summary>Makes a connection wait so; this object has to live as long as the connection.</summary>
    public void Attach(SqliteConnection connection)
    {
        // Commands try again by themselves, in silence, for so many seconds; none would try for ever.
        connection.DefaultTimeout = 1;

        // SQLitePCL has no name for this function of the library that it has loaded.
        if (NativeLibrary.TryLoad(raw.GetNativeLibraryName(), typeof(raw).Assembly, null, out nint library) && NativeLibrary.TryGetExport(library, "sqlite3_busy_handler", out nint function))
        {
            Marshal.GetDelegateForFunctionPointer<SetBusyHandler>(function)(connection.Handle!.DangerousGetHandle(), _handler, 0);
        }
        else
        {
            SqliteSchema.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {_waiting.Limit.TotalMilliseconds:0}"));
        }
    }

    /// <summary>Waits for a mutex as for the lock of the database; false when the wait was given up.</summary>
    public bool TryAcquire(Mutex mutex)
    {
        for (bool isFirst = true; !TryAcquire(mutex, isFirst ? TimeSpan.Zero : BetweenLooks); isFirst = false)
        {
            if (!KeepsWaiting(isFirst))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Shows processes that wait that this one makes progress: without it, a large batch would look like a process that hangs.</summary>
    public void ShowProgress()
    {
        try
        {
            File.SetLastWriteTimeUtc(_path + "-wal", DateTime.UtcNow);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It shows as soon as something is written.
        }
    }

    /// <summary>Turns an error into a message about the store, or into a cancellation where one was requested.</summary>
    public Exception Explain(SqliteException error) => Stop.IsCancellationRequested && SqliteErrors.IsInterruption(error)
        ? new OperationCanceledException(error.Message, error, Stop)
        : SqliteErrors.Explain(error, _path, _waiting.Limit);

    // SQLite calls this from its own code: it must neither throw nor use the database.
    private int OnBusy(nint state, int attempts)
    {
        if (!KeepsWaiting(isFirst: attempts == 0))
        {
            return GiveUp;
        }

        // Short pauses: a process that writes batch after batch leaves the database free for moments only.
        Thread.Sleep(attempts == 0 ? TimeSpan.FromMilliseconds(1) : LongestPause);
        return TryAgain;
    }

    private bool KeepsWaiting(bool isFirst)
    {
        long now = Stopwatch.GetTimestamp();
        if (isFirst)
        {
            _begun = now;
        }

        if (LastWrite() is var write && (isFirst || write != _lastWrite))
        {
            _lastWrite = write;
            _lastWriteSeen = now;
        }

        if (Stop.IsCancellationRequested || Stopwatch.GetElapsedTime(_lastWriteSeen, now) >= _waiting.Limit)
        {
            return false;
        }

        if (!_isReported && Stopwatch.GetElapsedTime(_begun, now) >= _waiting.ReportAfter)
        {
            Report();
        }

        return true;
    }

    // The process that held the mutex may have been killed.
    private static bool TryAcquire(Mutex mutex, TimeSpan patience)
    {
        try
        {
            return mutex.WaitOne(patience);
        }
        catch (AbandonedMutexException)
        {
            return true;
        }
    }

    // The other process makes progress when the log or the database changes.
    private long LastWrite() => File.GetLastWriteTimeUtc(_path + "-wal").Ticks ^ File.GetLastWriteTimeUtc(_path).Ticks;

    private void Report()
    {
        _isReported = true;
        try
        {
            _waiting.Report?.Invoke($"waiting for the store '{_path}', which another process is writing");
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The output is closed; the wait goes on.
        }
    }
}
