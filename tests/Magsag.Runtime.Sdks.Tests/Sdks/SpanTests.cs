using System.ClientModel;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Magsag.Runtime.Sdks.Tests;

/// <summary>Spans are the last resort: they record calls that nobody else sees, once.</summary>
public sealed class SpanTests : RecordedClientTest
{
    private readonly string _source = $"spans-{Guid.NewGuid():N}";
    private readonly CostTrackingListener _listener;

    public SpanTests() => _listener = new CostTrackingListener(RecordInLedger, sources: [_source]);

    public override Task DisposeAsync()
    {
        _listener.Dispose();
        return base.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_only_a_span_tells_of_is_recorded(bool stream)
    {
        LedgerRecord record = await AskAsync(stream, static client => client);

        Assert.Equal((CallOutcome.Ok, UsageSource.Reported, "openai", "gpt-4o-mini-2024-07-18"), (record.Outcome, record.UsageSource, record.Provider, record.Model));
        Assert.Equal((1000L, 200L, 100L), (record.InputTokens, record.CachedInputTokens, record.OutputTokens));
        Assert.NotNull(record.CostUsd);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_middleware_inside_the_span_records_the_call_alone(bool stream) =>
        Assert.NotNull(await AskAsync(stream, client => client.AsBuilder().UseCostTracking(RecordInLedger).Build()));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_middleware_outside_the_span_records_the_call_alone(bool stream) =>
        Assert.NotNull(await AskAsync(stream, static client => client, client => client.AsBuilder().UseCostTracking(RecordInLedger).Build()));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_policy_below_the_span_records_the_call_alone(bool stream) =>
        Assert.NotNull(await AskAsync(stream, static client => client, options: options => options.AddCostTracking(RecordInLedger)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_spans_within_spans_the_innermost_counts(bool stream) =>
        Assert.NotNull(await AskAsync(stream, client => client.AsBuilder().UseOpenTelemetry(sourceName: _source).Build()));

    [Fact]
    public async Task A_failed_call_is_recorded_as_an_error()
    {
        IChatClient client = new FailingClient().AsBuilder().UseOpenTelemetry(sourceName: _source).Build();

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetResponseAsync("hi"));

        LedgerRecord record = await TheRecordAsync();
        Assert.Equal((CallOutcome.Error, UsageSource.Unknown), (record.Outcome, record.UsageSource));
    }

    private async Task<LedgerRecord> AskAsync(bool stream, Func<IChatClient, IChatClient> inside, Func<IChatClient, IChatClient>? outside = null, Func<OpenAIClientOptions, OpenAIClientOptions>? options = null)
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync(Scenario.Answer);
        var plain = new OpenAIClientOptions { Endpoint = new Uri(provider.Address, "v1") };
        IChatClient sdk = new ChatClient("gpt-4o-mini", new ApiKeyCredential("key"), options?.Invoke(plain) ?? plain).AsIChatClient();
        IChatClient client = inside(sdk).AsBuilder().UseOpenTelemetry(sourceName: _source).Build();
        client = outside?.Invoke(client) ?? client;
        if (stream)
        {
            await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync("hi"))
            {
            }
        }
        else
        {
            await client.GetResponseAsync("hi");
        }

        return await TheRecordAsync();
    }

    private async Task<LedgerRecord> TheRecordAsync()
    {
        return Assert.Single(await RecordsAsync());
    }

    private sealed class FailingClient : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new InvalidOperationException("no");

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new InvalidOperationException("no");

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
