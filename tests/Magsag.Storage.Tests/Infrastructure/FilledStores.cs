using Magsag.Ledger.Records;

namespace Magsag.Storage.Tests;

/// <summary>A store in each database with the same records, filled once for all tests of a class, which only read it.</summary>
public sealed class FilledStores : IAsyncLifetime
{
    private readonly Dictionary<StoreKind, TestStore> _stores = [];

    internal LedgerRecord[] Records { get; } = [.. Calls.Random(40, 1500)];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (TestStore store in _stores.Values)
        {
            await store.DisposeAsync();
        }
    }

    internal async Task<TestStore> OpenAsync(StoreKind kind)
    {
        if (!_stores.TryGetValue(kind, out TestStore? store))
        {
            store = _stores[kind] = await TestStore.CreateAsync(kind);
            store.Runs.Append("a", Records);
            await store.IngestAsync();
        }

        return store;
    }
}
