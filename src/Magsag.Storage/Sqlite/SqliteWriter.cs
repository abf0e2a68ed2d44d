using System.Runtime.InteropServices;
using Magsag.Storage.Ingest;
using Magsag.Storage.Schema;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage.Sqlite;

/// <summary>Writes batches into SQLite; of several ingesters one at a time, in the order in which they wait.</summary>
internal sealed class SqliteWriter(SqliteConnection connection, SqlDialect dialect, SqliteLockWait wait, string path) : BatchWriter(connection, dialect), IDisposable
{
    // So many rows take far less time than any process waits.
    private const int RowsBetweenSignals = 1_000;

    private readonly SqliteWriterQueue _queue = new(path, wait);

    public override Task<SourceIndex> ReadSourcesAsync(CancellationToken cancellationToken) => Task.Run(() => base.ReadSourcesAsync(cancellationToken), cancellationToken);

    // The lock is released on the thread that acquired it: SQLite works on the caller's thread, so that no task here completes on another one.
    public override Task<BatchOutcome> ApplyAsync(IngestBatch batch, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            _queue.Acquire();
            try
            {
                return base.ApplyAsync(batch, CancellationToken.None).GetAwaiter().GetResult();
            }
            finally
            {
                _queue.Release();
            }
        },
        cancellationToken);

    public void Dispose() => _queue.Dispose();

    protected override Task LoadAsync(Table table, IReadOnlyList<Column> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        using var loader = new SqliteLoader(connection, table, columns);
        int untilSignal = RowsBetweenSignals;
        foreach (object?[] row in rows)
        {
            loader.Add(row);
            if (--untilSignal == 0)
            {
                ShowProgress();
                untilSignal = RowsBetweenSignals;
            }
        }

        return Task.CompletedTask;
    }

    protected override void ShowProgress() => wait.ShowProgress();
}
