using Magsag.Pricing.Permissions;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

public sealed class UseBudgetTests
{
    private const decimal Billed = 0.000195m;
    private static readonly ChatOptions Capped = new() { MaxOutputTokens = 100 };

    private readonly BudgetOptions _options = new() { Time = new ManualTime("2026-11-24T12:00:00Z"), Store = new InMemoryBudgetStore() };

    private static CostPolicy PerDay(decimal max, params ModelRule[] rules) => new() { Limits = [new PolicyLimit("total_budget_limits.max_cost_per_day_usd", LimitSubject.Everything, null, LimitPeriod.Day, max)], ModelRules = rules };

    private IChatClient Client(LoopbackProvider provider, CostPolicy policy, string model = "gpt-4o-mini") =>
        provider.Client.GetChatClient(model).AsIChatClient().AsBuilder().UseBudget(new BudgetGuard(policy, _options)).Build();

    private async Task<(decimal Spent, decimal Reserved)> AccountAsync()
    {
        var guard = new BudgetGuard(PerDay(0m), _options);
        var refused = await Assert.ThrowsAsync<BudgetExceededException>(async () => await guard.ReserveAsync(new CallAttribution(), new BudgetAmount(1m, 1, 1)));
        return (refused.Spent, refused.Reserved);
    }

    [Fact]
    public async Task A_call_is_settled_at_what_it_really_cost()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();

        await Client(provider, PerDay(1m)).GetResponseAsync("hi", Capped);

        Assert.Equal((Billed, 0m), await AccountAsync());
    }

    [Fact]
    public async Task A_call_that_does_not_fit_is_refused_before_a_byte_is_sent()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();

        await Assert.ThrowsAsync<BudgetExceededException>(() => Client(provider, PerDay(0.00006m)).GetResponseAsync("hi", Capped));
        await Assert.ThrowsAsync<BudgetExceededException>(async () => await Client(provider, PerDay(0.00006m)).GetStreamingResponseAsync("hi", Capped).ToListAsync());

        Assert.Empty(provider.Requests);
        Assert.Equal((0m, 0m), await AccountAsync());
    }

    [Fact]
    public async Task A_call_that_the_provider_refused_gives_its_reservation_back()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync(status: 400);

        await Assert.ThrowsAnyAsync<Exception>(() => Client(provider, PerDay(1m)).GetResponseAsync("hi", Capped));

        Assert.Equal((0m, 0m), await AccountAsync());
    }

    [Fact]
    public async Task A_call_that_failed_at_the_provider_counts_as_its_worst_case()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync(status: 500);

        await Assert.ThrowsAnyAsync<Exception>(() => Client(provider, PerDay(1m)).GetResponseAsync("hi", Capped));

        Assert.Equal((0.00006615m, 0m), await AccountAsync());
    }

    [Fact]
    public async Task An_answer_without_usage_counts_as_its_worst_case()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync(usage: false);

        await Client(provider, PerDay(1m)).GetResponseAsync("hi", Capped);

        // 41 input tokens at most, and the cap of 100: 41 × $0.15 and 100 × $0.60 per million.
        Assert.Equal((0.00006615m, 0m), await AccountAsync());
    }

    [Fact]
    public async Task A_stream_is_settled_at_the_usage_that_it_ends_with()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();

        await Client(provider, PerDay(1m)).GetStreamingResponseAsync("hi", Capped).ToListAsync();

        Assert.Equal((Billed, 0m), await AccountAsync());
    }

    [Fact]
    public async Task A_stream_that_is_left_early_counts_as_its_worst_case()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();

        await foreach (ChatResponseUpdate _ in Client(provider, PerDay(1m)).GetStreamingResponseAsync("hi", Capped))
        {
            break;
        }

        Assert.Equal((0.00006615m, 0m), await AccountAsync());
    }

    [Fact]
    public async Task A_stream_is_stopped_when_it_has_used_up_its_reservation()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        List<ChatResponseUpdate> seen = [];

        var stopped = await Assert.ThrowsAsync<BudgetExceededException>(async () =>
        {
            await foreach (ChatResponseUpdate update in Client(provider, PerDay(1m)).GetStreamingResponseAsync("hi", new ChatOptions { MaxOutputTokens = 2 }))
            {
                seen.Add(update);
            }
        });

        Assert.Contains("The stream was stopped", stopped.Message, StringComparison.Ordinal);
        Assert.Equal("one ", string.Concat(seen.Select(update => update.Text)).Split("two")[0]);
        Assert.Equal(0m, (await AccountAsync()).Reserved);
    }

    [Fact]
    public async Task A_call_without_a_cap_reserves_the_most_that_its_model_can_produce()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();

        var refused = await Assert.ThrowsAsync<BudgetExceededException>(() => Client(provider, PerDay(0.0098m)).GetResponseAsync("hi"));

        Assert.Equal((41 * 0.15m + 16_384 * 0.60m) / 1_000_000m, refused.Asked);
    }

    [Fact]
    public async Task A_standard_cap_is_sent_with_calls_that_have_none()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        _options.DefaultMaxOutputTokens = 50;

        await Client(provider, PerDay(0.0098m)).GetResponseAsync("hi");

        Assert.Contains("50", provider.Requests.Single().ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_without_a_price_is_refused_under_a_limit_in_dollars_unless_allowed()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        IChatClient client = Client(provider, PerDay(1m), "our-own-model");
        await Assert.ThrowsAsync<BudgetExceededException>(() => client.GetResponseAsync("hi", Capped));
        Assert.Empty(provider.Requests);

        _options.AllowUnpricedModels = true;

        await client.GetResponseAsync("hi", Capped);
    }

    [Fact]
    public async Task A_forbidden_model_is_refused_before_a_byte_is_sent()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();

        var refused = await Assert.ThrowsAsync<ModelRefusedException>(() => Client(provider, PerDay(1m, new ModelRule("model_rules.forbidden", ["gpt-4o"], ModelPermission.Forbidden)), "gpt-4o-2024-08-06").GetResponseAsync("hi", Capped));

        Assert.Equal((ModelPermission.Forbidden, "model_rules.forbidden"), (refused.Permission, refused.Rule));
        Assert.Empty(provider.Requests);
    }

    [Fact]
    public async Task An_approval_is_asked_for_once_in_each_run()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        int asked = 0;
        _options.Approval = (request, _) => ValueTask.FromResult(Interlocked.Increment(ref asked) > 0 && request.RunId != "r3");
        IChatClient client = Client(provider, PerDay(1m, new ModelRule("r", ["gpt-4o-mini"], ModelPermission.NeedsApproval)));
        foreach (string run in new[] { "r1", "r2" })
        {
            using CostScope scope = CostScope.Begin(run: run);
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.GetResponseAsync("hi", Capped)));
        }

        Assert.Equal(2, asked);
        using CostScope denied = CostScope.Begin(run: "r3");
        await Assert.ThrowsAsync<ModelRefusedException>(() => client.GetResponseAsync("hi", Capped));
    }

    [Fact]
    public async Task Nobody_to_ask_is_no_approval()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();

        await Assert.ThrowsAsync<ModelRefusedException>(() => Client(provider, PerDay(1m, new ModelRule("r", ["gpt-4o-mini"], ModelPermission.NeedsApproval))).GetResponseAsync("hi", Capped));
    }

    [Fact]
    public async Task A_file_of_approvals_is_read_when_it_is_asked()
    {
        using var runs = new RunsDirectory();
        string file = Path.Combine(runs.Notes, "approved.txt");
        Func<ApprovalRequest, CancellationToken, ValueTask<bool>> approval = Approval.FromFile(file);
        var request = new ApprovalRequest { Model = "gpt-4o-2024-08-06", RunId = "r1", Rule = "r" };
        Assert.False(await approval(request, CancellationToken.None));

        await File.WriteAllTextAsync(file, "# this week\no1-*\ngpt-4o # until Friday\n");

        Assert.True(await approval(request, CancellationToken.None));
    }

    [Fact]
    public async Task A_cheaper_model_is_taken_when_the_dear_one_does_not_fit()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        _options.Fallbacks.Add(BudgetFallback.CheaperModel("gpt-4o-mini"));

        await Client(provider, PerDay(0.0001m), "gpt-4o").GetResponseAsync("hi", Capped);

        Assert.Equal("gpt-4o-mini", provider.Requests.Single()["model"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_smaller_cap_is_taken_when_the_whole_one_does_not_fit()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        _options.Fallbacks.Add(BudgetFallback.SmallerCap(20));

        await Client(provider, PerDay(0.00003m)).GetResponseAsync("hi", Capped);

        Assert.Contains("25", provider.Requests.Single().ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_can_wait_for_the_next_window()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        _options.Fallbacks.Add(BudgetFallback.WaitForWindow(TimeSpan.FromHours(13)));
        IChatClient client = Client(provider, PerDay(0.0002m));
        await client.GetResponseAsync("hi", Capped);

        await client.GetResponseAsync("hi", Capped);

        Assert.Equal(new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero), _options.Time.GetUtcNow());
    }
}
