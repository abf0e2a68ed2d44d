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

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Runs.Dispose();
    }
}
