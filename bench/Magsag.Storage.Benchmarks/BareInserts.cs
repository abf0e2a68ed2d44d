using System.Globalization;
using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Magsag.Storage.Benchmarks;

/// <summary>Reads ledgers and puts each record as it is into a table: no index, no search, no sums, and the same line twice is two rows.</summary>
internal static class BareInserts
{
    private static readonly string[] Columns = ["ts", "id", "run_id", "agent", "customer", "billing_tier", "provider", "model", "requested_model", "operation", "outcome", "input_tokens", "output_tokens", "usage_source", "cost_usd", "price_id", "duration_ms", "site", "member"];

    public static long Insert(IReadOnlyList<string> ledgers, string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        Execute(connection, $"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; DROP TABLE IF EXISTS call; CREATE TABLE call ({string.Join(", ", Columns)})");
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO call VALUES ({string.Join(", ", Columns.Select(static column => "$" + column))})";
        SqliteParameter[] parameters = [.. Columns.Select(column => insert.Parameters.Add(new SqliteParameter { ParameterName = "$" + column }))];
        insert.Prepare();
        long records = 0;
        foreach (LedgerRecord record in Read(ledgers))
        {
            object?[] values = Values(record);
            for (int index = 0; index < values.Length; index++)
            {
                parameters[index].Value = values[index] ?? DBNull.Value;
            }

            insert.ExecuteNonQuery();
            records++;
        }

        transaction.Commit();
        return records;
    }

    public static async Task<long> CopyAsync(IReadOnlyList<string> ledgers, Uri address)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder { Host = address.Host, Port = address.Port, Username = address.UserInfo.Split(':')[0], Database = address.AbsolutePath.TrimStart('/') }.ToString());
        await connection.OpenAsync();
        await using (var create = new NpgsqlCommand($"DROP TABLE IF EXISTS call; CREATE TABLE call ({string.Join(", ", Columns.Select(static column => column + " " + SqlTypeOf(column)))})", connection))
        {
            await create.ExecuteNonQueryAsync();
        }

        await using NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync("COPY call FROM STDIN (FORMAT BINARY)");
        foreach (LedgerRecord record in Read(ledgers))
        {
            copy.StartRow();
            object?[] values = Values(record);
            for (int index = 0; index < values.Length; index++)
            {
                if (values[index] is { } value)
                {
                    copy.Write(value, TypeOf(Columns[index]));
                }
                else
                {
                    copy.WriteNull();
                }
            }
        }

        return (long)await copy.CompleteAsync();
    }

    private static IEnumerable<LedgerRecord> Read(IEnumerable<string> ledgers)
    {
        foreach (string ledger in ledgers)
        {
            using var reader = new LedgerReader(ledger);
            foreach (LedgerRecord record in reader.ReadToEnd())
            {
                yield return record;
            }
        }
    }

    private static object?[] Values(LedgerRecord record) =>
    [
        record.Timestamp.UtcTicks, record.Id.ToString("N"), record.RunId, record.Agent, record.Customer, record.BillingTier, record.Provider, record.Model, record.RequestedModel, record.Operation, (long)record.Outcome,
        record.InputTokens, record.OutputTokens, (long)record.UsageSource, record.CostUsd?.ToString(CultureInfo.InvariantCulture), record.PriceId, record.DurationMilliseconds, record.Site, record.Member,
    ];

    private static NpgsqlDbType TypeOf(string column) => column switch
    {
        "ts" or "outcome" or "input_tokens" or "output_tokens" or "usage_source" => NpgsqlDbType.Bigint,
        "duration_ms" => NpgsqlDbType.Double,
        _ => NpgsqlDbType.Text,
    };

    private static string SqlTypeOf(string column) => TypeOf(column) switch
    {
        NpgsqlDbType.Bigint => "bigint",
        NpgsqlDbType.Double => "double precision",
        _ => "text",
    };

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
