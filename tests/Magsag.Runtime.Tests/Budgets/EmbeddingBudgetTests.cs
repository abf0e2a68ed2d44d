using Magsag.Pricing.Permissions;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

public sealed class EmbeddingBudgetTests
{
    // The provider reports 8 tokens at $0.02 per million.
    private const decimal Billed = 0.00000016m;

    private readonly BudgetOptions _options = new() { Time = new ManualTime("2026-11-24T12:00:00Z"), Store = new InMemoryBudgetStore() };

    private static CostPolicy PerDay(decimal max, params ModelRule[] rules) => new() { Limits = [new PolicyLimit("total_budget_limits.max_cost_per_day_usd", LimitSubject.Everything, null, LimitPeriod.Day, max)], ModelRules = rules };

    private IEmbeddingGenerator<string, Embedding<float>> Generator(LoopbackProvider provider, CostPolicy policy, string model = "text-embedding-3-small") =>
        provider.Client.GetEmbeddingClient(model).AsIEmbeddingGenerator().AsBuilder().UseBudget(new BudgetGuard(policy, _options)).Build();

    private async Task<(decimal Spent, decimal Reserved)> AccountAsync()
    {
        var refused = await Assert.ThrowsAsync<BudgetExceededException>(async () => await new BudgetGuard(PerDay(0m), _options).ReserveAsync(new CallAttribution(), new BudgetAmount(1m, 1, 1)));
        return (refused.Spent, refused.Reserved);
    }

    [Fact]
    public async Task Embeddings_are_settled_at_what_they_really_cost()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();

        await Generator(provider, PerDay(1m)).GenerateAsync(["refund policy"]);

        Assert.Equal((Billed, 0m), await AccountAsync());
    }

    [Fact]
    public async Task Embeddings_that_do_not_fit_are_refused()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();

        var refused = await Assert.ThrowsAsync<BudgetExceededException>(() => Generator(provider, PerDay(0.0000001m)).GenerateAsync(["refund policy"]));

        Assert.True(refused.Asked > Billed);
        Assert.Equal((0m, 0m), await AccountAsync());
    }

    [Fact]
    public async Task Embeddings_and_chats_share_one_guard()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        var guard = new BudgetGuard(PerDay(0.0002m), _options);
        IChatClient chat = provider.Client.GetChatClient("gpt-4o-mini").AsIChatClient().AsBuilder().UseBudget(guard).Build();
        IEmbeddingGenerator<string, Embedding<float>> embeddings = provider.Client.GetEmbeddingClient("text-embedding-3-small").AsIEmbeddingGenerator().AsBuilder().UseBudget(guard).Build();
        await chat.GetResponseAsync("hi", new ChatOptions { MaxOutputTokens = 100 });

        await Assert.ThrowsAsync<BudgetExceededException>(() => embeddings.GenerateAsync([new string('x', 4000)]));
    }

    [Fact]
    public async Task A_tier_that_the_model_has_no_price_for_is_the_standard_one()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        _options.ServiceTier = "priority";

        await Generator(provider, PerDay(1m)).GenerateAsync(["refund policy"]);

        Assert.Equal((Billed, 0m), await AccountAsync());
    }

    [Fact]
    public async Task A_forbidden_model_embeds_nothing()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();

        await Assert.ThrowsAsync<ModelRefusedException>(() => Generator(provider, PerDay(1m, new ModelRule("r", ["text-embedding-*"], ModelPermission.Forbidden))).GenerateAsync(["hi"]));
    }

    [Fact]
    public async Task Refused_embeddings_give_their_reservation_back_and_those_that_may_be_billed_do_not()
    {
        await FailAsync(new HttpRequestException("no", null, System.Net.HttpStatusCode.BadRequest));
        Assert.Equal((0m, 0m), await AccountAsync());

        await FailAsync(new HttpRequestException("no"));
        Assert.Equal((0.00000066m, 0m), await AccountAsync());

        await FailAsync(new OperationCanceledException());
        Assert.Equal((0.00000132m, 0m), await AccountAsync());
    }

    private Task FailAsync(Exception error) =>
        Assert.ThrowsAnyAsync<Exception>(() => new FailingGenerator(error).AsBuilder().UseBudget(new BudgetGuard(PerDay(1m), _options)).Build().GenerateAsync(["hi"]));

    private sealed class FailingGenerator(Exception error) : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromException<GeneratedEmbeddings<Embedding<float>>>(error);

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("openai", null, "text-embedding-3-small") : null;

        public void Dispose()
        {
        }
    }
}
