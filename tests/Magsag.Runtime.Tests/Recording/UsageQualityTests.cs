using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

public sealed class UsageQualityTests : RecordingTest
{
    [Fact]
    public async Task Row_13_the_placeholder_that_a_stream_begins_with_is_never_priced_as_its_output()
    {
        string answer = string.Concat(Enumerable.Repeat("word ", 50));
        IChatClient client = Tracked(new ScriptedClient(ScriptedClient.Usage(new UsageDetails { InputTokenCount = 2000, OutputTokenCount = 1 }), ScriptedClient.Text(answer)) { Failure = new IOException("cut") });

        await Assert.ThrowsAsync<IOException>(() => client.GetStreamingResponseAsync("hi").ToChatResponseAsync());

        LedgerRecord record = await TheRecordAsync();
        Assert.Equal((CallOutcome.Error, UsageSource.Counted, 2000L), (record.Outcome, record.UsageSource, record.InputTokens));
        Assert.InRange(record.OutputTokens!.Value, 50, 52);
    }

    [Fact]
    public async Task Row_14_an_explicit_zero_is_not_replaced_by_an_estimate()
    {
        await Tracked(new ScriptedClient(ScriptedClient.Usage(new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0, TotalTokenCount = 0 }))).GetResponseAsync("hi");

        LedgerRecord record = await TheRecordAsync();
        Assert.Equal((UsageSource.Reported, 0L, 0L, 0m), (record.UsageSource, record.InputTokens, record.OutputTokens, record.CostUsd));
    }

    [Fact]
    public async Task Usage_that_arrived_before_an_error_is_recorded_with_it()
    {
        IChatClient client = Tracked(new ScriptedClient(ScriptedClient.Text("fine"), ScriptedClient.Usage(new UsageDetails { InputTokenCount = 1000, OutputTokenCount = 100 })) { Failure = new IOException("late") });

        await Assert.ThrowsAsync<IOException>(() => client.GetStreamingResponseAsync("hi").ToChatResponseAsync());

        LedgerRecord record = await TheRecordAsync();
        Assert.Equal((CallOutcome.Error, UsageSource.Reported, 0.00021m), (record.Outcome, record.UsageSource, record.CostUsd));
    }

    [Fact]
    public async Task Row_10_zeroes_that_contradict_the_answer_are_flagged()
    {
        AIContent thought = new TextReasoningContent("hmm");
        await Tracked(new ScriptedClient(new ChatResponseUpdate(ChatRole.Assistant, [thought]), ScriptedClient.Usage(new UsageDetails { InputTokenCount = 10, CachedInputTokenCount = 0, OutputTokenCount = 5, ReasoningTokenCount = 0 }))).GetResponseAsync("hi");

        Assert.Equal("reasoning_without_tokens", (await TheRecordAsync()).UsageIssue);
    }

    [Theory]
    [InlineData(10L, 5L, 15L, null)]
    [InlineData(10L, 5L, 20L, "total_mismatch")]
    [InlineData(10L, 0L, 10L, "output_without_tokens")]
    [InlineData(0L, 5L, 5L, "input_without_tokens")]
    public async Task Counts_that_cannot_all_be_right_are_flagged(long input, long output, long total, string? issue)
    {
        await Tracked(new ScriptedClient(ScriptedClient.Text("fine"), ScriptedClient.Usage(new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = total }))).GetResponseAsync("hi");

        Assert.Equal(issue, (await TheRecordAsync()).UsageIssue);
    }

    [Theory]
    [InlineData("CacheCreationInputTokens")]
    [InlineData("InputTokenDetails.CacheWriteTokenCount")]
    public async Task Rows_1_7_and_9_cache_writes_are_found_under_each_adapters_name_and_billed_once(string name)
    {
        IChatClient client = Tracked(new ScriptedClient(ScriptedClient.Usage(new UsageDetails { InputTokenCount = 1000, CachedInputTokenCount = 300, OutputTokenCount = 0, AdditionalCounts = new() { [name] = 200 } })));

        await client.GetResponseAsync("hi");

        LedgerRecord record = await TheRecordAsync();
        Assert.Equal((1000L, 300L, 200L), (record.InputTokens, record.CachedInputTokens, record.CacheWriteTokens));
    }

    [Fact]
    public async Task A_prompt_that_can_be_read_only_once_reaches_the_provider_whole()
    {
        static IEnumerable<ChatMessage> Once()
        {
            yield return new ChatMessage(ChatRole.User, "hi");
        }

        var provider = new ScriptedClient(ScriptedClient.Text("fine"));

        await Tracked(provider).GetResponseAsync(Once());

        Assert.Equal(8, (await TheRecordAsync()).InputTokens);
    }

    private IChatClient Tracked(IChatClient provider) => provider.AsBuilder().UseCostTracking(Configure).Build();
}
