using System.Text.Json;

namespace Magsag.Runtime.Tests;

/// <summary>Answers that were read wrong once, through a tracked client: what each is recorded as, to the last digit.</summary>
public sealed class FaultyUsageTests : WireTestBase
{
    private const string OpenRouter = "https://openrouter.ai/api/v1/chat/completions";
    private const string Perplexity = "https://api.perplexity.ai/chat/completions";
    private const string Bedrock = "https://bedrock-runtime.us-east-1.amazonaws.com/model/";

    [Theory]

    // Three searches of OpenAI at $10 a thousand; opening a page isn't one.
    [InlineData(Responses, "gpt-5", """{"id":"r","status":"completed","model":"gpt-5-2025-08-07","output":[{"type":"web_search_call","action":{"type":"search"}},{"type":"web_search_call","status":"completed"},{"action":{"type":"search"},"type":"web_search_call"},{"type":"web_search_call","action":{"type":"open_page"}}],"usage":{"input_tokens":1000,"output_tokens":1000}}""", "0.04125", null)]
    [InlineData(Responses, "gpt-5-mini", """{"id":"r","status":"completed","model":"gpt-5-mini-2025-08-07","output":[{"type":"web_search_call","id":"w1","status":"completed"},{"type":"web_search_call","id":"w2","status":"completed"},{"type":"message","role":"assistant","content":[{"type":"output_text","text":"hello"}]}],"usage":{"input_tokens":1000,"output_tokens":100,"total_tokens":1100}}""", "0.02045", null)]

    // A function of the app's own may be called like a tool.
    [InlineData(Responses, "gpt-5", """{"id":"r","status":"completed","model":"gpt-5-2025-08-07","output":[{"type":"function_call","name":"web_search_call","arguments":"{\"type\":\"web_search_call\"}"}],"usage":{"input_tokens":1000,"output_tokens":1000}}""", "0.01125", null)]

    // A file search has a fee that no list has.
    [InlineData(Responses, "gpt-5", """{"id":"r","status":"completed","model":"gpt-5-2025-08-07","output":[{"type":"file_search_call","status":"completed"}],"usage":{"input_tokens":1000,"output_tokens":1000}}""", "0.01125", "tool_fee_unknown")]

    // Gemini 3 bills each search, 2.5 each answer that rests on some.
    [InlineData("https://generativelanguage.googleapis.com/v1beta/models/gemini-3-pro-preview:generateContent", "", """{"candidates":[{"content":{"parts":[{"text":"webSearchQueries"}]},"finishReason":"STOP","groundingMetadata":{"webSearchQueries":["a","b"]}}],"usageMetadata":{"promptTokenCount":1000,"candidatesTokenCount":1000,"totalTokenCount":2000},"modelVersion":"gemini-3-pro-preview"}""", "0.042", null)]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-pro:generateContent", "", """{"modelVersion":"gemini-2.5-pro","candidates":[{"content":{"parts":[{"text":"x"}]},"finishReason":"STOP","groundingMetadata":{"webSearchQueries":["a","b"]}}],"usageMetadata":{"promptTokenCount":1000,"candidatesTokenCount":1000,"totalTokenCount":2000}}""", "0.04625", null)]
    [InlineData("https://api.perplexity.ai/chat/completions", "sonar", """{"model":"sonar","choices":[{"index":0,"message":{"role":"assistant","content":"hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":14,"completion_tokens":300,"total_tokens":314,"search_context_size":"low","cost":{"input_tokens_cost":0.000014,"output_tokens_cost":0.0003,"request_cost":0.005,"total_cost":0.005314}}}""", "0.005314", null)]
    [InlineData(Perplexity, "sonar", """{"model":"sonar","usage":{"prompt_tokens":200,"completion_tokens":300,"total_tokens":500,"search_context_size":"low","cost":{"total_cost":0.0055}}}""", "0.0055", null)]

    // The catalogue has the fee of a large search only.
    [InlineData(Perplexity, "sonar", """{"model":"sonar","usage":{"prompt_tokens":200,"completion_tokens":300,"total_tokens":500,"search_context_size":"low"}}""", "0.0005", "request_fee_unknown")]
    [InlineData(Perplexity, "sonar", """{"model":"sonar","usage":{"prompt_tokens":200,"completion_tokens":300,"total_tokens":500,"search_context_size":"high"}}""", "0.0125", null)]
    [InlineData(OpenRouter, "openai/gpt-4o", """{"model":"openai/gpt-4o","usage":{"prompt_tokens":9171,"completion_tokens":113,"total_tokens":9284,"cost":0,"is_byok":true,"cost_details":{"upstream_inference_cost":0.0240575}}}""", "0.0240575", null)]
    [InlineData(OpenRouter, "openai/gpt-4o", """{"model":"openai/gpt-4o","usage":{"prompt_tokens":9171,"completion_tokens":113,"total_tokens":9284,"cost":0.0012,"is_byok":true,"cost_details":{"upstream_inference_cost":0.024}}}""", "0.0252", null)]
    [InlineData(OpenRouter, "openai/gpt-4o", """{"model":"openai/gpt-4o","usage":{"prompt_tokens":9171,"completion_tokens":113,"total_tokens":9284,"cost":0.0012,"is_byok":true}}""", "0.0012", "upstream_cost_unknown")]
    [InlineData(OpenRouter, "openai/gpt-4o", """{"model":"openai/gpt-4o","usage":{"prompt_tokens":9171,"completion_tokens":113,"total_tokens":9284,"cost":0.0240575,"is_byok":false,"cost_details":{"upstream_inference_cost":0.0240575}}}""", "0.0240575", null)]
    [InlineData(Bedrock + "amazon.nova-pro-v1:0/invoke", "", """{"output":{"message":{"content":[{"text":"x"}]}},"usage":{"inputTokens":1000,"outputTokens":1000,"cacheReadInputTokenCount":100000,"cacheWriteInputTokenCount":0}}""", "0.024", null)]
    [InlineData(Bedrock + "openai.gpt-oss-120b-1%3A0/converse", "", """{"usage":{"inputTokens":1000000,"outputTokens":0},"serviceTier":{"type":"priority"}}""", null, null)]
    [InlineData("https://api.moonshot.ai/v1/chat/completions", "kimi-k2-0711-preview", """{"model":"kimi-k2-0711-preview","usage":{"prompt_tokens":1000000,"completion_tokens":0,"total_tokens":1000000,"cached_tokens":1000000}}""", "0.15", null)]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/openai/chat/completions", "gemini-2.5-flash", """{"model":"gemini-2.5-flash","usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":2100}}""", "0.00055", "total_mismatch")]
    [InlineData("https://api.voyageai.com/v1/embeddings", "voyage-3-large", """{"object":"list","model":"voyage-3-large","usage":{"total_tokens":1000000}}""", "0.18", null)]
    [InlineData("https://api.voyageai.com/v1/rerank", "rerank-2.5", """{"object":"list","model":"rerank-2.5","usage":{"total_tokens":1000000}}""", "0.05", null)]
    [InlineData("https://api.openai.com/v1/responses/compact", "gpt-5-mini", """{"id":"resp_1","object":"response.compaction","model":"gpt-5-mini","output":[],"usage":{"input_tokens":50000,"output_tokens":2000,"total_tokens":52000}}""", "0.0165", null)]
    [InlineData("https://llm.corp.example/v1/chat/completions", "grok-3-mini", """{"model":"grok-3-mini","choices":[{"index":0,"message":{"role":"assistant","content":"hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":2100,"completion_tokens_details":{"reasoning_tokens":1000}}}""", null, null)]
    public async Task Is_recorded_at_what_it_cost_or_as_a_marked_bound(string address, string model, string body, string? usd, string? issue)
    {
        LedgerRecord record = await AskAsync(address, model.Length == 0 ? "{}" : $$"""{"model":"{{model}}"}""", () => ScriptedTransport.Json(body));

        Assert.Equal((usd, issue, UsageIssue.IsLowerBound(issue)), (record.CostUsd is { } cost ? ExactMoney.WithoutTrailingZeros(cost).ToString(System.Globalization.CultureInfo.InvariantCulture) : null, record.UsageIssue, record.IsLowerBound));
    }

    [Fact]
    public async Task Reasoning_beside_the_output_is_told_by_the_total_wherever_the_model_is_called()
    {
        LedgerRecord record = await AskAsync("https://llm.corp.example/v1/chat/completions", """{"model":"grok-3-mini"}""", () => ScriptedTransport.Json("""{"model":"grok-3-mini","usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":2100,"completion_tokens_details":{"reasoning_tokens":1000}}}"""));

        Assert.Equal((1000L, 1100L, 1000L, null), (record.InputTokens, record.OutputTokens, record.ReasoningTokens, record.UsageIssue));
    }

    [Fact]
    public async Task An_advisor_is_a_call_of_its_own_model_beside_the_one_that_asked_it()
    {
        using HttpClient client = Client(new ScriptedTransport(_ => ScriptedTransport.Json("""{"type":"message","model":"claude-sonnet-4-6","content":[],"stop_reason":"end_turn","usage":{"input_tokens":1000,"output_tokens":1000,"iterations":[{"type":"message","input_tokens":1000,"output_tokens":1000},{"type":"advisor_message","model":"claude-opus-4-6","input_tokens":100000,"output_tokens":10000}]}}""")));
        using HttpResponseMessage _ = await client.PostAsync(Anthropic, Body("""{"model":"claude-sonnet-4-6"}"""));

        List<LedgerRecord> records = await RecordsAsync();
        Assert.Equal(["claude-sonnet-4-6", "claude-opus-4-6"], records.Select(static record => record.Model));
        Assert.Equal([0.018m, 0.75m], records.Select(static record => record.CostUsd!.Value));
        Assert.NotNull(records[0].CallId);
        Assert.Equal(records[0].CallId, records[1].CallId);
    }

    // The Live API's message, as the caller of a socket reads it.
    [Fact]
    public void Geminis_live_sound_is_read_as_sound()
    {
        using JsonDocument body = JsonDocument.Parse("""{"usageMetadata":{"promptTokenCount":1000,"responseTokenCount":1000,"promptTokensDetails":[{"modality":"AUDIO","tokenCount":1000}],"responseTokensDetails":[{"modality":"AUDIO","tokenCount":1000}]}}""");

        WireUsage usage = WireUsageReader.Read(body.RootElement, "gcp.gemini")!;

        Assert.Equal(0.015m, Magsag.Pricing.Catalogue.PriceCatalog.Embedded.Find("gemini-live-2.5-flash", "gcp.gemini")!.AmountOf(new("gemini-live-2.5-flash", usage.Usage, new(DateTimeOffset.UtcNow))));
    }

    [Fact]
    public async Task An_input_that_Ollama_leaves_out_is_counted()
    {
        LedgerRecord record = await AskAsync("https://ollama.com/api/chat", """{"model":"gpt-oss:120b","stream":false,"messages":[{"role":"user","content":"What is your purpose? Answer in one sentence please, and be kind."}]}""", () => ScriptedTransport.Json("""{"model":"gpt-oss:120b","message":{"role":"assistant","content":"hello there"},"done":true,"done_reason":"stop","eval_count":39}"""));

        Assert.Equal((UsageSource.Counted, 39L), (record.UsageSource, record.OutputTokens));
        Assert.InRange(record.InputTokens!.Value, 10, 40);
    }

    [Theory]
    [InlineData("https://api.moonshot.ai/v1/chat/completions", "kimi-k2-0905-preview", """{"id":"c1","model":"kimi-k2-0905-preview","choices":[{"index":0,"delta":{},"finish_reason":"stop","usage":{"prompt_tokens":2300,"completion_tokens":1900,"total_tokens":4200}}]}""", "0.00613")]
    [InlineData("https://api.groq.com/openai/v1/chat/completions", "llama-3.3-70b-versatile", """{"id":"c1","model":"llama-3.3-70b-versatile","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"x_groq":{"id":"req_1","usage":{"prompt_tokens":2300,"completion_tokens":1900,"total_tokens":4200}}}""", "0.002858")]
    public async Task A_stream_whose_usage_stands_elsewhere_is_reported(string address, string model, string last, string usd)
    {
        string events = $"data: {{\"id\":\"c1\",\"model\":\"{model}\",\"choices\":[{{\"index\":0,\"delta\":{{\"role\":\"assistant\",\"content\":\"hello there\"}},\"finish_reason\":null}}]}}\n\ndata: {last}\n\ndata: [DONE]\n\n";

        LedgerRecord record = await AskAsync(address, $$"""{"model":"{{model}}","stream":true,"messages":[]}""", () => ScriptedTransport.Events(events));

        Assert.Equal((UsageSource.Reported, 2300L, 1900L, usd), (record.UsageSource, record.InputTokens, record.OutputTokens, ExactMoney.WithoutTrailingZeros(record.CostUsd!.Value).ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
