using Magsag.Storage.Stores;

namespace Magsag.Storage.Tests;

public sealed class PostgresStoreTests
{
    [PostgresFact]
    public async Task A_server_that_is_down_is_an_error_that_names_it_without_the_password()
    {
        int port = PostgresCluster.FreePort();

        var error = await Assert.ThrowsAsync<CostStoreException>(() => CostStore.OpenAsync($"postgres://me:hunter2@127.0.0.1:{port}/costs"));

        Assert.Contains($"'postgres://127.0.0.1:{port}/costs' can't be reached", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_store_of_a_later_version_is_refused()
    {
        string address = PostgresCluster.CreateDatabase();
        await (await CostStore.OpenAsync(address)).DisposeAsync();
        PostgresCluster.ExecuteAt(address, "UPDATE magsag.store_version SET version = 99");

        var error = await Assert.ThrowsAsync<CostStoreException>(() => CostStore.OpenAsync(address));

        Assert.Contains("schema version 99", error.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_database_that_does_not_exist_is_an_error_with_its_remedy()
    {
        string address = PostgresCluster.CreateDatabase() + "_gone";

        var error = await Assert.ThrowsAsync<CostStoreException>(() => CostStore.OpenAsync(address));

        Assert.Contains("createdb", error.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Many_processes_may_open_a_new_store_at_once()
    {
        string address = PostgresCluster.CreateDatabase();

        ICostStore[] stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CostStore.OpenAsync(address)));

        Assert.All(stores, store => Assert.False(store.IsReadOnly));
        await Task.WhenAll(stores.Select(store => store.DisposeAsync().AsTask()));
    }

    [PostgresFact]
    public async Task A_database_that_can_only_be_read_answers_but_takes_nothing()
    {
        await using TestStore test = await TestStore.CreateAsync(StoreKind.Postgres);
        test.Runs.Append("a", Calls.Any());
        await test.IngestAsync();
        PostgresCluster.ExecuteAt(test.Address, $"ALTER DATABASE {new Uri(test.Address).AbsolutePath[1..]} SET default_transaction_read_only = on");

        await using ICostStore store = await CostStore.OpenAsync(test.Address);

        Assert.True(store.IsReadOnly);
        Assert.Equal(1, (await store.TotalAsync()).Totals.Calls);
        await Assert.ThrowsAsync<CostStoreException>(() => store.IngestAsync(test.Runs.Ledgers));
    }

    [PostgresFact]
    public async Task Records_lie_in_a_partition_for_each_month()
    {
        await using TestStore test = await TestStore.CreateAsync(StoreKind.Postgres);
        test.Runs.Append("a", Calls.At(Calls.Noon), Calls.At(Calls.Noon.AddMonths(1)));
        await test.IngestAsync();

        PostgresCluster.ExecuteAt(test.Address, "SELECT 1 / count(*) FROM magsag.record_2026_11");
        PostgresCluster.ExecuteAt(test.Address, "SELECT 1 / count(*) FROM magsag.record_2026_12");
    }
}
