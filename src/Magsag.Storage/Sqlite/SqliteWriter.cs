using System.Runtime.InteropServices;
using Magsag.Storage.Ingest;
using Magsag.Storage.Schema;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage.Sqlite;

/// <summary>Writes batches into SQLite; of several ingesters one at a time, in turns.</summary>
internal sealed class SqliteWriter(SqliteConnection connection, SqlDialect dialect, SqliteWait wait, string path) : BatchWriter(connection, dialect), IDisposable
{
    // So many rows take far less time than anybody waits.
    private const int RowsBetweenSigns = 1_000;

    private readonly SqliteTurns _turns = new(path, wait);

    public override Task<SourceIndex> ReadSourcesAsync(CancellationToken cancellationToken) => Task.Run(() => base.ReadSourcesAsync(cancellationToken), cancellationToken);

    // A turn ends on the thread that took it. SQLite works on the caller's thread: nothing here waits for another one.
    public override Task<BatchOutcome> ApplyAsync(IngestBatch batch, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            _turns.Begin();
            try
            {
                return base.ApplyAsync(batch, CancellationToken.None).GetAwaiter().GetResult();
            }
            finally
            {
                _turns.End();
            }
        },
        cancellationToken);

    public void Dispose() => _turns.Dispose();

    protected override Task LoadAsync(Table table, IReadOnlyList<Column> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        using var loader = new SqliteLoader(connection, table, columns);
        int untilSign = RowsBetweenSigns;
        foreach (object?[] row in rows)
        {
            loader.Add(row);
            if (--untilSign == 0)
            {
                ShowProgress();
                untilSign = RowsBetweenSigns;
            }
        }

        return Task.CompletedTask;
    }

    protected override void ShowProgress() => wait.ShowProgress();
}
