using Magsag.Storage.Sqlite;
using Magsag.Storage.Stores;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage.Tests;

public sealed class SqliteStoreTests
{
    [Fact]
    public async Task A_store_keeps_a_write_ahead_log()
    {
        await using TestStore test = await TestStore.CreateAsync(StoreKind.Sqlite);

        Assert.Equal("wal", Scalar(test.Address, "PRAGMA journal_mode"));
    }

    [Fact]
    public async Task A_store_of_a_later_version_is_refused_with_a_remedy()
    {
        using var runs = new RunsDirectory();
        await (await CostStore.OpenAsync(runs.Database)).DisposeAsync();
        Scalar(runs.Database, "PRAGMA user_version = 99");

        var error = await Assert.ThrowsAsync<CostStoreException>(() => CostStore.OpenAsync(runs.Database));

        Assert.Contains($"'{runs.Database}' has schema version 99", error.Message, StringComparison.Ordinal);
        Assert.Contains("Update Magsag, or delete the file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_something_else_is_left_alone()
    {
        using var runs = new RunsDirectory();
        Scalar(runs.Database, "CREATE TABLE recipes (name TEXT)");

        await Assert.ThrowsAsync<CostStoreException>(() => CostStore.OpenAsync(runs.Database));

        Assert.Equal(1L, Scalar(runs.Database, "SELECT count(*) FROM sqlite_master"));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_an_error_that_names_it()
    {
        using var runs = new RunsDirectory();
        File.WriteAllText(runs.Database, new string('x', 5000));

        var error = await Assert.ThrowsAsync<CostStoreException>(() => CostStore.OpenAsync(runs.Database));

        Assert.Contains($"'{runs.Database}' isn't an SQLite database", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_is_an_error_that_names_it()
    {
        using var runs = new RunsDirectory();

        var error = await Assert.ThrowsAsync<CostStoreException>(() => CostStore.OpenAsync(runs.Path));

        Assert.Contains(runs.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_store_may_be_opened_by_many_at_once()
    {
        using var runs = new RunsDirectory();

        ICostStore[] stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => CostStore.OpenAsync(runs.Database))));

        Assert.Equal(0, (await stores[0].TotalAsync()).Totals.Calls);
        await Task.WhenAll(stores.Select(store => store.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task A_database_that_can_only_be_read_answers_but_takes_nothing()
    {
        await using TestStore test = await TestStore.CreateAsync(StoreKind.Sqlite);
        test.Runs.Append("a", Calls.Any());
        await test.IngestAsync();
        await using ICostStore store = await SqliteStore.OpenReadOnlyAsync(test.Address, CancellationToken.None);

        Assert.True(store.IsReadOnly);
        Assert.Equal(1, (await store.TotalAsync()).Totals.Calls);
        await Assert.ThrowsAsync<CostStoreException>(() => store.IngestAsync(test.Runs.Ledgers));
    }

    [Fact]
    public async Task A_full_disk_is_an_error_and_leaves_the_store_as_it_was()
    {
        await using TestStore test = await TestStore.CreateAsync(StoreKind.Sqlite);
        test.Runs.Append("a", Calls.Random(60, 2000));
        await test.IngestAsync();
        ((SqliteStore)test.Store).StopGrowing();
        test.Runs.Append("b", Calls.Random(61, 5000));

        var error = await Assert.ThrowsAsync<CostStoreException>(test.IngestAsync);

        Assert.Contains("The disk is full", error.Message, StringComparison.Ordinal);
        Assert.Equal(2000, (await test.Store.ReadAllAsync()).Count);
    }

    [Fact]
    public async Task A_failure_that_rolls_back_by_itself_is_told_and_nothing_else()
    {
        await using TestStore test = await TestStore.CreateAsync(StoreKind.Sqlite);
        test.Runs.Append("a", Calls.Random(62, 50));
        test.Execute("CREATE TRIGGER failing BEFORE INSERT ON record BEGIN SELECT RAISE(ROLLBACK, 'no more records today'); END");

        var error = await Assert.ThrowsAsync<CostStoreException>(test.IngestAsync);
        test.Execute("DROP TRIGGER failing");

        Assert.Contains("no more records today", error.Message, StringComparison.Ordinal);
        Assert.Equal(50, (await test.IngestAsync()).Records);
    }

    private static object? Scalar(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
