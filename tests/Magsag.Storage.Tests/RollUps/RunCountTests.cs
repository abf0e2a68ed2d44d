using Magsag.Ledger.Records;
using Magsag.Storage.Queries;
using Magsag.Storage.Stores;

namespace Magsag.Storage.Tests;

public sealed class RunCountTests
{
    private static readonly CostDimension[][] Groupings = [[], [CostDimension.Agent], [CostDimension.Customer], [CostDimension.Model], [CostDimension.Agent, CostDimension.Model]];

    private static readonly RecordFilter[] Filters =
    [
        new(),
        new() { Agent = "triage" },
        new() { Customer = "customer-4" },
        new() { Model = "gpt-4o-2024-08-06" },
        new() { Model = "gpt-4o-mini" },
        new() { Agent = "triage", Customer = "customer-4", Model = "claude-sonnet-4-5" },
        new() { Agent = "nobody" },
    ];

    [Theory, EveryStore]
    public async Task Runs_with_calls_are_counted_as_their_records_say_in_any_stretch_of_time(StoreKind kind)
    {
        await using TestStore test = await FilledAsync(kind, out LedgerRecord[] records);
        var random = new Random(71);
        foreach (RecordFilter filter in Filters)
        {
            foreach (CostDimension[] by in Groupings)
            {
                await AssertCountAsync(test, records, filter, by);
                DateTimeOffset since = Calls.Noon.AddDays(-random.Next(45)).AddTicks(random.NextInt64(TimeSpan.TicksPerDay));
                await AssertCountAsync(test, records, filter with { Since = since }, by);
                await AssertCountAsync(test, records, filter with { Until = since }, by);
                await AssertCountAsync(test, records, filter with { Since = since, Until = since.AddHours(random.Next(1, 400)) }, by);
            }
        }
    }

    [Theory, EveryStore]
    public async Task Conditions_that_runs_do_not_keep_are_counted_from_the_records(StoreKind kind)
    {
        await using TestStore test = await FilledAsync(kind, out LedgerRecord[] records);

        await AssertCountAsync(test, records, new() { Provider = "openai", Agent = "triage" }, [CostDimension.Customer]);
        await AssertCountAsync(test, records, new() { RunId = "run-3" }, [CostDimension.Agent]);
        await AssertCountAsync(test, records, new() { Operation = "embeddings" }, []);
    }

    [Theory, EveryStore]
    public async Task Runs_of_the_whole_time_are_counted_without_a_single_record(StoreKind kind)
    {
        await using TestStore test = await FilledAsync(kind, out LedgerRecord[] records);

        test.Execute("DELETE FROM {0}record");

        await AssertCountAsync(test, records, new() { Agent = "triage" }, []);
        await AssertCountAsync(test, records, new() { Model = "gpt-4o-mini" }, [CostDimension.Agent]);
    }

    [Theory, EveryStore]
    public async Task A_run_with_nothing_but_cache_hits_made_no_call(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        LedgerRecord hit = Calls.Any() with { RunId = "run-1", Outcome = CallOutcome.CacheHit, CostUsd = 0m };
        test.Runs.Append("a", hit, hit with { Id = Guid.CreateVersion7(Calls.Noon), RunId = "run-2" }, Calls.Any() with { RunId = "run-2", Agent = "answering" });
        await test.IngestAsync();

        IReadOnlyList<RunCount> counts = await test.Store.CountRunsWithCallsAsync(new CostQuery { GroupBy = [CostDimension.Agent] });

        Assert.Equal([("answering", 1L)], counts.Select(static count => (count.Key[0], count.Runs)));
    }

    [Theory, EveryStore]
    public async Task Runs_are_grouped_by_what_is_asked_for_of_their_first_calls(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        test.Runs.Append("a",
            Calls.Any() with { RunId = "run-1" },
            Calls.At(Calls.Noon.AddDays(1)) with { RunId = "run-2" },
            Calls.At(Calls.Noon.AddDays(1)) with { RunId = "run-3", Agent = "answering", Outcome = CallOutcome.Error });
        await test.IngestAsync();

        async Task<IEnumerable<RunGroup>> ByAsync(params CostDimension[] dimensions) => await test.Store.CountRunsAsync(new RunQuery { GroupBy = dimensions });

        Assert.Equal([new RunGroup(null, null, null, 3, 2)], await ByAsync());
        Assert.Equal([new RunGroup(new DateOnly(2026, 11, 23), null, null, 1, 1), new RunGroup(new DateOnly(2026, 11, 24), null, null, 2, 1)], await ByAsync(CostDimension.Day));
        Assert.Equal([new RunGroup(null, "answering", null, 1, 0), new RunGroup(null, "triage", null, 2, 2)], await ByAsync(CostDimension.Agent));
    }

    [Theory, EveryStore]
    public async Task Groups_that_runs_do_not_have_are_refused(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);

        await Assert.ThrowsAsync<ArgumentException>(() => test.Store.CountRunsWithCallsAsync(new CostQuery { GroupBy = [CostDimension.Day] }));
        await Assert.ThrowsAsync<ArgumentException>(() => test.Store.CountRunsAsync(new RunQuery { GroupBy = [CostDimension.Model] }));
    }

    // Many batches, in no order of time: runs begin, go on and get further parties in each of them.
    private static Task<TestStore> FilledAsync(StoreKind kind, out LedgerRecord[] records)
    {
        LedgerRecord[] made = records = [.. Calls.Random(70, 3000)];
        return FillAsync();

        async Task<TestStore> FillAsync()
        {
            TestStore test = await TestStore.CreateAsync(kind);
            ((SqlStore)test.Store).BatchSize = 250;
            test.Runs.Append("a", made);
            await test.IngestAsync();
            return test;
        }
    }

    private static async Task AssertCountAsync(TestStore test, IEnumerable<LedgerRecord> records, RecordFilter filter, CostDimension[] by)
    {
        string KeyOf(LedgerRecord record) => string.Join('|', by.Select(dimension => dimension switch
        {
            CostDimension.Agent => record.Agent,
            CostDimension.Customer => record.Customer,
            _ => record.Model ?? record.RequestedModel,
        } ?? "-"));
        var expected = records.Where(record => record.RunId is not null && record.Outcome != CallOutcome.CacheHit && Matches(record, filter))
            .GroupBy(KeyOf, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.Select(static record => record.RunId).Distinct().LongCount());

        IReadOnlyList<RunCount> counts = await test.Store.CountRunsWithCallsAsync(new CostQuery { Filter = filter, GroupBy = by });

        Assert.Equal(expected, counts.ToDictionary(static count => string.Join('|', count.Key.Select(static part => part ?? "-")), static count => count.Runs));
    }

    private static bool Matches(LedgerRecord record, RecordFilter filter) =>
        (filter.RunId is null || record.RunId == filter.RunId)
        && (filter.Agent is null || record.Agent == filter.Agent)
        && (filter.Customer is null || record.Customer == filter.Customer)
        && (filter.Provider is null || record.Provider == filter.Provider)
        && (filter.Operation is null || record.Operation == filter.Operation)
        && (filter.Model is null || record.Model == filter.Model || record.RequestedModel == filter.Model)
        && (filter.Since is null || record.Timestamp >= filter.Since)
        && (filter.Until is null || record.Timestamp < filter.Until);
}
