using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;
using Magsag.Ledger.Summaries;
using Magsag.Storage.Ingest;
using Magsag.Storage.Reconciling;
using Magsag.Storage.Stores;

namespace Magsag.Storage.Tests;

/// <summary>What users of tools like this complain about, each with its row and the threads that it was read from.</summary>
public sealed class UserDemandTests
{
    // Row 22, BerriAI/litellm#35531, #33872: a queue was drained before the commit, the commit failed, the spend was gone.
    [Theory, EveryStore]
    public async Task Row_22_what_a_failed_commit_took_is_read_from_the_ledger_again(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        LedgerRecord[] records = [.. Calls.Random(30, 200)];
        byte[] ledger = File.ReadAllBytes(test.Runs.Append("a", records));
        test.Execute("ALTER TABLE {0}daily RENAME TO daily_gone");
        await Assert.ThrowsAsync<CostStoreException>(test.IngestAsync);
        test.Execute("ALTER TABLE {0}daily_gone RENAME TO daily");

        IngestResult result = await test.IngestAsync();

        Assert.Equal(200, result.Records);
        Assert.Equal(ledger, File.ReadAllBytes(test.Runs.Ledger()));
        await Conservation.AssertAsync(test.Store, records);
    }

    // Row 23, BerriAI/litellm#29292: only the first 100 of a flush were saved, the rest was dropped in silence.
    [Theory, EveryStore]
    public async Task Row_23_the_sums_of_the_ledger_are_the_sums_of_the_store(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        LedgerRecord[] records = [.. Calls.Random(31, 5_000)];
        test.Runs.Append("a", records);
        await test.IngestAsync();

        var summary = new SummaryBuilder();
        using (var reader = new LedgerReader(test.Runs.Ledger()))
        {
            summary.Add(reader);
        }

        Assert.Equal(summary.ToSummary().Totals, (await test.Store.TotalAsync()).Totals);
        await Conservation.AssertAsync(test.Store, records);
    }

    // Row 24, BerriAI/litellm#6633: an empty request id as primary key, rows were overwritten.
    [Theory, EveryStore]
    public async Task Row_24_records_without_an_id_or_with_one_and_the_same_overwrite_none(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        const string Line = """{"v":1,"ts":"2026-11-23T18:00:00Z","outcome":"ok","usage_source":"reported","cost_usd":0.5}""";
        test.Runs.Append("a", Calls.Any());
        test.Runs.AppendText("a", $"{Line}\n{Line}\n{Line}\n");
        Guid shared = Guid.NewGuid();
        test.Runs.Append("b", Calls.Any() with { Id = shared, CostUsd = 1m }, Calls.At(Calls.Noon.AddTicks(1)) with { Id = shared, CostUsd = 2m });

        await test.IngestAsync();
        File.Copy(test.Runs.Ledger(), test.Runs.Ledger("copy"));
        await test.IngestAsync();

        Assert.Equal(6, (await test.Store.ReadAllAsync()).Count);
        Assert.Equal(4.500021m, (await test.Store.TotalAsync()).Totals.CostUsd);
    }

    // Row 25, BerriAI/litellm#13280: 8 calls logged, 9 at the provider.
    [Theory, EveryStore]
    public async Task Row_25_a_reconciliation_names_the_day_and_the_records_that_somebody_misses(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        LedgerRecord[] logged = [.. Enumerable.Range(0, 8).Select(number => Calls.At(Calls.Noon.AddSeconds(number)))];
        test.Runs.Append("a", logged);
        await test.IngestAsync();
        LedgerRecord late = Calls.At(Calls.Noon.AddDays(1));
        test.Runs.Append("a", late);
        ProviderCount[] bill = [new(new DateOnly(2026, 11, 23), "gpt-4o-mini-2024-07-18", 9)];

        Reconciliation found = await Reconciliation.CompareAsync(test.Store, test.Runs.Ledgers, bill);
        await test.IngestAsync();
        Reconciliation afterwards = await Reconciliation.CompareAsync(test.Store, test.Runs.Ledgers, [bill[0] with { Calls = 8, CostUsd = 0.000168m }]);

        Assert.False(found.Agrees);
        Assert.Equal((8, 8, 9L), (found.Days[0].Ledger!.Calls, found.Days[0].Store.Calls, found.Days[0].Provider!.Calls));
        Assert.Equal([late.Id], found.Days[1].MissingFromStore);
        Assert.True(afterwards.Agrees);
    }
}
