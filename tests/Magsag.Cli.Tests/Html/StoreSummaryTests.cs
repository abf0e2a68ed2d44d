using Magsag.Cli.Html;
using Magsag.Storage;
using Magsag.Storage.Queries;
using Magsag.Storage.Stores;

namespace Magsag.Cli.Tests.Html;

public sealed class StoreSummaryTests : IDisposable
{
    private readonly string _runs = Directory.CreateTempSubdirectory("magsag-store-summary-").FullName;

    public void Dispose() => Directory.Delete(_runs, recursive: true);

    [Fact]
    public async Task A_store_says_the_same_as_the_ledger_it_was_made_from()
    {
        CostSummary expected = SampleCosts.Summary(days: 5, callsPerDay: 30);

        CostSummary summary = await ReadAsync(new RecordFilter());

        Assert.Equal(expected.Totals, summary.Totals);
        Assert.Equal(expected.CacheHits, summary.CacheHits);
        Assert.Equal(expected.Runs, summary.Runs);
        Assert.Equal(expected.SuccessfulTasks, summary.SuccessfulTasks);
        Assert.Equal((expected.From, expected.To), (summary.From, summary.To));
        Assert.Equal(expected.Models, summary.Models);
        Assert.Equal(expected.Agents, summary.Agents);
        Assert.Equal(expected.Customers, summary.Customers);
        Assert.Equal(expected.Tests, summary.Tests);
        Assert.Equal(expected.Sites, summary.Sites);
        Assert.Equal(SpendGrid.From(expected, TimeZoneInfo.Utc).Totals.Select(static total => (total.Calls, total.CostUsd)), SpendGrid.From(summary, TimeZoneInfo.Utc).Totals.Select(static total => (total.Calls, total.CostUsd)));
    }

    [Fact]
    public async Task A_filter_holds_for_every_figure()
    {
        CostSummary summary = await ReadAsync(new RecordFilter { Agent = "triage" });

        Assert.Equal(["triage"], summary.Agents.Select(static agent => agent.Name));
        Assert.Equal(summary.Totals.CostUsd, summary.Models.Sum(static model => model.Totals.CostUsd));
        Assert.Equal(summary.Totals.CostUsd, summary.Spend.Sum(static row => row.CostUsd));
    }

    [Fact]
    public async Task Runs_are_those_of_the_calls_that_are_asked_for()
    {
        CostSummary all = await ReadAsync(new RecordFilter());

        Assert.Equal(1, (await ReadAsync(new RecordFilter { RunId = "run-20261001-0800" })).Runs);
        Assert.InRange((await ReadAsync(new RecordFilter { Model = "text-embedding-3-small" })).Runs, 1, all.Runs - 1);
        Assert.InRange((await ReadAsync(new RecordFilter { Since = new DateTimeOffset(2026, 10, 1, 8, 10, 0, TimeSpan.Zero), Until = new DateTimeOffset(2026, 10, 1, 8, 20, 0, TimeSpan.Zero) })).Runs, 1, 10);
    }

    [Fact]
    public async Task What_a_response_cache_saved_is_in_it()
    {
        var record = new LedgerRecord { Id = Guid.NewGuid(), Timestamp = new DateTimeOffset(2026, 10, 1, 8, 0, 0, TimeSpan.Zero), Model = "gpt-4o", Outcome = CallOutcome.CacheHit, CostUsd = 0m, AvoidedUsd = 0.25m };
        SampleCosts.WriteLedger(_runs, "hit", [record]);

        Assert.Equal(0.25m, (await ReadAsync(new RecordFilter())).AvoidedUsd);
    }

    [Fact]
    public async Task A_correction_counts_where_its_call_is_missing()
    {
        var correction = new LedgerRecord { Id = Guid.NewGuid(), Timestamp = new DateTimeOffset(2026, 10, 1, 8, 0, 0, TimeSpan.Zero), Model = "dear-model", CostUsd = -3m, Outcome = CallOutcome.Correction, Correction = new LedgerCorrection(Guid.NewGuid(), new DateTimeOffset(2026, 10, 2, 8, 0, 0, TimeSpan.Zero), "too dear") };
        SampleCosts.WriteLedger(_runs, "correction", [correction]);

        CostSummary summary = await ReadAsync(new RecordFilter());

        Assert.Equal(summary.Totals.CostUsd, summary.Models.Sum(static model => model.Totals.CostUsd));
        Assert.Equal(summary.Totals.CostUsd, SpendGrid.Sum(SpendGrid.From(summary, TimeZoneInfo.Utc).Totals).CostUsd);
    }

    [Fact]
    public async Task A_period_without_calls_is_empty()
    {
        CostSummary summary = await ReadAsync(new RecordFilter { Since = DateTimeOffset.MaxValue.AddDays(-1) });

        Assert.Equal(0, summary.Totals.Calls);
        Assert.Null(summary.From);
        Assert.Empty(summary.Models);
    }

    private async Task<CostSummary> ReadAsync(RecordFilter filter)
    {
        SampleCosts.WriteLedger(_runs, days: 5, callsPerDay: 30);
        await using ICostStore store = await CostStore.OpenAsync(CostStore.PathIn(_runs));
        await store.IngestAsync(CostStore.LedgersIn(_runs));
        return await StoreSummary.ReadAsync(store, filter, TimeZoneInfo.Utc, CancellationToken.None);
    }
}
