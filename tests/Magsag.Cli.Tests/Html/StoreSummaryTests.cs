using Magsag.Cli.Html;
using Magsag.Gating;
using Magsag.Storage;

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
        Assert.Equal(SpendOverTime.ChartOf(expected).Series.Select(static series => series.Values.Sum()), SpendOverTime.ChartOf(summary).Series.Select(static series => series.Values.Sum()));
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
        return await StoreSummary.ReadAsync(store, filter, CancellationToken.None);
    }
}
