using Microsoft.Data.Sqlite;

namespace Magsag.Storage;

/// <summary>Does work in a transaction of SQLite.</summary>
internal static class SqliteWork
{
    /// <summary>Does all of the work or nothing; what made it fail comes out, even where rolling back fails, too.</summary>
    public static T InTransaction<T>(SqliteConnection connection, Func<T> work)
    {
        // IMMEDIATE: whoever reads first and writes later could find that somebody else wrote in between.
        SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        try
        {
            T result = work();
            transaction.Commit();
            return result;
        }
        catch
        {
            RollBack(transaction);
            throw;
        }
    }

    // Some failures roll back by themselves, and one that can't be rolled back is undone when the database is opened again.
    private static void RollBack(SqliteTransaction transaction)
    {
        try
        {
            transaction.Dispose();
        }
        catch (Exception error) when (error is SqliteException or InvalidOperationException)
        {
        }
    }
}
