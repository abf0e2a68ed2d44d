using System.Text;
using Magsag.Storage.Schema;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage.Sqlite;

/// <summary>Lets those who write into one file take turns, in this process and in others.</summary>
/// <remarks>
/// SQLite's own lock keeps two writers apart, but goes to whoever asks first once it is free: a process that writes batch after batch
/// would get it every time. Here, who waits holds the place behind the current turn, and who ends a turn can't have the next one before it.
/// </remarks>
internal sealed class SqliteTurns : IDisposable
{
    private const int Busy = 5;

    private readonly SqliteWait _wait;
    private readonly Mutex? _next;
    private readonly Mutex? _current;

    public SqliteTurns(string path, SqliteWait wait)
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

    /// <summary>Whether somebody waits for the next turn.</summary>
    public bool IsAwaited
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

    /// <summary>Waits for the turn; it has to end on the thread that took it.</summary>
    /// <exception cref="SqliteException">Whoever has the turn doesn't get on.</exception>
    public void Begin()
    {
        if (_next is null || _current is null)
        {
            return;
        }

        Take(_next);
        try
        {
            Take(_current);
        }
        finally
        {
            _next.ReleaseMutex();
        }
    }

    /// <summary>Ends the turn.</summary>
    public void End() => _current?.ReleaseMutex();

    public void Dispose()
    {
        _next?.Dispose();
        _current?.Dispose();
    }

    private void Take(Mutex turn)
    {
        if (!_wait.Take(turn))
        {
            throw new SqliteException("Another process has the turn.", Busy);
        }
    }
}
