using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;
using Magsag.Ledger.Summaries;
using Magsag.Storage.Ingest;
using Magsag.Storage.Queries;
using Magsag.Storage.Reconciling;
using Magsag.Storage.Stores;

namespace Magsag.Storage.Tests;

public sealed class CorrectionTests
{
    private static readonly CostDimension[][] RollUps = [[CostDimension.Agent], [CostDimension.Customer], [CostDimension.Model], [CostDimension.Test], [CostDimension.Site]];

    private static LedgerRecord Corrected(LedgerRecord call, decimal cost, params LedgerRecord[] earlier) =>
        LedgerCorrection.Create(call, earlier, cost, "the invoice says so", Guid.CreateVersion7(), Calls.Noon.AddDays(2));

    private static Dictionary<string, TokenTotals> SharesOf(CostSummary summary, CostDimension dimension)
    {
        IReadOnlyList<CostShare> shares = dimension switch
        {
            CostDimension.Agent => summary.Agents,
            CostDimension.Customer => summary.Customers,
            CostDimension.Model => summary.Models,
            CostDimension.Test => summary.Tests,
            _ => summary.Sites,
        };
        return shares.ToDictionary(static share => share.Name, static share => share.Totals);
    }

    [Theory, EveryStore]
    public async Task Stores_add_up_what_ledgers_add_up_whichever_comes_first(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        LedgerRecord[] calls = [.. Calls.Random(60, 2000)];
        LedgerRecord[] corrections = [.. calls.Where(static call => call.Outcome != CallOutcome.CacheHit).Where(static (_, index) => index % 7 == 0).Select(static (call, index) => Corrected(call, index / 1000m))];
        test.Runs.Append("a", corrections.Take(100));
        test.Runs.Append("b", calls);
        test.Runs.Append("c", corrections.Skip(100));
        await test.IngestAsync();

        var builder = new SummaryBuilder();
        foreach (LedgerRecord record in calls.Concat(corrections))
        {
            builder.Add(record);
        }

        await AssertSameSumsAsync(builder.ToSummary(), test.Store);
    }

    [Theory, EveryStore]
    public async Task Stores_add_up_what_ledgers_add_up_when_records_come_late_and_ingests_overlap(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        await using ICostStore other = await CostStore.OpenAsync(test.Address);
        (((SqlStore)test.Store).BatchSize, ((SqlStore)other).BatchSize) = (170, 230);
        LedgerRecord[] calls = [.. Calls.Random(61, 2000).OrderByDescending(static call => call.Timestamp)];
        LedgerRecord[] corrections = [.. calls.Where(static call => call.Outcome != CallOutcome.CacheHit).Where(static (_, index) => index % 5 == 0).Select(static (call, index) => Corrected(call, index / 1000m))];

        // Each round is of earlier days than those before it, and a file has what others have, too.
        for (int round = 0; round < 4; round++)
        {
            LedgerRecord[] part = [.. calls.Skip(500 * round).Take(500)];
            test.Runs.Append("a", part);
            test.Runs.Append("copy", part.Where((_, index) => index % 3 == round % 3).Reverse());
            test.Runs.Append($"round-{round}", corrections.Skip(80 * (3 - round)).Take(100).Concat(part.Take(50)));
            await Task.WhenAll(test.IngestAsync(), other.IngestAsync(test.Runs.Ledgers));
        }

        var builder = new SummaryBuilder();
        foreach (LedgerRecord record in test.Runs.Ledgers.SelectMany(ReadLedger).DistinctBy(static record => record.Id))
        {
            builder.Add(record);
        }

        await AssertSameSumsAsync(builder.ToSummary(), test.Store);
    }

    private static List<LedgerRecord> ReadLedger(string path)
    {
        using var reader = new LedgerReader(path);
        return [.. reader.ReadToEnd()];
    }

    private static async Task AssertSameSumsAsync(CostSummary expected, ICostStore store)
    {
        foreach (CostDimension[] by in RollUps)
        {
            // Grouping by the run as well makes the store read the records instead of its roll-ups.
            foreach (CostDimension[] asked in (CostDimension[][])[by, [.. by, CostDimension.Run]])
            {
                IReadOnlyList<CostGroup> groups = await store.SummarizeAsync(new CostQuery { GroupBy = asked });
                var found = groups.Where(static group => group.Key[0] is not null && (group.Totals.Calls > 0 || group.Corrections > 0))
                    .GroupBy(static group => group.Key[0]!).ToDictionary(static share => share.Key, static share => share.Aggregate(new TokenTotals(), static (sum, group) => sum + group.Totals));
                Assert.Equal(SharesOf(expected, by[0]), found);
            }
        }

        CostGroup all = Assert.Single(await store.SummarizeAsync(new CostQuery()));
        Assert.Equal((expected.Totals, expected.Corrections, expected.CorrectionsUsd), (all.Totals, all.Corrections, all.CorrectionsUsd));
        Assert.Equal(expected.Runs, (await store.CountRunsAsync(new RunQuery())).Sum(static group => group.Runs));
    }

    [Theory, EveryStore]
    public async Task A_correction_gets_in_once_however_often_it_is_read(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        LedgerRecord call = Calls.Any();
        LedgerRecord correction = Corrected(call, 0.5m);
        test.Runs.Append("a", call, correction);
        test.Runs.Append("copy", correction, call);

        IngestResult read = await test.IngestAsync();

        Assert.Equal((2, 2, 0), (read.Records, read.Duplicates, read.UnmatchedCorrections));
        Assert.Equal(0.5m, Assert.Single(await test.Store.SummarizeAsync(new CostQuery())).Totals.CostUsd);
    }

    [Theory, EveryStore]
    public async Task A_correction_whose_call_is_missing_counts_and_is_reported_until_the_call_comes(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        LedgerRecord call = Calls.Any();
        test.Runs.Append("a", Corrected(call, 0.5m));
        IngestResult before = await test.IngestAsync();
        test.Runs.Append("b", call);

        IngestResult after = await test.IngestAsync();

        Assert.Equal((1, 0), (before.UnmatchedCorrections, after.UnmatchedCorrections));
    }

    [Theory, EveryStore]
    public async Task Corrections_are_found_by_their_outcome_and_say_what_they_correct(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        LedgerRecord call = Calls.Any();
        LedgerRecord correction = Corrected(call, 0.5m);
        test.Runs.Append("a", call, correction, Calls.Any());
        await test.IngestAsync();

        RecordPage filtered = await test.Store.QueryAsync(new RecordQuery { Filter = new RecordFilter { Outcome = CallOutcome.Correction } });
        RecordPage searched = await test.Store.QueryAsync(new RecordQuery { Filter = new RecordFilter { Search = "outcome:correction triage" } });

        Assert.Equal(correction, Assert.Single(filtered.Records));
        Assert.Equal(correction, Assert.Single(searched.Records));
    }

    [Theory, EveryStore]
    public async Task Reconciliation_names_a_correction_that_the_store_misses(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        LedgerRecord call = Calls.Any();
        LedgerRecord correction = Corrected(call, 0.5m);
        test.Runs.Append("a", call);
        await test.IngestAsync();
        test.Runs.Append("a", correction);

        Reconciliation found = await Reconciliation.CompareAsync(test.Store, test.Runs.Ledgers);

        Assert.Equal([correction.Id], Assert.Single(found.Days).MissingFromStore);
    }
}
