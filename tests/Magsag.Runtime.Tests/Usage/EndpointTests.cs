using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Magsag.Runtime.Tests;

/// <summary>What passes a tracked client to a known provider is read by what it looks like, listed path or not.</summary>
public sealed class EndpointTests : WireTestBase
{
    private const string Bedrock = "https://bedrock-runtime.eu-central-1.amazonaws.com/model/";
    private const string Sonnet = "eu.anthropic.claude-sonnet-4-5-20250929-v1%3A0";

    // https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
    [Fact]
    public async Task Bedrocks_Converse_is_billed_by_its_own_id_and_region()
    {
        LedgerRecord record = await AskAsync(Bedrock + Sonnet + "/converse", """{"messages":[]}""", () => ScriptedTransport.Json("""{"metrics":{"latencyMs":551},"output":{"message":{"content":[{"text":"Hi"}],"role":"assistant"}},"stopReason":"end_turn","usage":{"inputTokens":1000,"outputTokens":100,"totalTokens":1100}}"""));

        Assert.Equal(("aws.bedrock", "eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "eu-central-1", 0.00495m), (record.Provider, record.Model, record.Region, record.CostUsd));
    }

    // https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html
    [Fact]
    public async Task A_model_that_Bedrock_invokes_is_billed_as_Bedrocks_whatever_it_calls_itself()
    {
        LedgerRecord record = await AskAsync(Bedrock + Sonnet + "/invoke", """{"anthropic_version":"bedrock-2023-05-31"}""", () => ScriptedTransport.Json("""{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929","content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn","usage":{"input_tokens":1000,"output_tokens":100}}"""));

        Assert.Equal(("aws.bedrock", "eu.anthropic.claude-sonnet-4-5-20250929-v1:0", 0.00495m), (record.Provider, record.Model, record.CostUsd));
    }

    [Fact]
    public async Task Bedrocks_event_stream_of_Converse_is_read()
    {
        byte[] stream = [.. Message("""{"p":"ab","role":"assistant"}"""), .. Message("""{"contentBlockIndex":0,"delta":{"text":"Hi"}}"""), .. Message("""{"stopReason":"end_turn"}"""), .. Message("""{"metrics":{"latencyMs":1},"usage":{"inputTokens":1000,"outputTokens":100,"totalTokens":1100}}""")];

        LedgerRecord record = await AskAsync(Bedrock + Sonnet + "/converse-stream", "{}", () => ScriptedTransport.Bytes(stream, "application/vnd.amazon.eventstream"));

        Assert.Equal((CallOutcome.Ok, UsageSource.Reported, 0.00495m), (record.Outcome, record.UsageSource, record.CostUsd));
    }

    [Fact]
    public async Task Bedrocks_event_stream_of_a_model_is_unwrapped()
    {
        byte[] stream =
        [
            .. Wrapped("""{"type":"message_start","message":{"model":"claude-sonnet-4-5-20250929","usage":{"input_tokens":800,"cache_read_input_tokens":200,"output_tokens":1}}}"""),
            .. Wrapped("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}"""),
            .. Wrapped("""{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":600}}"""),
            .. Wrapped("""{"type":"message_stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":800,"outputTokenCount":600}}"""),
        ];

        LedgerRecord record = await AskAsync(Bedrock + Sonnet + "/invoke-with-response-stream", "{}", () => ScriptedTransport.Bytes(stream, "application/vnd.amazon.eventstream"));

        Assert.Equal((CallOutcome.Ok, 1000L, 200L, 600L), (record.Outcome, record.InputTokens, record.CachedInputTokens, record.OutputTokens));
    }

    // https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-meta.html and …/inference-invoke.html
    [Theory]
    [InlineData("meta.llama3-70b-instruct-v1%3A0", """{"generation":"Hi","prompt_token_count":100,"generation_token_count":20,"stop_reason":"stop"}""", 100, 20)]
    [InlineData("amazon.titan-text-express-v1", """{"inputTextTokenCount":7,"results":[{"tokenCount":3,"outputText":"Hi","completionReason":"FINISH"}]}""", 7, 3)]
    [InlineData("cohere.embed-english-v3", """{"embeddings":[[0.1]],"id":"1","texts":["a"]}""", 7, 0)]
    public async Task Counts_of_other_models_on_Bedrock_are_found_in_the_body_or_in_the_headers(string model, string body, long input, long output)
    {
        LedgerRecord record = await AskAsync(Bedrock + model + "/invoke", "{}", () =>
        {
            HttpResponseMessage answer = ScriptedTransport.Json(body);
            answer.Headers.Add("X-Amzn-Bedrock-Input-Token-Count", "7");
            answer.Headers.Add("X-Amzn-Bedrock-Output-Token-Count", model.StartsWith("amazon", StringComparison.Ordinal) ? "3" : "0");
            return answer;
        });

        Assert.Equal((input, output), (record.InputTokens, record.OutputTokens));
    }

    // https://docs.cohere.com/reference/chat, …/chat-stream, …/embed and …/rerank
    [Theory]
    [InlineData("/v2/chat", """{"id":"c","finish_reason":"COMPLETE","message":{"role":"assistant"},"usage":{"billed_units":{"input_tokens":1000,"output_tokens":100},"tokens":{"input_tokens":1071,"output_tokens":101}}}""", 1000, 100, "chat")]
    [InlineData("/v2/embed", """{"id":"e","embeddings":{"float":[[0.1]]},"meta":{"api_version":{"version":"2"},"billed_units":{"input_tokens":2}}}""", 2, 0, "embeddings")]
    [InlineData("/v2/rerank", """{"id":"r","results":[{"index":0,"relevance_score":0.9}],"meta":{"billed_units":{"search_units":1}}}""", 0, 0, "rerank")]
    public async Task Coheres_billed_units_are_read(string path, string body, long input, long output, string operation)
    {
        LedgerRecord record = await AskAsync("https://api.cohere.com" + path, """{"model":"command-r-plus-08-2024"}""", () => ScriptedTransport.Json(body));

        Assert.Equal(("cohere", operation, input, output), (record.Provider, record.Operation, record.InputTokens, record.OutputTokens));
    }

    [Fact]
    public async Task Coheres_stream_ends_with_its_usage()
    {
        const string Events = "event: content-delta\ndata: {\"type\":\"content-delta\",\"delta\":{\"message\":{\"content\":{\"text\":\"Hi\"}}}}\n\nevent: message-end\ndata: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"COMPLETE\",\"usage\":{\"billed_units\":{\"input_tokens\":1000,\"output_tokens\":100},\"tokens\":{\"input_tokens\":1071,\"output_tokens\":101}}}}\n\n";

        LedgerRecord record = await AskAsync("https://api.cohere.com/v2/chat", """{"model":"command-r-plus-08-2024","stream":true}""", () => ScriptedTransport.Events(Events));

        Assert.Equal((CallOutcome.Ok, UsageSource.Reported, 0.0035m), (record.Outcome, record.UsageSource, record.CostUsd));
    }

    // https://ai.google.dev/api/embeddings
    [Fact]
    public async Task Geminis_embeddings_are_read()
    {
        LedgerRecord record = await AskAsync("https://generativelanguage.googleapis.com/v1beta/models/gemini-embedding-001:embedContent", "{}", () => ScriptedTransport.Json("""{"embedding":{"values":[0.1]},"usageMetadata":{"promptTokenCount":1000000,"totalTokenCount":1000000}}"""));

        Assert.Equal(("embeddings", 0.15m), (record.Operation, record.CostUsd));
    }

    [Fact]
    public async Task Vertex_is_asked_for_partners_models_in_their_own_form()
    {
        LedgerRecord record = await AskAsync("https://us-east5-aiplatform.googleapis.com/v1/projects/p/locations/us-east5/publishers/anthropic/models/claude-sonnet-4-5@20250929:rawPredict", "{}", () => ScriptedTransport.Json("""{"type":"message","model":"claude-sonnet-4-5-20250929","content":[],"stop_reason":"end_turn","usage":{"input_tokens":1000,"output_tokens":100,"cache_read_input_tokens":0,"cache_creation_input_tokens":0}}"""));

        Assert.Equal(("gcp.vertex_ai", 1000L, 100L), (record.Provider, record.InputTokens, record.OutputTokens));
        Assert.NotNull(record.CostUsd);
    }

    [Fact]
    public async Task Moderation_is_free_at_OpenAI()
    {
        LedgerRecord record = await AskAsync("https://api.openai.com/v1/moderations", """{"model":"omni-moderation-latest","input":"x"}""", () => ScriptedTransport.Json("""{"id":"modr-1","model":"omni-moderation-latest","results":[{"flagged":false}]}"""));

        Assert.Equal(("moderation", 0m, false), (record.Operation, record.CostUsd, record.IsLowerBound));
    }

    [Theory]
    [InlineData("https://api.mistral.ai/v1/ocr", """{"model":"mistral-ocr-latest"}""", """{"pages":[],"model":"mistral-ocr-2505","usage_info":{"pages_processed":29,"doc_size_bytes":null}}""")]
    [InlineData("https://api.openai.com/v1/brand-new", """{"model":"gpt-9"}""", """{"answer":"x"}""")]
    public async Task A_billable_answer_that_can_not_be_read_is_a_record_of_unknown_cost_and_said_once(string address, string request, string body)
    {
        var log = new CapturedLog();
        using var client = new HttpClient(new CostTrackingHandler(Configure, log) { InnerHandler = new ScriptedTransport(_ => ScriptedTransport.Json(body)) });
        string path = $"{address}/{Guid.NewGuid():N}";
        using HttpResponseMessage first = await client.PostAsync(path, Body(request));
        using HttpResponseMessage second = await client.PostAsync(path, Body(request));

        List<LedgerRecord> records = await RecordsAsync();
        Assert.Equal(2, records.Count);
        Assert.All(records, static record => Assert.Equal((UsageSource.Unknown, null), (record.UsageSource, record.CostUsd)));
        Assert.Single(log.Lines, static line => line.Contains("couldn't be read", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://api.openai.com/v1/files", """{"model":"gpt-4o"}""")]
    [InlineData("https://api.openai.com/v1/batches", """{"model":"gpt-4o"}""")]
    [InlineData("https://api.anthropic.com/v1/messages/count_tokens", """{"model":"claude-sonnet-4-5"}""")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-pro:countTokens", "{}")]
    [InlineData("https://api.openai.com/v1/something", "{}")]
    [InlineData("https://example.com/v1/anything", """{"model":"gpt-4o"}""")]
    public async Task What_is_not_billed_leaves_no_record(string address, string request)
    {
        using HttpClient client = Client(new ScriptedTransport(_ => ScriptedTransport.Json("""{"input_tokens":3}""")));
        using HttpResponseMessage _ = await client.PostAsync(address, Body(request));

        Assert.Empty(await RecordsAsync());
    }

    [Fact]
    public async Task A_path_that_is_not_there_leaves_no_record()
    {
        using HttpClient client = Client(new ScriptedTransport(_ => new HttpResponseMessage(HttpStatusCode.NotFound)));
        using HttpResponseMessage _ = await client.PostAsync("https://api.openai.com/v1/misspelt", Body("""{"model":"gpt-4o"}"""));

        Assert.Empty(await RecordsAsync());
    }

    private static byte[] Wrapped(string json) => Message($$"""{"bytes":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(json))}}","p":"abc"}""");

    // https://docs.aws.amazon.com/lexv2/latest/dg/event-stream-encoding.html
    private static byte[] Message(string payload)
    {
        byte[] headers = [11, .. ":event-type"u8, 7, 0, 5, .. "chunk"u8];
        byte[] body = Encoding.UTF8.GetBytes(payload);
        byte[] message = new byte[12 + headers.Length + body.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), headers.Length);
        headers.CopyTo(message, 12);
        body.CopyTo(message, 12 + headers.Length);
        return message;
    }
}
