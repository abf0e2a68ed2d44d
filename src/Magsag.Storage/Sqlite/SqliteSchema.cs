using System.Globalization;
using Magsag.Storage.Schema;
using Magsag.Storage.Stores;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage.Sqlite;

/// <summary>Makes the tables of a store in SQLite, and checks whether a database is a store.</summary>
internal static class SqliteSchema
{
    /// <summary>"MGSG": marks an SQLite database as a store.</summary>
    private const int ApplicationId = 0x4D475347;

    /// <summary>Checks that a database is a store of this version; an empty one becomes one.</summary>
    /// <exception cref="CostStoreException">It is a database of something else, or a store of another version.</exception>
    public static void Prepare(SqliteConnection connection, string path, bool readOnly)
    {
        if (IsStore(connection, path))
        {
            return;
        }

        if (readOnly)
        {
            throw new CostStoreException($"The store '{path}' is empty, and the file can't be written. Make it writable, or delete it: it is made again from the ledgers.");
        }

        // The journal's mode can't be changed in a transaction.
        Execute(connection, "PRAGMA journal_mode = WAL");

        // Other processes may open the new store at the same time: the first one creates the tables.
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        if (!IsStore(connection, path))
        {
            Execute(connection, string.Join(";\n", StoreTables.CreateSql(new SqliteDialect())));
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {StoreTables.Version}; PRAGMA application_id = {ApplicationId}"));
        }

        transaction.Commit();
    }

    /// <summary>Executes a statement.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static bool IsStore(SqliteConnection connection, string path)
    {
        long application = Scalar(connection, "PRAGMA application_id"), version = Scalar(connection, "PRAGMA user_version");
        bool isEmpty = application == 0 && version == 0 && Scalar(connection, "SELECT count(*) FROM sqlite_master") == 0;
        if (application != ApplicationId && !isEmpty)
        {
            throw new CostStoreException($"'{path}' is an SQLite database, but not a store of Magsag's. Name another file.");
        }

        return isEmpty || version == StoreTables.Version
            ? !isEmpty
            : throw new CostStoreException($"The store '{path}' has schema version {version}; this version of Magsag reads version {StoreTables.Version}. {(version > StoreTables.Version ? "Update Magsag, or delete" : "Delete")} the file: it is made again from the ledgers.");
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
