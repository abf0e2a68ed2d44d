using Microsoft.Data.Sqlite;

namespace Magsag.Storage;

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

    public static SqliteConnection Connect(string path, bool readOnly, SqliteWait wait)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        };
        var connection = new SqliteConnection(settings.ToString());
        connection.Open();
        wait.Attach(connection);

        // In WAL mode NORMAL keeps the database whole; what a power failure takes from its end is read from the ledgers again.
        SqliteSchema.Execute(connection, "PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA mmap_size = 268435456");
        return connection;
    }
}
