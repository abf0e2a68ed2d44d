using System.Text.Json.Nodes;

namespace Magsag.Runtime.Tests;

/// <summary>What users of other tools complain about, by row of the list of demands, as far as the wire shows it.</summary>
public sealed class WireDemandTests : WireTestBase
{
    private const string AskClaude = """{"model":"claude-sonnet-4-5","max_tokens":100,"messages":[{"role":"user","content":"hi"}]}""";
    private const string ClaudeUsage = """{"input_tokens":100,"cache_creation_input_tokens":1000,"cache_read_input_tokens":2000,"cache_creation":{"ephemeral_5m_input_tokens":600,"ephemeral_1h_input_tokens":400},"output_tokens":50}""";
    private const decimal ClaudeCost = ((100 * 3m) + (2000 * 0.30m) + (600 * 3.75m) + (400 * 6m) + (50 * 15m)) / 1_000_000m;

    [Fact]
    public async Task Rows_1_to_4_each_Anthropic_token_is_billed_once_at_its_own_price()
    {
        LedgerRecord record = await AskAsync(Anthropic, AskClaude, () => ScriptedTransport.Json("""{"type":"message","model":"claude-sonnet-4-5-20250929","content":[],"usage":""" + ClaudeUsage + "}"));

        Assert.Equal(ClaudeCost, record.CostUsd);
    }

    [Fact]
    public async Task Row_5_the_input_is_the_sum_of_its_parts_and_the_stream_says_the_same_as_the_body()
    {
        string events = $$$"""
            event: message_start
            data: {"type":"message_start","message":{"model":"claude-sonnet-4-5-20250929","usage":{{{ClaudeUsage.Replace("\"output_tokens\":50", "\"output_tokens\":1", StringComparison.Ordinal)}}}}}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":50,"input_tokens":null}}

            event: message_stop
            data: {"type":"message_stop"}


            """;

        LedgerRecord record = await AskAsync(Anthropic, AskClaude, () => ScriptedTransport.Events(events));

        Assert.Equal((3100L, 2000L, 1000L, 400L, 50L), (record.InputTokens, record.CachedInputTokens, record.CacheWriteTokens, record.CacheWriteOneHourTokens, record.OutputTokens));
        Assert.Equal(ClaudeCost, record.CostUsd);
    }

    [Theory]
    [InlineData(OpenAI, """{"model":"gpt-5.6-sol","choices":[],"usage":{"prompt_tokens":2006,"completion_tokens":300,"prompt_tokens_details":{"cached_tokens":1920,"cache_write_tokens":64}}}""")]
    [InlineData(Responses, """{"model":"gpt-5.6-sol","status":"completed","output":[],"usage":{"input_tokens":2006,"output_tokens":300,"input_tokens_details":{"cached_tokens":1920,"cache_write_tokens":64}}}""")]
    public async Task Rows_7_and_8_cache_writes_that_no_SDK_hands_on_are_read_off_the_wire(string address, string answer)
    {
        LedgerRecord record = await AskAsync(address, Question, () => ScriptedTransport.Json(answer));

        Assert.Equal((1920L, 64L), (record.CachedInputTokens, record.CacheWriteTokens));
    }

    [Theory]
    [InlineData("https://api.openai.com/v1/chat/completions", """{"usage":{"prompt_tokens":50,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":40}}}""")]
    [InlineData("https://api.deepseek.com/chat/completions", """{"usage":{"prompt_tokens":50,"completion_tokens":1,"prompt_cache_hit_tokens":40,"prompt_cache_miss_tokens":10}}""")]
    [InlineData("https://api.anthropic.com/v1/messages", """{"usage":{"input_tokens":10,"cache_read_input_tokens":40,"output_tokens":1}}""")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent", """{"usageMetadata":{"promptTokenCount":50,"cachedContentTokenCount":40,"candidatesTokenCount":1}}""")]
    public async Task Row_9_cached_tokens_are_found_whatever_the_provider_calls_them(string address, string answer)
    {
        LedgerRecord record = await AskAsync(address, Question, () => ScriptedTransport.Json(answer));

        Assert.Equal((50L, 40L), (record.InputTokens, record.CachedInputTokens));
    }

    [Theory]
    [InlineData("""{"output":[{"type":"reasoning","summary":[]},{"type":"message","content":[]}],"usage":{"input_tokens":5,"output_tokens":900,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":905}}""", "reasoning_without_tokens")]
    [InlineData("""{"output":[{"type":"message","content":[]}],"usage":{"input_tokens":5,"output_tokens":900,"total_tokens":1400}}""", "total_mismatch")]
    [InlineData("""{"output":[{"type":"message","content":[{"type":"output_text","text":"It jumps."}]}],"usage":{"input_tokens":5,"output_tokens":0,"total_tokens":5}}""", "output_without_tokens")]
    [InlineData("""{"output":[{"type":"message","content":[{"type":"output_text","text":"It jumps."}]}],"usage":{"input_tokens":5,"output_tokens":3,"total_tokens":8}}""", null)]
    public async Task Row_10_counts_that_contradict_the_answer_are_flagged(string answer, string? issue) =>
        Assert.Equal(issue, (await AskAsync(Responses, Question, () => ScriptedTransport.Json(answer))).UsageIssue);

    [Theory]
    [InlineData("""{"model":"gpt-4o","stream":true}""", OpenAI, true)]
    [InlineData("""{"model":"gpt-4o","stream":true,"stream_options":{"include_obfuscation":false}}""", OpenAI, true)]
    [InlineData("""{"model":"gpt-4o","stream":true,"stream_options":{"include_usage":false}}""", OpenAI, false)]
    [InlineData("""{"model":"gpt-4o"}""", OpenAI, false)]
    [InlineData("""{"model":"gpt-4o","stream":true}""", Responses, false)]
    [InlineData("""{"model":"mistral-large","stream":true}""", "https://api.mistral.ai/v1/chat/completions", false)]
    public async Task Row_11_usage_is_asked_for_where_the_setting_says_so_and_the_provider_accepts_it(string request, string address, bool asks)
    {
        var transport = new ScriptedTransport(_ => ScriptedTransport.Events("data: [DONE]\n\n"));
        using HttpClient client = Client(transport, asksForUsage: true);

        using HttpResponseMessage _ = await client.PostAsync(address, Body(request));

        JsonNode sent = JsonNode.Parse(Assert.Single(transport.Bodies))!;
        JsonNode expected = JsonNode.Parse(request)!;
        if (asks)
        {
            (expected["stream_options"] ??= new JsonObject())["include_usage"] = true;
        }

        Assert.True(JsonNode.DeepEquals(expected, sent));
    }

    [Fact]
    public async Task Row_12_an_app_that_hangs_up_midway_has_spent_what_arrived()
    {
        using HttpClient client = Client(new ScriptedTransport(_ => ScriptedTransport.Events("data: {\"model\":\"gpt-4o-mini\",\"choices\":[{\"delta\":{\"content\":\"The quick brown fox\"}}]}\n\n" + new string(' ', 100_000))));
        using var request = new HttpRequestMessage(HttpMethod.Post, OpenAI) { Content = Body(Question) };
        using (HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            await (await response.Content.ReadAsStreamAsync()).ReadExactlyAsync(new byte[2_000]);
        }

        LedgerRecord record = Assert.Single(await RecordsAsync());
        Assert.Equal((CallOutcome.Cancelled, UsageSource.Counted, 4L), (record.Outcome, record.UsageSource, record.OutputTokens));
        Assert.True(record.CostUsd > 0);
    }

    [Fact]
    public async Task Row_13_the_placeholder_that_Anthropics_streams_begin_with_is_never_priced()
    {
        LedgerRecord record = await AskAsync(Anthropic, AskClaude, () => ScriptedTransport.Events("""
            event: message_start
            data: {"type":"message_start","message":{"model":"claude-sonnet-4-5","usage":{"input_tokens":100,"output_tokens":77}}}


            """));

        Assert.Equal((CallOutcome.Error, UsageSource.Counted, 100L, 0L, 100 * 3m / 1_000_000m), (record.Outcome, record.UsageSource, record.InputTokens, record.OutputTokens, record.CostUsd));
    }

    [Fact]
    public async Task Row_14_a_reported_zero_is_not_replaced_by_a_count()
    {
        LedgerRecord record = await AskAsync(OpenAI, Question, () => ScriptedTransport.Json("""{"model":"gpt-4o-mini","choices":[{"message":{"content":"It jumps."}}],"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}}"""));

        Assert.Equal((UsageSource.Reported, 0L, 0L, 0m), (record.UsageSource, record.InputTokens, record.OutputTokens, record.CostUsd));
    }

    [Theory]
    [InlineData("response.completed", "completed", CallOutcome.Ok)]
    [InlineData("response.incomplete", "incomplete", CallOutcome.Ok)]
    [InlineData("response.failed", "failed", CallOutcome.Error)]
    public async Task Row_15_usage_is_read_from_every_event_that_ends_a_stream(string type, string status, CallOutcome outcome)
    {
        LedgerRecord record = await AskAsync(Responses, Question, () => ScriptedTransport.Events($"event: {type}\ndata: {{\"type\":\"{type}\",\"response\":{{\"status\":\"{status}\",\"model\":\"gpt-5-mini\",\"usage\":{{\"input_tokens\":37,\"output_tokens\":11,\"total_tokens\":48}}}}}}\n\n"));

        Assert.Equal((outcome, UsageSource.Reported, 37L, 11L), (record.Outcome, record.UsageSource, record.InputTokens, record.OutputTokens));
    }

    [Fact]
    public async Task Row_16_a_call_whose_usage_nobody_can_know_is_recorded_as_unmetered_and_not_as_free()
    {
        LedgerRecord record = await AskAsync("https://api.openai.com/v1/audio/speech", """{"model":"tts-1","input":"hi"}""", () => ScriptedTransport.Bytes([1, 2, 3], "audio/mpeg"));

        Assert.Equal((CallOutcome.Ok, UsageSource.Unknown, "tts-1", null), (record.Outcome, record.UsageSource, record.RequestedModel, record.CostUsd));
    }

    [Theory]
    [InlineData(Anthropic, """{"usage":{"input_tokens":-90,"cache_creation_input_tokens":100,"output_tokens":5}}""")]
    [InlineData(Anthropic, """{"usage":{"input_tokens":9223372036854775807,"cache_read_input_tokens":9223372036854775807,"cache_creation_input_tokens":12,"output_tokens":5}}""")]
    [InlineData(OpenAI, """{"usage":{"prompt_tokens":-1,"completion_tokens":5}}""")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent", """{"usageMetadata":{"promptTokenCount":-90,"toolUsePromptTokenCount":100,"candidatesTokenCount":1}}""")]
    public async Task Counts_that_cannot_be_right_make_no_sum_that_looks_right(string address, string answer)
    {
        LedgerRecord record = await AskAsync(address, Question, () => ScriptedTransport.Json(answer));

        Assert.Equal((UsageSource.Unknown, null, null), (record.UsageSource, record.InputTokens, record.CostUsd));
        Assert.NotNull(record.UsageIssue);
    }
}
