using Magsag.Ledger.Records;
using Magsag.Storage.Queries;

namespace Magsag.Storage.Tests;

public sealed class FindRunsTests(FilledStores filled) : IClassFixture<FilledStores>
{
    public static TheoryData<StoreKind, string, RecordFilter, Func<LedgerRecord, bool>> Filters() => QueryTests.Filters();

    [Theory, MemberData(nameof(Filters), DisableDiscoveryEnumeration = true)]
    public async Task Runs_are_found_by_their_newest_matching_call_with_what_those_calls_cost(StoreKind kind, string name, RecordFilter filter, Func<LedgerRecord, bool> matches)
    {
        TestStore test = await filled.OpenAsync(kind);
        var expected = filled.Records.Where(matches).Where(static record => record.RunId is not null).GroupBy(static record => record.RunId!, StringComparer.Ordinal)
            .OrderByDescending(static run => run.Max(static record => (record.Timestamp, record.Id))).Take(12)
            .Select(static run => (
                run.Key,
                LastCall: run.Max(static record => record.Timestamp),
                Cost: run.Sum(static record => record.CostUsd ?? 0m),
                Agents: string.Join('|', run.Select(static record => record.Agent).Distinct().Order(StringComparer.Ordinal))));

        IReadOnlyList<RunCosts> runs = await test.Store.FindRunsAsync(filter, 12);

        Assert.True(runs.Count > 0, $"'{name}' has to find runs.");
        Assert.Equal(expected, runs.Select(static run => (
            run.RunId,
            run.LastCall,
            run.Groups.Sum(static group => group.Totals.CostUsd),
            string.Join('|', run.Groups.Select(static group => group.Key[0]).Distinct().Order(StringComparer.Ordinal)))));
    }

    [Theory, EveryStore]
    public async Task A_run_behind_many_calls_of_a_newer_one_is_found(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        test.Runs.Append("a", Calls.At(Calls.Noon.AddDays(-1)) with { RunId = "small" });
        test.Runs.Append("b", Enumerable.Range(0, 300).Select(static second => Calls.At(Calls.Noon.AddSeconds(second)) with { RunId = "large" }));
        await test.IngestAsync();

        IReadOnlyList<RunCosts> runs = await test.Store.FindRunsAsync(new RecordFilter(), 2);

        Assert.Equal([("large", 300L), ("small", 1L)], runs.Select(static run => (run.RunId, run.Groups.Sum(static group => group.Totals.Calls))));
    }

    [Theory, EveryStore]
    public async Task The_ids_of_all_runs_are_listed_in_order(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        test.Runs.Append("a", Calls.Any() with { RunId = "b" }, Calls.Any() with { RunId = "a" }, Calls.Any());
        await test.IngestAsync();

        Assert.Equal(["a", "b"], await test.Store.ListRunIdsAsync());
    }

    [Fact]
    public async Task A_limit_that_cannot_be_is_refused()
    {
        await using TestStore test = await TestStore.CreateAsync(StoreKind.Sqlite);

        await Assert.ThrowsAsync<ArgumentException>(() => test.Store.FindRunsAsync(new RecordFilter(), 0));
    }
}
