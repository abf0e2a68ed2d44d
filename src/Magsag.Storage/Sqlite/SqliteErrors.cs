using Microsoft.Data.Sqlite;

namespace Magsag.Storage;

/// <summary>Says in a store's words what SQLite found.</summary>
internal static class SqliteErrors
{
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    public static CostStoreException Explain(SqliteException error, string path) => new(error.SqliteErrorCode switch
    {
        Busy => $"The store '{path}' stayed locked by another process. Try again when that is done.",
        ReadOnly => $"The store '{path}' can't be written. Make the file and its directory writable.",
        Corrupt => $"The store '{path}' is damaged ({error.Message}). Delete it: it is made again from the ledgers.",
        Full => $"The disk is full: the store '{path}' stays as it was. Free some space and try again.",
        CannotOpen => $"The store '{path}' can't be opened. Check that its directory exists and may be written.",
        NotADatabase => $"'{path}' isn't an SQLite database. Name another file, or delete it.",
        _ => $"The store '{path}' failed: {error.Message}",
    }, error);
}
