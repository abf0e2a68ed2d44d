using System.Globalization;
using Magsag.Storage.Ingest;
using Magsag.Storage.Stores;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage.Tests;

/// <summary>A store of one test's own, in either database, beside the ledgers that it is filled from.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private TestStore(RunsDirectory runs, string address, ICostStore store)
    {
        Runs = runs;
        Address = address;
        Store = store;
    }

    public RunsDirectory Runs { get; }

    public string Address { get; }

    public ICostStore Store { get; }

    public static async Task<TestStore> CreateAsync(StoreKind kind)
    {
        var runs = new RunsDirectory();
        string address = kind == StoreKind.Sqlite ? runs.Database : PostgresCluster.CreateDatabase();
        return new TestStore(runs, address, await CostStore.OpenAsync(address));
    }

    /// <summary>Brings the store up to date with all ledgers.</summary>
    public Task<IngestResult> IngestAsync() => Store.IngestAsync(Runs.Ledgers);

    /// <summary>Runs a statement in the database behind the store's back; <c>{0}</c> stands before each table.</summary>
    public void Execute(string sql) => Scalar(sql);

    /// <summary>How many rows a table has.</summary>
    public long Count(string table) => Convert.ToInt64(Scalar($"SELECT count(*) FROM {{0}}{table}"), CultureInfo.InvariantCulture);

    private object? Scalar(string sql)
    {
        if (Address.StartsWith("postgres", StringComparison.Ordinal))
        {
            return PostgresCluster.ExecuteAt(Address, string.Format(CultureInfo.InvariantCulture, sql, "magsag."));
        }

        using var connection = new SqliteConnection($"Data Source={Address};Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = string.Format(CultureInfo.InvariantCulture, sql, "");
        return command.ExecuteScalar();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Runs.Dispose();
    }
}
