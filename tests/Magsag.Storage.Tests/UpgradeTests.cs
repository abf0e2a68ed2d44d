using System.Globalization;
using Magsag.Storage.Schema;
using Magsag.Storage.Stores;

namespace Magsag.Storage.Tests;

public sealed class UpgradeTests
{
    [Theory, EveryStore]
    public async Task A_store_of_an_earlier_version_is_refused_with_the_way_to_make_it_again(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        test.Runs.Append("a", Calls.Random(90, 50));
        await test.IngestAsync();
        test.Execute(kind == StoreKind.Sqlite ? "PRAGMA user_version = 4" : "UPDATE {0}store_version SET version = 4");

        var error = await Assert.ThrowsAsync<CostStoreException>(() => CostStore.OpenAsync(test.Address));

        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"has schema version 4; this version of Magsag reads version {StoreTables.Version}"), error.Message, StringComparison.Ordinal);
        Assert.Contains(kind == StoreKind.Sqlite ? "Delete the file: it is made again from the ledgers" : "DROP SCHEMA magsag CASCADE: the store is made again from the ledgers", error.Message, StringComparison.Ordinal);
        Assert.Equal(50, test.Count("record"));
    }
}
