using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

/// <summary>One answer has one usage, whichever way in sees it.</summary>
public sealed class SameUsageTests : WireTestBase
{
    private const string Model = "claude-sonnet-4-5";
    private const string Ask = """{"model":"claude-sonnet-4-5","max_tokens":5000,"stream":true,"messages":[{"role":"user","content":"hi"}]}""";
    private const string Start = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"model\":\"claude-sonnet-4-5\",\"usage\":{\"input_tokens\":800,\"cache_read_input_tokens\":200,\"output_tokens\":1}}}\n\n";
    private const string End = "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":600}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    private static readonly ChatOptions Capped = new() { ModelId = Model, MaxOutputTokens = 5_000 };

    // 500 tokens in 500 pieces.
    private static readonly string[] Pieces = [.. Enumerable.Repeat(" fox", 500)];

    private static string Events(bool isWhole) =>
        Start + string.Concat(Pieces.Select(static piece => $"event: content_block_delta\ndata: {{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{{\"type\":\"text_delta\",\"text\":\"{piece}\"}}}}\n\n")) + (isWhole ? End : "");

    // As adapters hand on Anthropic's events: the input first, the output last.
    private static IEnumerable<ChatResponseUpdate> Updates(bool isWhole)
    {
        yield return Report(new UsageDetails { InputTokenCount = 1000, CachedInputTokenCount = 200, OutputTokenCount = 1 });
        foreach (string piece in Pieces)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, piece) { ModelId = Model, ResponseId = "m1" };
        }

        if (isWhole)
        {
            ChatResponseUpdate end = Report(new UsageDetails { OutputTokenCount = 600 });
            end.FinishReason = ChatFinishReason.Stop;
            yield return end;
        }
    }

    private static ChatResponseUpdate Report(UsageDetails usage) => new(ChatRole.Assistant, [new UsageContent(usage)]) { ModelId = Model, ResponseId = "m1" };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_a_stream_that_begins_with_a_placeholder(bool isWhole)
    {
        var options = new BudgetOptions { Store = new InMemoryBudgetStore() };

        await AskByHandlerAsync(isWhole);
        await AskByPolicyAsync(isWhole);
        await AskByClientAsync(new Scripted(isWhole).AsBuilder().UseBudget(new BudgetGuard(PerDay(1m), options)).UseCostTracking(Configure).Build(), isWhole);

        List<LedgerRecord> records = await RecordsAsync();
        Assert.Equal(3, records.Count);
        Assert.All(records, record => Assert.Equal(
            isWhole ? (1000L, 200L, 600L, UsageSource.Reported) : (1000L, 200L, 500L, UsageSource.Counted),
            (record.InputTokens!.Value, record.CachedInputTokens!.Value, record.OutputTokens!.Value, record.UsageSource)));
        Assert.Single(records.Select(static record => record.CostUsd).Distinct());

        decimal settled = await SpentAsync(options);
        decimal recorded = records[0].CostUsd!.Value;
        Assert.True(isWhole ? settled == recorded : settled >= recorded, $"The budget was charged {settled}, the ledger {recorded}.");
    }

    [Fact]
    public async Task Of_a_stream_that_its_reader_leaves_after_the_placeholder_the_budget_keeps_the_worst_case()
    {
        var options = new BudgetOptions { Store = new InMemoryBudgetStore() };
        IChatClient client = new Scripted(isWhole: true).AsBuilder().UseBudget(new BudgetGuard(PerDay(1m), options)).Build();

        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("hi", Capped))
        {
            if (update.Text.Length > 0)
            {
                break;
            }
        }

        // 5,000 output tokens at $15 a million, and the input that was reported ahead of them.
        Assert.InRange(await SpentAsync(options), 0.075m, 0.079m);
    }

    [Fact]
    public async Task Of_a_stream_that_reports_once_the_spans_say_the_same()
    {
        string source = $"same-usage-{Guid.NewGuid()}";
        using var listener = new CostTrackingListener(Configure, sources: [source]);
        IChatClient traced = new Scripted(isWhole: true, Updates(isWhole: true).Skip(1).Append(Report(new UsageDetails { InputTokenCount = 1000, CachedInputTokenCount = 200 }))).AsBuilder().UseOpenTelemetry(sourceName: source).Build();

        await traced.GetStreamingResponseAsync("hi", Capped).ToListAsync();
        await AskByHandlerAsync(isWhole: true);

        List<LedgerRecord> records = await RecordsAsync();
        Assert.Equal(2, records.Count);
        Assert.All(records, static record => Assert.Equal((1000L, 200L, 600L, UsageSource.Reported), (record.InputTokens!.Value, record.CachedInputTokens!.Value, record.OutputTokens!.Value, record.UsageSource)));
        Assert.Single(records.Select(static record => record.CostUsd).Distinct());
    }

    private static CostPolicy PerDay(decimal max) => new() { Limits = [new PolicyLimit("total_budget_limits.max_cost_per_day_usd", LimitSubject.Everything, null, LimitPeriod.Day, max)] };

    private static async Task<decimal> SpentAsync(BudgetOptions options)
    {
        IChatClient probe = new Scripted(isWhole: true).AsBuilder().UseBudget(new BudgetGuard(PerDay(0m), options)).Build();
        return (await Assert.ThrowsAsync<BudgetExceededException>(() => probe.GetResponseAsync("hi", Capped))).Spent;
    }

    private async Task AskByHandlerAsync(bool isWhole)
    {
        using HttpClient client = Client(new ScriptedTransport(_ => ScriptedTransport.Events(Events(isWhole))));
        using HttpResponseMessage _ = await client.PostAsync(Anthropic, Body(Ask));
    }

    private async Task AskByPolicyAsync(bool isWhole)
    {
        using var network = new HttpClient(new ScriptedTransport(_ => ScriptedTransport.Events(Events(isWhole))));
        ClientPipeline pipeline = ClientPipeline.Create(new ClientPipelineOptions { Transport = new HttpClientPipelineTransport(network) }, [], [new CostTrackingPolicy(Configure)], []);
        using PipelineMessage message = pipeline.CreateMessage();
        message.Request.Method = "POST";
        message.Request.Uri = new Uri(Anthropic);
        message.Request.Headers.Set("Content-Type", "application/json");
        message.Request.Content = System.ClientModel.BinaryContent.Create(BinaryData.FromString(Ask));
        await pipeline.SendAsync(message);
    }

    private static async Task AskByClientAsync(IChatClient client, bool isWhole)
    {
        Task asked = client.GetStreamingResponseAsync("hi", Capped).ToListAsync().AsTask();
        if (isWhole)
        {
            await asked;
        }
        else
        {
            await Assert.ThrowsAsync<IOException>(() => asked);
        }
    }

    private sealed class Scripted(bool isWhole, IEnumerable<ChatResponseUpdate>? updates = null) : IChatClient
    {
        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (ChatResponseUpdate update in updates ?? Updates(isWhole))
            {
                await Task.Yield();
                yield return update;
            }

            if (!isWhole)
            {
                throw new IOException("cut");
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("anthropic", null, Model) : null;

        public void Dispose()
        {
        }
    }
}
