using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Magsag.Storage.Stores;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Magsag.Storage.Sqlite;

/// <summary>Waits while another connection has the database locked: tells of it when that takes long, gives up when the other one doesn't get on.</summary>
internal sealed class SqliteWait
{
    private const int GiveUp = 0;
    private const int TryAgain = 1;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(10);

    // A turn wakes who waits for it: this is only how often it looks whether it should still wait.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly string _path;
    private readonly StoreWaiting _waiting;
    private readonly BusyHandler _handler;
    private long _begun;
    private long _lastWriteSeen;
    private long _lastWrite;
    private bool _isTold;

    public SqliteWait(string path, StoreWaiting waiting)
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

    /// <summary>Waits for a turn as for a lock; false when it was given up.</summary>
    public bool Take(Mutex turn)
    {
        for (bool isFirst = true; !IsTaken(turn, isFirst ? TimeSpan.Zero : BetweenLooks); isFirst = false)
        {
            if (!GoesOn(isFirst))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Shows those who wait that this process gets on: a large batch writes nothing for long, and neither does a process that hangs.</summary>
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

    /// <summary>What went wrong, in a store's words; an interruption that was asked for as such.</summary>
    public Exception Explain(SqliteException error) => Stop.IsCancellationRequested && SqliteErrors.IsInterruption(error)
        ? new OperationCanceledException(error.Message, error, Stop)
        : SqliteErrors.Explain(error, _path, _waiting.Limit);

    // SQLite calls this from its own code: nothing may be thrown, and nothing asked of the database.
    private int OnBusy(nint state, int attempts)
    {
        if (!GoesOn(isFirst: attempts == 0))
        {
            return GiveUp;
        }

        // Short pauses: a process that writes batch after batch leaves the database free for moments only.
        Thread.Sleep(attempts == 0 ? TimeSpan.FromMilliseconds(1) : LongestPause);
        return TryAgain;
    }

    private bool GoesOn(bool isFirst)
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

        if (!_isTold && Stopwatch.GetElapsedTime(_begun, now) >= _waiting.TellAfter)
        {
            Tell();
        }

        return true;
    }

    // Who had the turn may have been killed.
    private static bool IsTaken(Mutex turn, TimeSpan patience)
    {
        try
        {
            return turn.WaitOne(patience);
        }
        catch (AbandonedMutexException)
        {
            return true;
        }
    }

    // The other process gets on when the log or the database changes.
    private long LastWrite() => File.GetLastWriteTimeUtc(_path + "-wal").Ticks ^ File.GetLastWriteTimeUtc(_path).Ticks;

    private void Tell()
    {
        _isTold = true;
        try
        {
            _waiting.Tell?.Invoke($"waiting for the store '{_path}', which another process is writing");
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // Nobody listens any more; the wait goes on.
        }
    }
}
