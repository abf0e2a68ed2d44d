using System.Globalization;

namespace Magsag.Storage.Tests;

public sealed class UpgradeTests
{
    /// <summary>Takes from a store what version 4 brought.</summary>
    public const string ToVersion3 =
        """
        DROP INDEX {0}record_extras; DROP INDEX {0}daily_extras; DROP INDEX {0}daily_code_extras; DROP INDEX {0}daily_model_extras; DROP INDEX {0}monthly_extras; DROP INDEX {0}monthly_code_extras;
        ALTER TABLE {0}daily DROP COLUMN extras; ALTER TABLE {0}daily_code DROP COLUMN extras; ALTER TABLE {0}daily_model DROP COLUMN extras;
        ALTER TABLE {0}monthly DROP COLUMN extras; ALTER TABLE {0}monthly_code DROP COLUMN extras;
        """;

    private const string ToVersion3OfPostgres = ToVersion3 + "DROP AGGREGATE {0}extras_total(text); DROP FUNCTION {0}extras_sum(text, text);";

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

    [Theory, EveryStore]
    public async Task A_store_of_version_3_gets_sums_of_audio_images_and_searches_without_its_ledgers(StoreKind kind)
    {
        LedgerRecord[] records = [.. Calls.Random(92, 1000)];
        await using TestStore test = await OlderAsync(kind, version: 3, "", records);
        File.Delete(test.Runs.Ledger());

        await using ICostStore upgraded = await CostStore.OpenAsync(test.Address);

        await Conservation.AssertAsync(upgraded, records);
    }

    private static Task<TestStore> Version2Async(StoreKind kind, IEnumerable<LedgerRecord> records) => OlderAsync(kind, version: 2, ToVersion2, records);

    private static async Task<TestStore> OlderAsync(StoreKind kind, int version, string steps, IEnumerable<LedgerRecord> records)
    {
        TestStore test = await TestStore.CreateAsync(kind);
        test.Runs.Append("a", records);
        await test.IngestAsync();
        string number = version.ToString(CultureInfo.InvariantCulture);
        test.Execute(kind == StoreKind.Sqlite ? $"{ToVersion3}{steps}PRAGMA user_version = {number}" : $"{ToVersion3OfPostgres}{steps}UPDATE {{0}}store_version SET version = {number}");
        return test;
    }
}
