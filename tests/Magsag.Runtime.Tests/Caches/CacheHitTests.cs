using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Magsag.Runtime.Tests;

/// <summary>Row 33: cached answers were counted as spend. A hit is a record that spent nothing and says what it avoided.</summary>
public sealed class CacheHitTests : RecordingTest
{
    private const decimal Cost = ((1000 * 0.15m) + (100 * 0.60m)) / 1_000_000m;

    private readonly IDistributedCache _cache = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));

    private static ScriptedClient Provider() => new(ScriptedClient.Text("fine"), ScriptedClient.Usage(new UsageDetails { InputTokenCount = 1000, OutputTokenCount = 100, TotalTokenCount = 1100 }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Row_33_a_cache_outside_of_tracking_records_a_hit(bool stream)
    {
        IChatClient client = Provider().AsBuilder().UseDistributedCache(_cache.WithCostTracking(Configure)).UseCostTracking(Configure).Build();

        await AskTwiceAsync(client, stream);

        await AssertOneCallAndOneHitAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Row_33_a_cache_inside_of_tracking_records_a_hit(bool stream)
    {
        IChatClient client = Provider().AsBuilder().UseCostTracking(Configure).UseDistributedCache(_cache.WithCostTracking(Configure)).Build();

        await AskTwiceAsync(client, stream);

        await AssertOneCallAndOneHitAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Row_33_an_answer_that_a_cache_inside_replays_is_a_hit_though_the_cache_tells_nobody(bool stream)
    {
        IChatClient client = Provider().AsBuilder().UseCostTracking(Configure).UseDistributedCache(_cache).Build();

        await AskTwiceAsync(client, stream);

        await AssertOneCallAndOneHitAsync();
    }

    [Fact]
    public async Task A_hit_is_in_no_sum_of_tokens()
    {
        IChatClient client = Provider().AsBuilder().UseCostTracking(Configure).UseDistributedCache(_cache.WithCostTracking(Configure)).Build();

        await AskTwiceAsync(client, stream: false);

        Assert.Equal(1000, (await RecordsAsync()).Sum(record => record.InputTokens));
    }

    [Fact]
    public async Task A_hit_belongs_to_the_scope_that_asked()
    {
        IChatClient client = Provider().AsBuilder().UseDistributedCache(_cache.WithCostTracking(Configure)).UseCostTracking(Configure).Build();

        using (CostScope.Begin(customer: "acme"))
        {
            await AskTwiceAsync(client, stream: false);
        }

        Assert.All(await RecordsAsync(), record => Assert.Equal("acme", record.Customer));
    }

    [Fact]
    public async Task What_else_a_cache_holds_is_no_call()
    {
        IDistributedCache cache = _cache.WithCostTracking(Configure);
        await cache.SetStringAsync("session", "{\"user\":1}");
        await cache.SetStringAsync("page", "<html>");

        await cache.GetStringAsync("session");
        await cache.GetStringAsync("page");

        Assert.Empty(await RecordsAsync());
    }

    private static async Task AskTwiceAsync(IChatClient client, bool stream)
    {
        for (int call = 0; call < 2; call++)
        {
            ChatResponse response = stream ? await client.GetStreamingResponseAsync("hi").ToChatResponseAsync() : await client.GetResponseAsync("hi");
            Assert.Equal("fine", response.Text);
        }
    }

    private async Task AssertOneCallAndOneHitAsync()
    {
        List<LedgerRecord> records = await RecordsAsync();
        Assert.Equal([(CallOutcome.Ok, Cost, null), (CallOutcome.CacheHit, 0m, Cost)], records.OrderBy(record => record.Outcome).Select(record => (record.Outcome, record.CostUsd!.Value, record.AvoidedUsd)));
    }
}
