using Magsag.Gating;

namespace Magsag.Storage.Tests;

public sealed class SqliteSmokeTests
{
    [Fact]
    public async Task Records_come_back_as_they_were()
    {
        using var runs = new RunsDirectory();
        LedgerRecord[] written = [.. Calls.Random(1, 3000)];
        runs.Append("a", written);
        await using ICostStore store = await CostStore.OpenAsync(runs.Database);
        IngestResult result = await store.IngestAsync(runs.Ledgers);
        Assert.Empty(result.Problems);
        Assert.Equal(3000, result.Records);

        List<LedgerRecord> read = await store.ReadAllAsync();

        Assert.Equal(
            written.OrderBy(r => r.Timestamp).ThenBy(r => r.Id).Select(r => r with { Tags = null }),
            read.Select(r => r with { Tags = null }));
        CostGroup total = await store.TotalAsync();
        Assert.Equal(written.Where(r => r.Outcome != CallOutcome.CacheHit).Sum(r => r.CostUsd ?? 0), total.Totals.CostUsd);
    }
}
