using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

/// <summary>Calls that can take, or do take, more than their cap says.</summary>
public sealed class OverrunTests
{
    private static readonly ChatOptions Capped = new() { MaxOutputTokens = 100 };

    private readonly BudgetOptions _options = new() { Time = new ManualTime("2026-11-24T12:00:00Z"), Store = new InMemoryBudgetStore() };

    private static CostPolicy PerDay(decimal max) => new() { Limits = [new PolicyLimit("total_budget_limits.max_cost_per_day_usd", LimitSubject.Everything, null, LimitPeriod.Day, max)] };

    private IChatClient Client(LoopbackProvider provider, CostPolicy policy, CapturedLog? log = null) =>
        provider.Client.GetChatClient("gpt-4o-mini").AsIChatClient().AsBuilder().UseBudget(new BudgetGuard(policy, _options)).Build(log);

    private async Task<decimal> AskedAsync(LoopbackProvider provider, ChatOptions options) =>
        (await Assert.ThrowsAsync<BudgetExceededException>(() => Client(provider, PerDay(0m)).GetResponseAsync("hi", options))).Asked;

    [Fact]
    public async Task What_a_call_took_beyond_its_reservation_is_entered_told_and_blocks_the_next()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        var log = new CapturedLog();
        var counted = new ConcurrentQueue<long>();
        using var meters = new MeterListener { InstrumentPublished = static (instrument, listener) => { if (instrument.Name == "magsag.budget.overruns") { listener.EnableMeasurementEvents(instrument); } } };
        meters.SetMeasurementEventCallback<long>((_, value, _, _) => counted.Enqueue(value));
        meters.Start();

        // The provider bills 1000 input tokens for a prompt of a word: $0.000195, where $0.00006615 were reserved.
        IChatClient client = Client(provider, PerDay(0.0002m), log);
        await client.GetResponseAsync("hi", Capped);

        var refused = await Assert.ThrowsAsync<BudgetExceededException>(() => client.GetResponseAsync("hi", Capped));
        Assert.Equal(0.000195m, refused.Spent);
        Assert.Contains(log.Lines, static line => line.StartsWith("A call took more than was reserved for it", StringComparison.Ordinal));
        Assert.NotEmpty(counted);
        Assert.Single(provider.Requests);
    }

    [Fact]
    public async Task Options_of_the_providers_own_reserve_what_the_model_can_produce_at_its_dearest_tier()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        decimal capped = await AskedAsync(provider, Capped);

        decimal own = await AskedAsync(provider, new ChatOptions { MaxOutputTokens = 100, RawRepresentationFactory = static _ => null });

        Assert.Equal(0.00006615m, capped);

        // 16,384 output tokens at $1.00 per million, the price of the priority tier.
        Assert.True(own >= 16_384 * 1.00m / 1_000_000m, $"Only {own} were asked for.");
    }

    [Fact]
    public async Task A_projects_own_tier_is_what_its_calls_are_reserved_and_settled_at()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        _options.ServiceTier = "priority";

        await Client(provider, PerDay(1m)).GetResponseAsync("hi", Capped);

        decimal spent = (await Assert.ThrowsAsync<BudgetExceededException>(() => Client(provider, PerDay(0m)).GetResponseAsync("hi", Capped))).Spent;
        Assert.True(spent > 0.000195m, $"Only {spent} were settled.");
    }
}
