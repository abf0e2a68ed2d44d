using System.Globalization;
using Magsag.Ledger.Records;
using Magsag.Storage.Ingest;
using Magsag.Storage.Schema;
using Npgsql;
using NpgsqlTypes;

namespace Magsag.Storage.Postgres;

/// <summary>Writes batches into PostgreSQL; of several ingesters one at a time. Rows are copied in binary.</summary>
internal sealed class PostgresWriter(NpgsqlConnection connection, SqlDialect dialect) : BatchWriter(connection, dialect)
{
    private const long IngestLock = 0x4D47_5347_0002;

    private readonly SqlDialect _dialect = dialect;

    protected override Func<Series, string> WriteWords => PostgresWords.WriteVector;

    protected override async Task PrepareAsync(IEnumerable<LedgerRecord> records, CancellationToken cancellationToken)
    {
        await PostgresSchema.ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({IngestLock})"), cancellationToken).ConfigureAwait(false);
        foreach (DateTime month in records.Select(static record => record.Timestamp.UtcDateTime).Select(static time => new DateTime(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Utc)).Distinct().Order().ToList())
        {
            long to = month is { Year: 9999, Month: 12 } ? long.MaxValue : month.AddMonths(1).Ticks;
            string sql = string.Create(CultureInfo.InvariantCulture, $"CREATE TABLE IF NOT EXISTS record_{month:yyyy_MM} PARTITION OF record FOR VALUES FROM ({month.Ticks}) TO ({to})");
            await PostgresSchema.ExecuteAsync(connection, sql, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override async Task LoadAsync(Table table, IReadOnlyList<Column> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        await using NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync($"COPY {table.Name} ({_dialect.ListOf(columns)}) FROM STDIN (FORMAT BINARY)", cancellationToken).ConfigureAwait(false);
        foreach (object?[] row in rows)
        {
            // The importer buffers: nothing here waits for the server, and a synchronous call costs half of an asynchronous one.
            copy.StartRow();
            for (int index = 0; index < columns.Count; index++)
            {
                Write(copy, columns[index].Type, row[index]);
            }
        }

        await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void Write(NpgsqlBinaryImporter copy, ColumnType type, object? value)
    {
        switch (value)
        {
            case null:
                copy.WriteNull();
                break;
            case int number:
                copy.Write(number, NpgsqlDbType.Integer);
                break;
            case long number when type == ColumnType.Long:
                copy.Write(number, NpgsqlDbType.Bigint);
                break;
            case double number:
                copy.Write(number, NpgsqlDbType.Double);
                break;
            case decimal amount:
                copy.Write(amount, NpgsqlDbType.Numeric);
                break;
            case Guid id:
                copy.Write(id, NpgsqlDbType.Uuid);
                break;
            case string text:
                copy.Write(text, NpgsqlDbType.Text);
                break;
            default:
                throw new InvalidOperationException($"A column of {type} can't hold {value}.");
        }
    }
}
