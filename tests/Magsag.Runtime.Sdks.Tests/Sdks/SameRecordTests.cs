using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using System.Text.Json.Nodes;
using Anthropic;
using Anthropic.Bedrock;
using Anthropic.Models.Messages;
using Magsag.Cli.Tests.Prices;
using Magsag.Pricing.Tokens;
using Magsag.Runtime.Tests;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace Magsag.Runtime.Sdks.Tests;

/// <summary>One answer is one record, whichever way in sees it: middleware over the provider's own client, handler, policy, and both together.</summary>
public sealed class SameRecordTests : RecordedClientTest
{
    private const string Variable = "MAGSAG_USAGE_VECTORS";

    private static readonly string[] Apis = ["chat", "responses", "anthropic"];

    // https://platform.openai.com/docs/api-reference/chat/object and …/responses/object, https://platform.claude.com/docs/en/api/messages
    [Theory]
    [InlineData("chat", """{"model":"gpt-5.6-sol","service_tier":"flex","usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,"prompt_tokens_details":{"cached_tokens":1920,"audio_tokens":0,"cache_write_tokens":64},"completion_tokens_details":{"reasoning_tokens":128,"audio_tokens":0}}}""")]
    [InlineData("chat", """{"model":"openai/gpt-4o","usage":{"prompt_tokens":14,"completion_tokens":4,"total_tokens":18,"cost":0.000102,"is_byok":false,"cost_details":{"upstream_inference_cost":0.000102}}}""")]
    [InlineData("chat", """{"model":"grok-4","usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":2100,"completion_tokens_details":{"reasoning_tokens":1000}}}""")]
    [InlineData("chat", """{"model":"gemini-2.5-flash","usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":2100}}""")]
    [InlineData("responses", """{"model":"gpt-5-mini-2025-08-07","service_tier":"flex","output":[{"type":"web_search_call","id":"w1","status":"completed"},{"type":"file_search_call","id":"f1","status":"completed","queries":["q"]},{"type":"message","id":"m1","status":"completed","role":"assistant","content":[{"type":"output_text","text":"hello","annotations":[]}]}],"usage":{"input_tokens":1000,"input_tokens_details":{"cached_tokens":10,"cache_write_tokens":5},"output_tokens":100,"output_tokens_details":{"reasoning_tokens":7},"total_tokens":1100}}""")]
    [InlineData("anthropic", """{"model":"claude-sonnet-4-6","usage":{"input_tokens":1000,"output_tokens":1000,"cache_creation_input_tokens":300,"cache_read_input_tokens":40,"cache_creation":{"ephemeral_5m_input_tokens":200,"ephemeral_1h_input_tokens":100},"server_tool_use":{"web_search_requests":2,"web_fetch_requests":0},"service_tier":"standard","inference_geo":"us","iterations":[{"type":"advisor_message","model":"claude-opus-4-6","input_tokens":100000,"output_tokens":10000}]}}""")]
    public async Task By_every_way_in(string api, string body)
    {
        string whole = Whole(api, body);
        await AskByHandlerAsync(api, whole);
        string[] expected = await TakeAsync();

        await AskByPolicyAsync(api, whole);
        Assert.Equal(expected, await TakeAsync());
        await AskByMiddlewareAsync(api, whole, handler: false);
        Assert.Equal(expected, await TakeAsync());
        await AskByMiddlewareAsync(api, whole, handler: true);
        Assert.Equal(expected, await TakeAsync());
    }

    [VectorFileFact(Variable)]
    public async Task Of_every_real_body_by_middleware_and_handler()
    {
        using JsonDocument file = JsonDocument.Parse(await File.ReadAllTextAsync(Environment.GetEnvironmentVariable(Variable)!));
        (string Api, string Body)[] bodies = [.. file.RootElement.EnumerateArray().Select(static vector => Usable(vector.GetProperty("body"))).OfType<(string, string)>().Distinct()];

        foreach ((string api, string body) in bodies)
        {
            await AskByHandlerAsync(api, body);
        }

        string[] expected = await TakeAsync();
        foreach ((string api, string body) in bodies)
        {
            await AskByMiddlewareAsync(api, body, handler: false);
        }

        Assert.Equal(string.Join('\n', expected), string.Join('\n', await TakeAsync()));
        Assert.All(Apis, api => Assert.Contains(bodies, body => body.Api == api));
    }

    // Spans have neither fees nor what was written for an hour; what they have is the same.
    [Fact]
    public async Task Of_an_answer_without_fees_by_its_spans()
    {
        string source = $"same-record-{Guid.NewGuid()}";
        string body = Whole("chat", """{"model":"gpt-4o","usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,"prompt_tokens_details":{"cached_tokens":1920},"completion_tokens_details":{"reasoning_tokens":0}}}""");
        await AskByHandlerAsync("chat", body);
        string[] expected = await TakeAsync();

        using var listener = new CostTrackingListener(RecordInLedger, sources: [source]);
        await Client("chat", body, tracked: false).AsBuilder().UseOpenTelemetry(sourceName: source).Build().GetResponseAsync("hi");

        Assert.Equal(expected, await TakeAsync());
    }

    [Fact]
    public async Task Of_a_background_answer_by_middleware()
    {
        string queued = """{"id":"resp_1","object":"response","created_at":1,"background":true,"status":"queued","model":"gpt-5-2025-08-07","output":[],"tools":[],"tool_choice":"auto","parallel_tool_calls":true,"usage":null}""";
        string done = queued.Replace("queued", "completed", StringComparison.Ordinal).Replace("\"usage\":null", "\"usage\":{\"input_tokens\":1000,\"input_tokens_details\":{\"cached_tokens\":0},\"output_tokens\":1000,\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":2000}", StringComparison.Ordinal);
        var answers = new Queue<string>([queued, queued, done, done]);
        IChatClient client = OpenAI(new ScriptedTransport(_ => ScriptedTransport.Json(answers.Dequeue())), tracked: false).GetResponsesClient().AsIChatClient("gpt-5").AsBuilder().UseCostTracking(RecordInLedger).Build();

        ChatResponse response = await client.GetResponseAsync("hi", new ChatOptions { AllowBackgroundResponses = true });
        ResponseContinuationToken token = response.ContinuationToken!;
        while (answers.Count > 0)
        {
            response = await client.GetResponseAsync([], new ChatOptions { AllowBackgroundResponses = true, ContinuationToken = token });
        }

        LedgerRecord record = Assert.Single(await RecordsAsync());
        Assert.Equal((CallOutcome.Ok, 1000L, 1000L, 0.01125m), (record.Outcome, record.InputTokens, record.OutputTokens, record.CostUsd));
    }

    // The client sends Bedrock's own requests, and reads its own streams.
    [Fact]
    public async Task Of_Anthropics_client_of_Bedrock_at_Bedrocks_price()
    {
        const string Answer = """{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929","content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1000,"output_tokens":100}}""";
        var client = new AnthropicBedrockClient(new AnthropicBedrockApiTokenCredentials { BearerToken = "key", Region = "eu-central-1" })
        {
            HttpClient = new HttpClient(new CostTrackingHandler(RecordInLedger) { InnerHandler = new ScriptedTransport(_ => ScriptedTransport.Json(Answer)) }),
        };

        await client.Messages.Create(new MessageCreateParams { MaxTokens = 100, Model = "eu.anthropic.claude-sonnet-4-5-20250929-v1:0", Messages = [new UserMessageParam("hi")] });

        LedgerRecord record = Assert.Single(await RecordsAsync());
        Assert.Equal(("aws.bedrock", "eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "eu-central-1", 0.00495m), (record.Provider, record.Model, record.Region, record.CostUsd));
    }

    private int _taken;

    // Everything but who asked, when and under which id.
    private async Task<string[]> TakeAsync()
    {
        List<LedgerRecord> records = await RecordsAsync();
        string[] taken = [.. records.Skip(_taken).Select(static record => string.Join(' ', record.Provider, record.Model, record.Outcome, record.UsageSource, Counts(record), record.UsageIssue, record.CostUsd?.ToString("0.############################", System.Globalization.CultureInfo.InvariantCulture), record.IsLowerBound, record.ServiceTier, record.Region))];
        _taken = records.Count;
        return taken;
    }

    private static string Counts(LedgerRecord record) =>
        string.Join(',', record.InputTokens, record.CachedInputTokens, record.CacheWriteTokens, record.CacheWriteOneHourTokens, record.OutputTokens, record.ReasoningTokens, record.Extras?.Counts.WebSearches, record.Extras?.Counts.InputAudioTokens, record.Extras?.Counts.OutputAudioTokens);

    private static (string, string)? Usable(JsonElement body)
    {
        if (!body.TryGetProperty("usage", out JsonElement usage) || usage.ValueKind != JsonValueKind.Object || !body.TryGetProperty("model", out _))
        {
            return null;
        }

        string? api = usage.TryGetProperty("cache_read_input_tokens", out _) && usage.TryGetProperty("server_tool_use", out JsonElement tools) is var hasTools && (!hasTools || tools.TryGetProperty("web_fetch_requests", out _)) ? "anthropic"
            : usage.TryGetProperty("input_tokens_details", out _) && usage.TryGetProperty("output_tokens_details", out _) ? "responses"
            : usage.TryGetProperty("completion_tokens", out _) && usage.TryGetProperty("prompt_tokens", out _) ? "chat"
            : null;
        return api is null ? null : (api, Whole(api, body.GetRawText()));
    }

    // What the SDKs want of an answer, around what the test is about.
    private static string Whole(string api, string body)
    {
        JsonObject whole = JsonNode.Parse(api switch
        {
            "chat" => """{"id":"c","object":"chat.completion","created":1,"choices":[{"index":0,"message":{"role":"assistant","content":"hello"},"finish_reason":"stop"}]}""",
            "responses" => """{"id":"resp_1","object":"response","created_at":1,"status":"completed","parallel_tool_calls":true,"tools":[],"tool_choice":"auto","output":[{"type":"message","id":"m1","status":"completed","role":"assistant","content":[{"type":"output_text","text":"hello","annotations":[]}]}]}""",
            _ => """{"id":"m","type":"message","role":"assistant","content":[{"type":"text","text":"hello"}],"stop_reason":"end_turn","stop_sequence":null}""",
        })!.AsObject();
        foreach ((string name, JsonNode? value) in JsonNode.Parse(body)!.AsObject())
        {
            whole[name] = value?.DeepClone();
        }

        return whole.ToJsonString();
    }

    private static string AddressOf(string api) => api switch
    {
        "chat" => "https://api.openai.com/v1/chat/completions",
        "responses" => "https://api.openai.com/v1/responses",
        _ => "https://api.anthropic.com/v1/messages",
    };

    private async Task AskByHandlerAsync(string api, string body)
    {
        using var client = new HttpClient(new CostTrackingHandler(RecordInLedger) { InnerHandler = Answer(body) });
        using var content = new StringContent("""{"model":"asked"}""", System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage _ = await client.PostAsync(AddressOf(api), content);
    }

    private async Task AskByPolicyAsync(string api, string body)
    {
        using var network = new HttpClient(Answer(body));
        ClientPipeline pipeline = ClientPipeline.Create(new ClientPipelineOptions { Transport = new HttpClientPipelineTransport(network) }, [], [new CostTrackingPolicy(RecordInLedger)], []);
        using PipelineMessage message = pipeline.CreateMessage();
        message.Request.Method = "POST";
        message.Request.Uri = new Uri(AddressOf(api));
        message.Request.Headers.Set("Content-Type", "application/json");
        message.Request.Content = BinaryContent.Create(BinaryData.FromString("""{"model":"asked"}"""));
        await pipeline.SendAsync(message);
    }

    private async Task AskByMiddlewareAsync(string api, string body, bool handler) =>
        await Client(api, body, handler).AsBuilder().UseCostTracking(RecordInLedger).Build().GetResponseAsync("hi");

    private IChatClient Client(string api, string body, bool tracked) => api switch
    {
        "chat" => OpenAI(Answer(body), tracked).GetChatClient("asked").AsIChatClient(),
        "responses" => OpenAI(Answer(body), tracked).GetResponsesClient().AsIChatClient("asked"),
        _ => new AnthropicClient { ApiKey = "key", HttpClient = Http(Answer(body), tracked) }.AsIChatClient("asked"),
    };

    private OpenAIClient OpenAI(ScriptedTransport transport, bool tracked) => new(new ApiKeyCredential("key"), new OpenAIClientOptions { Transport = new HttpClientPipelineTransport(Http(transport, tracked)) });

    private HttpClient Http(ScriptedTransport transport, bool tracked) => new(tracked ? new CostTrackingHandler(RecordInLedger) { InnerHandler = transport } : transport);

    private static ScriptedTransport Answer(string body) => new(_ => ScriptedTransport.Json(body));
}
