using System.Globalization;
using Magsag.Storage.Stores;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage.Sqlite;

/// <summary>Turns errors of SQLite into messages about the store.</summary>
internal static class SqliteErrors
{
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int Interrupted = 9;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>Whether a command was interrupted, or gave up waiting for a lock.</summary>
    public static bool IsInterruption(SqliteException error) => error.SqliteErrorCode is Interrupted or Busy;

    /// <summary>Whether a file that has to stand beside the database couldn't be opened or made.</summary>
    public static bool IsMissingLog(SqliteException error) => error.SqliteErrorCode is CannotOpen or ReadOnly;

    public static CostStoreException Explain(SqliteException error, string path, TimeSpan patience) => new(error.SqliteErrorCode switch
    {
        Busy => string.Create(CultureInfo.InvariantCulture, $"The store '{path}' is locked by another process, which has written nothing for {patience.TotalSeconds} s. Expected it to be done by then; wait until it is, or end it, and try again."),
        ReadOnly => $"The store '{path}' can't be written. Make the file and its directory writable.",
        Corrupt => $"The store '{path}' is damaged ({error.Message}). Delete it: it is made again from the ledgers.",
        Full => $"The disk is full: the store '{path}' stays as it was. Free some space and try again.",
        CannotOpen => $"The store '{path}' can't be opened. Check that its directory exists and may be written.",
        NotADatabase => $"'{path}' isn't an SQLite database. Name another file, or delete it.",
        _ => $"The store '{path}' failed: {error.Message}",
    }, error);
}
