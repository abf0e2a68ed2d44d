using Magsag.Ledger.Records;
using Magsag.Storage.Ingest;
using Magsag.Storage.Queries;
using Magsag.Storage.Schema;
using Magsag.Storage.Stores;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Magsag.Storage.Sqlite;

/// <summary>A store in one SQLite file, with a write-ahead log: readers and the one writer don't wait for each other.</summary>
internal sealed class SqliteStore : SqlStore
{
    private readonly SqliteConnection _connection;
    private readonly SqliteDialect _dialect;
    private readonly SqliteLockWait _wait;

    private SqliteStore(SqliteConnection connection, SqliteDialect dialect, SqliteLockWait wait, string path, bool isReadOnly)
        : base(connection, dialect)
    {
        _connection = connection;
        _dialect = dialect;
        _wait = wait;
        Location = path;
        IsReadOnly = isReadOnly;
    }

    public override string Location { get; }

    public override bool IsReadOnly { get; }

    public static Task<SqliteStore> OpenAsync(string path, StoreWaiting waiting, CancellationToken cancellationToken) => Task.Run(() => Open(Path.GetFullPath(path), forceReadOnly: false, waiting, cancellationToken), cancellationToken);

    internal static Task<SqliteStore> OpenReadOnlyAsync(string path, CancellationToken cancellationToken) => Task.Run(() => Open(Path.GetFullPath(path), forceReadOnly: true, new StoreWaiting(), cancellationToken), cancellationToken);

    /// <summary>Lets the file grow no further: what a full disk does, without filling one.</summary>
    internal void StopGrowing() => SqliteSchema.Execute(_connection, "PRAGMA max_page_count = 1");

    public override ValueTask DisposeAsync() => _connection.DisposeAsync();

    protected override BatchWriter OpenWriter()
    {
        // Each series has a page of its own to which records are added: they should all stay in memory, and not be copied into the
        // database after every few records.
        SqliteSchema.Execute(_connection, "PRAGMA cache_size = -262144; PRAGMA wal_autocheckpoint = 16384");
        return new SqliteWriter(_connection, _dialect, _wait, Location);
    }

    protected override async Task<T> DoAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        _wait.Stop = cancellationToken;
        try
        {
            // SQLite works on the caller's thread; another one has to interrupt a statement that is cancelled.
            await using CancellationTokenRegistration registration = cancellationToken.Register(() => raw.sqlite3_interrupt(_connection.Handle!));
            return await Task.Run(() => work(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException error)
        {
            throw _wait.Explain(error);
        }
    }

    protected override Task<List<LedgerRecord>> ReadRecordsAsync(RecordQuery query, RecordConditions conditions, RecordCursor? after, CancellationToken cancellationToken)
    {
        var pages = new SqlitePages(_connection, _dialect, query, conditions, after);
        return pages.TryMergeSeries(out List<RecordKey>? merged)
            ? Task.FromResult(pages.Read(merged))
            : ReadRecordsAsync(query, conditions, after, pages.Index, cancellationToken);
    }

    protected override Task<List<RecordKey>> ReadKeysAsync(RecordQuery query, RecordConditions conditions, RecordCursor? after, CancellationToken cancellationToken)
    {
        var pages = new SqlitePages(_connection, _dialect, query, conditions, after);
        return pages.TryMergeSeries(out List<RecordKey>? merged)
            ? Task.FromResult(merged)
            : ReadKeysAsync(query, conditions, after, pages.Index, cancellationToken);
    }

    private static SqliteStore Open(string path, bool forceReadOnly, StoreWaiting waiting, CancellationToken cancellationToken)
    {
        var wait = new SqliteLockWait(path, waiting) { Stop = cancellationToken };
        try
        {
            bool readOnly = forceReadOnly || !SqliteFile.IsWritable(path);
            SqliteConnection connection = SqliteFile.Connect(path, readOnly, wait);
            try
            {
                SqliteSchema.Prepare(connection, path, readOnly);
                return new SqliteStore(connection, new SqliteDialect(), wait, path, readOnly);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        catch (SqliteException error)
        {
            throw wait.Explain(error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CostStoreException($"The store '{path}' can't be opened: {error.Message}", error);
        }
    }
}
