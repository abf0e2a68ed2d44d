using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

/// <summary>What adapters report of an answer, where it says something else than Microsoft.Extensions.AI's members mean.</summary>
public sealed class AdapterUsageTests : RecordingTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cached_tokens_that_AWS_reports_beside_the_input_are_billed_once(bool stream)
    {
        LedgerRecord record = await AskAsync("aws.bedrock", "us.anthropic.claude-haiku-4-5-20251001-v1:0", stream, new UsageDetails { InputTokenCount = 18, OutputTokenCount = 386, TotalTokenCount = 7906, AdditionalCounts = new() { ["CacheReadInputTokens"] = 0, ["CacheWriteInputTokens"] = 7502 } });

        Assert.Equal((7520L, 7502L, 0.01245805m, null), (record.InputTokens, record.CacheWriteTokens, record.CostUsd, record.UsageIssue));
    }

    // Google.GenAI: OutputTokenCount is candidatesTokenCount, ReasoningTokenCount is thoughtsTokenCount.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reasoning_that_Google_reports_beside_the_output_is_billed(bool stream)
    {
        LedgerRecord record = await AskAsync("gcp.gemini", "gemini-2.5-pro", stream, new UsageDetails { InputTokenCount = 10, OutputTokenCount = 200, ReasoningTokenCount = 5000, TotalTokenCount = 5210 });

        Assert.Equal((5200L, 5000L, 0.0520125m, null), (record.OutputTokens, record.ReasoningTokens, record.CostUsd, record.UsageIssue));
    }

    [Fact]
    public async Task Searches_among_the_additional_counts_are_billed()
    {
        LedgerRecord record = await AskAsync("anthropic", "claude-sonnet-4-5", stream: false, new UsageDetails { InputTokenCount = 1000, OutputTokenCount = 0, AdditionalCounts = new() { ["WebSearchRequests"] = 2 } });

        Assert.Equal((2L, 0.023m), (record.Extras!.Counts.WebSearches, record.CostUsd));
    }

    [Fact]
    public async Task A_total_that_no_reading_explains_makes_the_cost_a_lower_bound()
    {
        LedgerRecord record = await AskAsync("gcp.gemini", "gemini-2.5-flash", stream: false, new UsageDetails { InputTokenCount = 1000, OutputTokenCount = 100, TotalTokenCount = 2100 });

        Assert.Equal((0.00055m, true, "total_mismatch"), (record.CostUsd, record.IsLowerBound, record.UsageIssue));
    }

    // Cost tracking outside of the tool loop sees two answers in one.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_tool_loop_inside_used_is_added_up(bool stream)
    {
        var model = new Rounds();
        IChatClient client = model.AsBuilder().UseCostTracking(Configure).UseFunctionInvocation().Build();
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(static () => "noon", "now")] };

        await (stream ? client.GetStreamingResponseAsync("What time is it?", options).ToChatResponseAsync() : client.GetResponseAsync("What time is it?", options));

        LedgerRecord record = await TheRecordAsync();
        Assert.Equal((2100L, 30L, 0.00555m, null), (record.InputTokens, record.OutputTokens, record.CostUsd, record.UsageIssue));
    }

    private async Task<LedgerRecord> AskAsync(string provider, string model, bool stream, UsageDetails usage)
    {
        IChatClient client = new Adapter(provider, model, usage).AsBuilder().UseCostTracking(Configure).Build();
        await (stream ? client.GetStreamingResponseAsync("hi").ToChatResponseAsync() : client.GetResponseAsync("hi"));
        return await TheRecordAsync();
    }

    private sealed class Adapter(string provider, string model, UsageDetails usage) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "hello there")) { ModelId = model, Usage = usage });

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, "hello there") { ModelId = model, ResponseId = "1" };
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(usage)]) { ModelId = model, ResponseId = "1", FinishReason = ChatFinishReason.Stop };
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata(provider, null, model) : null;

        public void Dispose()
        {
        }
    }

    private sealed class Rounds : IChatClient
    {
        private int _calls;

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            bool first = _calls++ == 0;
            AIContent content = first ? new FunctionCallContent("t1", "now", new Dictionary<string, object?>()) : new TextContent("noon");
            UsageDetails usage = first ? new() { InputTokenCount = 1000, OutputTokenCount = 10 } : new() { InputTokenCount = 1100, OutputTokenCount = 20 };
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [content])) { ResponseId = $"r{_calls}", ModelId = "gpt-4o", Usage = usage });
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (ChatResponseUpdate update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            {
                yield return update;
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("openai", null, "gpt-4o") : null;

        public void Dispose()
        {
        }
    }
}
