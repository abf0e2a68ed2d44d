using Magsag.Ledger.Records;
using Magsag.Ledger.Summaries;
using Magsag.Storage.Queries;
using Magsag.Storage.Stores;

namespace Magsag.Storage.Tests;

/// <summary>What few calls have (audio, images, searches) is in the sums of a store as it is in a ledger's summary.</summary>
public sealed class ExtrasTests
{
    [Theory, EveryStore]
    public async Task A_store_adds_up_audio_images_and_searches_as_the_summary_of_its_ledgers_does(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        LedgerRecord[] records = [.. Calls.Random(93, 2000)];
        var builder = new SummaryBuilder();
        foreach (LedgerRecord record in records)
        {
            builder.Add(record);
        }

        CostSummary summary = builder.ToSummary();

        // Two ingests: the second one adds to rows that the first one made.
        test.Runs.Append("a", records.Take(1200));
        await test.IngestAsync();
        test.Runs.Append("b", records.Skip(1200));
        await test.IngestAsync();

        Assert.NotNull(UsageExtras.Of(summary.Totals.Usage));
        Assert.Equal(summary.Totals, (await test.Store.TotalAsync()).Totals);
        await AssertSharesAsync(test.Store, CostDimension.Model, summary.Models);
        await AssertSharesAsync(test.Store, CostDimension.Agent, summary.Agents);
        await AssertSharesAsync(test.Store, CostDimension.Test, summary.Tests);
    }

    [Theory, EveryStore]
    public async Task Part_of_a_day_a_search_and_a_run_add_up_their_own(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        LedgerRecord[] records = [.. Calls.Random(94, 700)];
        test.Runs.Append("a", records);
        await test.IngestAsync();
        DateTimeOffset since = Calls.Noon.AddDays(-12).AddHours(3), until = Calls.Noon.AddDays(-2).AddMinutes(7);

        await AssertTotalAsync(test.Store, new RecordFilter { Since = since, Until = until }, records.Where(record => record.Timestamp >= since && record.Timestamp < until));
        await AssertTotalAsync(test.Store, new RecordFilter { Search = "model:claude" }, records.Where(static record => record.Model?.StartsWith("claude", StringComparison.Ordinal) == true));
        await AssertTotalAsync(test.Store, new RecordFilter { RunId = records[0].RunId ?? "run-1" }, records.Where(record => record.RunId == (records[0].RunId ?? "run-1")));
    }

    private static async Task AssertSharesAsync(ICostStore store, CostDimension dimension, IReadOnlyList<CostShare> shares)
    {
        IReadOnlyList<CostGroup> groups = await store.SummarizeAsync(new CostQuery { GroupBy = [dimension] });
        Assert.Equal(
            shares.Select(static share => (share.Name, share.Totals)),
            groups.Where(static group => group.Key[0] is not null && group.Totals.Calls > 0).Select(static group => (group.Key[0]!, group.Totals)));
    }

    private static async Task AssertTotalAsync(ICostStore store, RecordFilter filter, IEnumerable<LedgerRecord> records)
    {
        var totals = new RunningTotals();
        foreach (LedgerRecord record in records.Where(static record => record.Outcome != CallOutcome.CacheHit))
        {
            totals.Add(record.Fields);
        }

        Assert.Equal(totals.ToTotals(), (await store.TotalAsync(filter)).Totals);
    }
}
