using Microsoft.Data.Sqlite;

namespace Magsag.Storage.Sqlite;

/// <summary>Opens the file of a store.</summary>
internal static class SqliteFile
{
    /// <summary>False when the file or its directory can be read only.</summary>
    public static bool IsWritable(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return true;
        }

        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return file.CanWrite;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException) when ((File.GetAttributes(path) & FileAttributes.Directory) == 0)
        {
            // A read-only file system answers so.
            return false;
        }
    }

    public static SqliteConnection Connect(string path, bool readOnly, SqliteLockWait wait)
    {
        SqliteConnection connection = Open(path, readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate, wait);
        try
        {
            if (readOnly && IsWithoutLog(connection, path))
            {
                connection.Dispose();
                connection = Open(WriteUnchangingAddress(path), SqliteOpenMode.ReadOnly, wait);
            }

            SqliteDialect.AddFunctions(connection);

            // In WAL mode NORMAL keeps the database whole; what a power failure takes from its end is read from the ledgers again.
            SqliteSchema.Execute(connection, "PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA mmap_size = 268435456");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnection Open(string source, SqliteOpenMode mode, SqliteLockWait wait)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = source, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        wait.Attach(connection);
        return connection;
    }

    // Even a reader creates the write-ahead log. Where it can't and there is no log, no process writes: the file may be read as immutable.
    private static bool IsWithoutLog(SqliteConnection connection, string path)
    {
        try
        {
            SqliteSchema.Execute(connection, "SELECT 1 FROM sqlite_schema LIMIT 1");
            return false;
        }
        catch (SqliteException error) when (SqliteErrors.IsMissingLog(error) && !File.Exists(path + "-wal"))
        {
            return true;
        }
    }

    // A file's name may hold what separates the parts of an address.
    private static string WriteUnchangingAddress(string path) =>
        $"file:{path.Replace("%", "%25", StringComparison.Ordinal).Replace("?", "%3f", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal)}?immutable=1";
}
