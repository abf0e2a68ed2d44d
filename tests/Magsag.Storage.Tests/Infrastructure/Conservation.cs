using Magsag.Ledger.Records;
using Magsag.Ledger.Summaries;
using Magsag.Storage.Queries;
using Magsag.Storage.Stores;

namespace Magsag.Storage.Tests;

/// <summary>What goes in has to come out: the store's sums are those of the records, whichever way they are asked for.</summary>
internal static class Conservation
{
    public static async Task AssertAsync(ICostStore store, IReadOnlyCollection<LedgerRecord> records)
    {
        await AssertSumsAsync(store, records, [], static _ => "");
        await AssertSumsAsync(store, records, [CostDimension.Day], static record => record.Timestamp.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await AssertSumsAsync(store, records, [CostDimension.Month], static record => record.Timestamp.UtcDateTime.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture));
        await AssertSumsAsync(store, records, [CostDimension.Agent], static record => record.Agent);
        await AssertSumsAsync(store, records, [CostDimension.Model], static record => record.Model ?? record.RequestedModel);
        await AssertSumsAsync(store, records, [CostDimension.Test], static record => record.Test);
        await AssertSumsAsync(store, records, [CostDimension.Run], static record => record.RunId);
        await AssertRunsAsync(store, records);
    }

    private static async Task AssertSumsAsync(ICostStore store, IReadOnlyCollection<LedgerRecord> records, CostDimension[] by, Func<LedgerRecord, string?> keyOf)
    {
        IReadOnlyList<CostGroup> groups = await store.SummarizeAsync(new CostQuery { GroupBy = by });
        var expected = records.GroupBy(keyOf, StringComparer.Ordinal).OrderBy(static group => group.Key, StringComparer.Ordinal)
            .Select(static group => (group.Key, Totals: TotalsOf(group), Hits: group.LongCount(static record => !IsBillable(record))));

        Assert.Equal(expected, groups.Select(group => (by.Length == 0 ? "" : group.Key[0], group.Totals, group.CacheHits)));
    }

    private static async Task AssertRunsAsync(ICostStore store, IReadOnlyCollection<LedgerRecord> records)
    {
        IReadOnlyList<RunGroup> runs = await store.CountRunsAsync(new RunQuery());
        var lasts = records.Where(static record => record.RunId is not null).GroupBy(static record => record.RunId!, StringComparer.Ordinal)
            .Select(static run => run.MaxBy(static record => (record.Timestamp, record.Id))!).ToList();

        Assert.Equal(lasts.Count, runs.Sum(static group => group.Runs));
        var agents = records.Where(static record => record.RunId is not null && IsBillable(record)).GroupBy(static record => record.Agent, StringComparer.Ordinal)
            .OrderBy(static agent => agent.Key, StringComparer.Ordinal).Select(static agent => (agent.Key, agent.Select(static record => record.RunId).Distinct().LongCount()));
        Assert.Equal(agents, (await store.CountRunsWithCallsAsync(new CostQuery { GroupBy = [CostDimension.Agent] })).Select(static count => (count.Key[0], count.Runs)));
        Assert.Equal(lasts.Count(static last => last.Outcome is CallOutcome.Ok or CallOutcome.CacheHit), runs.Sum(static group => group.SuccessfulTasks));
    }

    private static bool IsBillable(LedgerRecord record) => record.Outcome != CallOutcome.CacheHit;

    private static TokenTotals TotalsOf(IEnumerable<LedgerRecord> records)
    {
        var totals = new RunningTotals();
        foreach (LedgerRecord record in records.Where(IsBillable))
        {
            totals.Add(record.Fields);
        }

        return totals.ToTotals();
    }
}
