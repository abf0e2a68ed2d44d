using System.Text;
using Magsag.Storage.Schema;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage.Sqlite;

/// <summary>A fair lock for the writers of one file, in this process and in others.</summary>
/// <remarks>
/// SQLite's own lock isn't fair: a process that writes batch after batch would get it every time. Here, the next writer holds a second mutex
/// while it waits, so that the current one can't acquire the lock again before it.
/// </remarks>
internal sealed class SqliteWriterQueue : IDisposable
{
    private const int Busy = 5;

    private readonly SqliteLockWait _wait;
    private readonly Mutex? _next;
    private readonly Mutex? _current;

    public SqliteWriterQueue(string path, SqliteLockWait wait)
    {
        _wait = wait;
        string name = $"Global\\magsag-{RowKey.Hash(Encoding.UTF8.GetBytes(path)):N}";
        try
        {
            _next = new Mutex(initiallyOwned: false, name + "-next");
            _current = new Mutex(initiallyOwned: false, name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or WaitHandleCannotBeOpenedException)
        {
            // Where processes can't share a mutex (other users, no folder for temporary files), SQLite's lock alone keeps them apart.
            Dispose();
            _next = _current = null;
        }
    }

    /// <summary>Whether another writer waits.</summary>
    public bool HasWaiters
    {
        get
        {
            if (_next is null || !_next.WaitOne(TimeSpan.Zero))
            {
                return _next is not null;
            }

            _next.ReleaseMutex();
            return false;
        }
    }

    /// <summary>Waits for the lock; it has to be released on the thread that acquired it.</summary>
    /// <exception cref="SqliteException">The writer that holds the lock makes no progress.</exception>
    public void Acquire()
    {
        if (_next is null || _current is null)
        {
            return;
        }

        Wait(_next);
        try
        {
            Wait(_current);
        }
        finally
        {
            _next.ReleaseMutex();
        }
    }

    /// <summary>Releases the lock.</summary>
    public void Release() => _current?.ReleaseMutex();

    public void Dispose()
    {
        _next?.Dispose();
        _current?.Dispose();
    }

    private void Wait(Mutex mutex)
    {
        if (!_wait.TryAcquire(mutex))
        {
            throw new SqliteException("Another process holds the lock of writers.", Busy);
        }
    }
}
