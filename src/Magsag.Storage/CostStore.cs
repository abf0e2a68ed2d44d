using Magsag.Ledger.Lines;
using Magsag.Storage.Postgres;
using Magsag.Storage.Sqlite;
using Magsag.Storage.Stores;

namespace Magsag.Storage;

/// <summary>Opens stores.</summary>
public static class CostStore
{
    private const string SqlitePrefix = "sqlite:";

    /// <summary>Opens a store; one that doesn't exist is created.</summary>
    /// <param name="address"><c>sqlite:PATH</c> or the path of an SQLite file, or <c>postgres://user:password@host:port/database</c>.</param>
    /// <param name="waiting">How a store that another process has locked is waited for; 30 seconds in silence when left out.</param>
    /// <param name="cancellationToken">Gives up opening it.</param>
    /// <exception cref="CostStoreException">It can't be reached or isn't a store of this version.</exception>
    public static async Task<ICostStore> OpenAsync(string address, StoreWaiting? waiting = null, CancellationToken cancellationToken = default)
    {
        if (PostgresAddress.Parse(address) is { } server)
        {
            return await PostgresStore.OpenAsync(server, cancellationToken).ConfigureAwait(false);
        }

        string path = address.StartsWith(SqlitePrefix, StringComparison.Ordinal) ? address[SqlitePrefix.Length..] : address;
        return await SqliteStore.OpenAsync(path, waiting ?? new StoreWaiting(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The SQLite store of a runs directory: <c>costs.db</c> in it.</summary>
    public static string PathIn(string runsDirectory) => Path.Combine(runsDirectory, "costs.db");

    /// <summary>The ledger files of a runs directory, in the order of their names; none when nothing was recorded yet.</summary>
    /// <exception cref="Ledger.Files.UnreadableInputException">The directory is a file or can't be listed.</exception>
    public static IReadOnlyList<string> LedgersIn(string runsDirectory) => [.. Ledger.Lines.LedgerFiles.In(runsDirectory)];
}
