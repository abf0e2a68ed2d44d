using System.Globalization;
using Magsag.Ledger.Records;
using Npgsql;
using NpgsqlTypes;

namespace Magsag.Storage;

/// <summary>Copies records into a table of the session's own and from there into the store, as far as they are new.</summary>
internal sealed class PostgresRecords(NpgsqlConnection connection)
{
    private const string Columns = "ts, id, series, run, outcome, usage_source, input_tokens, cached_input_tokens, cache_write_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens, cost_usd, avoided_usd, duration_ms, quality, parent_run_id, call_id, extras";

    private readonly HashSet<(int Year, int Month)> _partitions = [];
    private bool _hasStaging;

    /// <summary>Inserts records; gives time and id of those that are new.</summary>
    public async Task<HashSet<RecordCursor>> InsertAsync(PostgresBatch batch, CancellationToken cancellationToken)
    {
        if (!_hasStaging)
        {
            await PostgresSchema.ExecuteAsync(connection, $"CREATE TEMP TABLE IF NOT EXISTS staging AS SELECT {Columns} FROM record WITH NO DATA", cancellationToken).ConfigureAwait(false);
            _hasStaging = true;
        }

        await PostgresSchema.ExecuteAsync(connection, "TRUNCATE staging", cancellationToken).ConfigureAwait(false);
        foreach ((int year, int month) in batch.Months())
        {
            await EnsurePartitionAsync(year, month, cancellationToken).ConfigureAwait(false);
        }

        await CopyAsync(batch, cancellationToken).ConfigureAwait(false);
        HashSet<RecordCursor> inserted = [];
        await using var insert = new NpgsqlCommand($"INSERT INTO record ({Columns}) SELECT {Columns} FROM staging ON CONFLICT DO NOTHING RETURNING ts, id", connection);
        await using NpgsqlDataReader row = await insert.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            inserted.Add(new RecordCursor(row.GetInt64(0), row.GetGuid(1)));
        }

        return inserted;
    }

    /// <summary>Keeps what corrections say beside their records.</summary>
    public async Task InsertCorrectionsAsync(List<RecordRow> corrections, CancellationToken cancellationToken)
    {
        if (corrections.Count == 0)
        {
            return;
        }

        var rows = new PostgresRows([("ts", NpgsqlDbType.Bigint), ("id", NpgsqlDbType.Uuid), ("corrects", NpgsqlDbType.Uuid), ("corrected_at", NpgsqlDbType.Bigint), ("reason", NpgsqlDbType.Text), ("was_unknown", NpgsqlDbType.Integer)]);
        foreach (RecordRow record in corrections)
        {
            LedgerCorrection correction = record.Correction!;
            rows.Add(record.Cursor.Ticks, record.Cursor.Id, correction.Corrects, correction.CorrectedAt.UtcTicks, StorableText.Of(correction.Reason), correction.WasUnknown ? 1 : 0);
        }

        await using NpgsqlCommand command = rows.Command(connection, $"INSERT INTO correction ({rows.Columns}) SELECT {rows.Columns} FROM {rows.From}");
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets tables that a transaction made that didn't commit.</summary>
    public void Forget()
    {
        _partitions.Clear();
        _hasStaging = false;
    }

    private async Task CopyAsync(PostgresBatch batch, CancellationToken cancellationToken)
    {
        await using NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync($"COPY staging ({Columns}) FROM STDIN (FORMAT BINARY)", cancellationToken).ConfigureAwait(false);
        foreach (RecordRow record in batch.Records)
        {
            // The importer buffers: nothing here waits for the server, and a synchronous call costs half of an asynchronous one.
            copy.StartRow();
            copy.Write(record.Cursor.Ticks, NpgsqlDbType.Bigint);
            copy.Write(record.Cursor.Id, NpgsqlDbType.Uuid);
            copy.Write(batch.SeriesId(record), NpgsqlDbType.Bigint);
            Write(copy, batch.RunId(record), NpgsqlDbType.Bigint);
            copy.Write((int)record.Outcome, NpgsqlDbType.Integer);
            copy.Write((int)record.UsageSource, NpgsqlDbType.Integer);
            Write(copy, record.InputTokens, NpgsqlDbType.Bigint);
            Write(copy, record.CachedInputTokens, NpgsqlDbType.Bigint);
            Write(copy, record.CacheWriteTokens, NpgsqlDbType.Bigint);
            Write(copy, record.CacheWriteOneHourTokens, NpgsqlDbType.Bigint);
            Write(copy, record.OutputTokens, NpgsqlDbType.Bigint);
            Write(copy, record.ReasoningTokens, NpgsqlDbType.Bigint);
            Write(copy, record.CostUsd, NpgsqlDbType.Numeric);
            Write(copy, record.AvoidedUsd, NpgsqlDbType.Numeric);
            Write(copy, record.DurationMilliseconds, NpgsqlDbType.Double);
            Write(copy, record.Quality, NpgsqlDbType.Double);
            Write(copy, record.ParentRunId);
            Write(copy, record.CallId);
            Write(copy, ExtrasText.Of(record.Extras));
        }

        await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task EnsurePartitionAsync(int year, int month, CancellationToken cancellationToken)
    {
        if (!_partitions.Add((year, month)))
        {
            return;
        }

        long from = new DateTime(year, month, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        long to = (year, month) == (9999, 12) ? long.MaxValue : new DateTime(year, month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1).Ticks;
        string sql = string.Create(CultureInfo.InvariantCulture, $"CREATE TABLE IF NOT EXISTS record_{year:0000}_{month:00} PARTITION OF record FOR VALUES FROM ({from}) TO ({to})");
        await PostgresSchema.ExecuteAsync(connection, sql, cancellationToken).ConfigureAwait(false);
    }

    private static void Write<T>(NpgsqlBinaryImporter copy, T? value, NpgsqlDbType type)
        where T : struct
    {
        if (value is { } known)
        {
            copy.Write(known, type);
        }
        else
        {
            copy.WriteNull();
        }
    }

    private static void Write(NpgsqlBinaryImporter copy, string? value)
    {
        if (value is null)
        {
            copy.WriteNull();
        }
        else
        {
            copy.Write(value, NpgsqlDbType.Text);
        }
    }
}
