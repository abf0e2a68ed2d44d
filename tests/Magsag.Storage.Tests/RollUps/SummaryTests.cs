using Magsag.Ledger.Records;
using Magsag.Ledger.Summaries;
using Magsag.Storage.Queries;

namespace Magsag.Storage.Tests;

public sealed class SummaryTests
{
    [Theory, EveryStore]
    public async Task Any_stretch_of_time_adds_up_to_its_records(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        LedgerRecord[] records = [.. Calls.Random(50, 4000)];
        test.Runs.Append("a", records);
        await test.IngestAsync();
        var random = new Random(51);

        for (int attempt = 0; attempt < 40; attempt++)
        {
            DateTimeOffset since = Calls.Noon.AddDays(-random.Next(45)).AddTicks(random.Next(2) * random.NextInt64(TimeSpan.TicksPerDay));
            DateTimeOffset until = since.AddHours(random.Next(1, 400)).AddTicks(random.Next(3));
            TokenTotals found = (await test.Store.TotalAsync(new RecordFilter { Since = since, Until = until, Agent = "triage" })).Totals;

            var expected = records.Where(record => record.Agent == "triage" && record.Outcome != CallOutcome.CacheHit && record.Timestamp >= since && record.Timestamp < until).ToList();
            Assert.Equal((expected.Count, expected.Sum(record => record.CostUsd ?? 0m)), (found.Calls, found.CostUsd));
        }
    }

    [Theory, EveryStore]
    public async Task Whole_days_are_answered_without_a_single_record(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        test.Runs.Append("a", Calls.Random(52, 2000));
        await test.IngestAsync();
        var month = new RecordFilter { Since = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), Until = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero) };
        CostQuery[] queries = [.. ((CostDimension[][])[[], [CostDimension.Day, CostDimension.Model], [CostDimension.Agent, CostDimension.Customer], [CostDimension.Test, CostDimension.Site]]).Select(by => new CostQuery { Filter = month, GroupBy = by })];
        List<IReadOnlyList<CostGroup>> before = [];
        foreach (CostQuery query in queries)
        {
            before.Add(await test.Store.SummarizeAsync(query));
        }

        test.Execute("DELETE FROM {0}record");

        foreach ((int index, CostQuery query) in queries.Index())
        {
            Assert.NotEmpty(before[index]);
            Assert.Equivalent(before[index], await test.Store.SummarizeAsync(query), strict: true);
        }
    }

    [Theory, EveryStore]
    public async Task Unpriced_and_unmetered_calls_are_counted_and_the_cost_is_a_lower_bound(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        test.Runs.Append("a",
            Calls.Any(),
            Calls.Any() with { CostUsd = null },
            Calls.Any() with { CostUsd = null, UsageSource = UsageSource.Unknown },
            Calls.Any() with { CostUsd = null, UsageSource = UsageSource.Unknown, Outcome = CallOutcome.Error },
            Calls.Any() with { CostUsd = 0m, Outcome = CallOutcome.CacheHit });
        await test.IngestAsync();

        foreach (CostDimension[] by in (CostDimension[][])[[], [CostDimension.Run]])
        {
            CostGroup group = Assert.Single(await test.Store.SummarizeAsync(new CostQuery { GroupBy = by }));
            Assert.Equal((4, 1, 1, 0.000021m), (group.Totals.Calls, group.Totals.UnpricedCalls, group.Totals.UnmeteredCalls, group.Totals.CostUsd));
            Assert.Equal((1, 1), (group.CacheHits, group.FailedCalls));
        }
    }

    [Theory, EveryStore]
    public async Task Months_and_tags_are_groups(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        var support = new Dictionary<string, string> { ["team"] = "support" };
        test.Runs.Append("a", Calls.Any() with { Tags = support }, Calls.At(Calls.Noon.AddDays(3)) with { Tags = support }, Calls.At(Calls.Noon.AddMonths(1)));
        await test.IngestAsync();

        IReadOnlyList<CostGroup> groups = await test.Store.SummarizeAsync(new CostQuery { GroupBy = [CostDimension.Month, CostDimension.Tag], Tag = "team" });

        Assert.Equal([("2026-11", "support", 2L), ("2026-12", null, 1L)], groups.Select(group => (group.Key[0], group.Key[1], group.Totals.Calls)));
    }

    [Theory, EveryStore]
    public async Task A_run_belongs_to_its_first_call_and_ends_as_its_last_whatever_the_order_they_come_in(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        test.Runs.Append("a", Calls.At(Calls.Noon) with { RunId = "run-1", Agent = "second" });
        await test.IngestAsync();
        test.Runs.Append("b", Calls.At(Calls.Noon.AddDays(-1)) with { RunId = "run-1", Agent = "first", Outcome = CallOutcome.Error });
        await test.IngestAsync();
        test.Runs.Append("c", Calls.At(Calls.Noon.AddDays(1)) with { RunId = "run-1", Agent = "third", Outcome = CallOutcome.Error });
        await test.IngestAsync();

        RunGroup run = Assert.Single(await test.Store.CountRunsAsync(new RunQuery()));

        Assert.Equal((new DateOnly(2026, 11, 22), "first", 1, 0), (run.Day, run.Agent, run.Runs, run.SuccessfulTasks));
    }
}
