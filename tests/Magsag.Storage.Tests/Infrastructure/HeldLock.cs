using Microsoft.Data.Sqlite;

namespace Magsag.Storage.Tests;

/// <summary>Another connection that has a database locked, until it is released.</summary>
internal sealed class HeldLock : IDisposable
{
    private readonly SqliteConnection _connection;

    /// <summary>Locks a database.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keepsReadersOut">Whether others can't read either: without it a write-ahead log lets them.</param>
    public HeldLock(string path, bool keepsReadersOut = false)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=false");
        _connection.Open();
        Execute(keepsReadersOut ? "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE" : "BEGIN EXCLUSIVE");
    }

    /// <summary>Makes a store and locks it.</summary>
    public static async Task<HeldLock> OfStoreAsync(string path, bool keepsReadersOut = false)
    {
        await (await CostStore.OpenAsync(path)).DisposeAsync();
        return new HeldLock(path, keepsReadersOut);
    }

    public void Execute(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose() => _connection.Dispose();
}
