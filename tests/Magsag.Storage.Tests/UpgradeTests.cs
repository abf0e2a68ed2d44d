using Magsag.Gating;

namespace Magsag.Storage.Tests;

public sealed class UpgradeTests
{
    /// <summary>Takes from a store what version 3 brought.</summary>
    public const string ToVersion2 =
        """
        DROP TABLE {0}monthly; DROP TABLE {0}monthly_code; DROP TABLE {0}daily_model; DROP TABLE {0}party; DROP TABLE {0}run_party; DROP TABLE {0}daily_number;
        DROP INDEX {0}run_time; ALTER TABLE {0}run DROP COLUMN party;
        """;

    [Theory, EveryStore]
    public async Task A_store_of_version_2_gets_months_parties_and_ranges_without_its_ledgers(StoreKind kind)
    {
        LedgerRecord[] records = [.. Calls.Random(90, 3000)];
        await using TestStore test = await Version2Async(kind, records.Take(2000));
        File.Delete(test.Runs.Ledger());

        await using ICostStore upgraded = await CostStore.OpenAsync(test.Address);

        await Conservation.AssertAsync(upgraded, [.. records.Take(2000)]);
        Assert.Equal(
            records.Take(2000).Where(static record => record.CostUsd > 9_000m).Select(static record => record.Id).Order(),
            (await upgraded.ReadAllAsync(new RecordFilter { Search = "cost_usd:>9000" })).Select(static record => record.Id).Order());
    }

    [Theory, EveryStore]
    public async Task An_upgraded_store_takes_new_records_into_the_rows_that_it_made(StoreKind kind)
    {
        LedgerRecord[] records = [.. Calls.Random(91, 3000)];
        await using TestStore test = await Version2Async(kind, records.Take(2000));
        await using TestStore made = await TestStore.CreateAsync(kind);
        made.Runs.Append("a", records);
        await made.IngestAsync();
        test.Runs.Append("a", records.Skip(2000));

        await using ICostStore upgraded = await CostStore.OpenAsync(test.Address);
        await upgraded.IngestAsync(test.Runs.Ledgers);

        await Conservation.AssertAsync(upgraded, records);
        foreach (string table in (string[])["monthly", "monthly_code", "daily_model"])
        {
            Assert.Equal(made.Count(table), test.Count(table));
        }
    }

    private static async Task<TestStore> Version2Async(StoreKind kind, IEnumerable<LedgerRecord> records)
    {
        TestStore test = await TestStore.CreateAsync(kind);
        test.Runs.Append("a", records);
        await test.IngestAsync();
        test.Execute(ToVersion2 + (kind == StoreKind.Sqlite ? "PRAGMA user_version = 2" : "UPDATE {0}store_version SET version = 2"));
        return test;
    }
}
