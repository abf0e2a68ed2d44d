using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Magsag.Pricing.Permissions;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

/// <summary>Requests that an app sends by itself are kept within budgets like calls of a chat client.</summary>
public sealed class BudgetHandlerTests : WireTestBase
{
    private const string Capped = """{"model":"gpt-4o-mini","max_tokens":1000,"messages":[{"role":"user","content":"hi"}]}""";
    private const string Answer = """{"model":"gpt-4o-mini","choices":[{"message":{"content":"It jumps."},"finish_reason":"stop"}],"usage":{"prompt_tokens":100,"completion_tokens":3,"total_tokens":103}}""";
    private const string Gemini = "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent";
    private const string Embeddings = "https://api.openai.com/v1/embeddings";
    private const decimal Input = 0.15m / 1_000_000m;
    private const decimal Output = 0.60m / 1_000_000m;

    private readonly BudgetOptions _options = new() { Store = new InMemoryBudgetStore() };

    private BudgetGuard Guard(decimal max, LimitMeasure measure = LimitMeasure.UsDollars) =>
        new(new CostPolicy { Limits = [new PolicyLimit("r", LimitSubject.Everything, null, LimitPeriod.Day, max) { Measure = measure }] }, _options);

    private HttpClient Guarded(Func<HttpRequestMessage, HttpResponseMessage> answer, decimal max = 100m, LimitMeasure measure = LimitMeasure.UsDollars) =>
        new(new BudgetHandler(Guard(max, measure)) { InnerHandler = new CostTrackingHandler(Configure) { InnerHandler = new ScriptedTransport(answer) } });

    private async Task<(decimal Spent, decimal Reserved)> AccountAsync(LimitMeasure measure = LimitMeasure.UsDollars)
    {
        var refused = await Assert.ThrowsAsync<BudgetExceededException>(async () => await Guard(0m, measure).ReserveAsync(new CallAttribution(), new BudgetAmount(1m, 1, 1)));
        return (refused.Spent, refused.Reserved);
    }

    private async Task<BudgetExceededException> RefuseAsync(string address, string body, decimal max = 0m, LimitMeasure measure = LimitMeasure.Tokens)
    {
        bool isSent = false;
        using HttpClient client = Guarded(_ => { isSent = true; return ScriptedTransport.Json(Answer); }, max, measure);
        var refused = await Assert.ThrowsAsync<BudgetExceededException>(() => client.PostAsync(address, Body(body)));
        Assert.False(isSent);
        return refused;
    }

    [Fact]
    public async Task The_worst_case_is_reserved_while_a_request_is_under_way_and_what_was_reported_is_settled()
    {
        (decimal Spent, decimal Reserved) during = default;
        using HttpClient client = Guarded(_ =>
        {
            during = AccountAsync().GetAwaiter().GetResult();
            return ScriptedTransport.Json(Answer);
        });

        using HttpResponseMessage response = await client.PostAsync(OpenAI, Body(Capped));

        Assert.Equal(Answer, await response.Content.ReadAsStringAsync());
        Assert.InRange(during.Reserved, 1000 * Output, (1000 * Output) + (100 * Input));
        Assert.Equal(((100 * Input) + (3 * Output), 0m), await AccountAsync());
        Assert.Single(await RecordsAsync());
    }

    [Fact]
    public async Task A_request_that_is_sent_synchronously_is_guarded_too()
    {
        using HttpClient client = new(new BudgetHandler(Guard(1m)) { InnerHandler = new Synchronous() });
        using var request = new HttpRequestMessage(HttpMethod.Post, OpenAI) { Content = Body(Capped) };

        using HttpResponseMessage response = client.Send(request);

        Assert.Equal(((100 * Input) + (3 * Output), 0m), await AccountAsync());
        Assert.Null(GuardedCall.Current);
        using HttpClient refusing = new(new BudgetHandler(Guard(0.0001m)) { InnerHandler = new Synchronous() });
        using var second = new HttpRequestMessage(HttpMethod.Post, OpenAI) { Content = Body(Capped) };
        Assert.Throws<BudgetExceededException>(() => refusing.Send(second));
    }

    [Theory]
    [InlineData(OpenAI, """{"model":"gpt-4o-mini","max_tokens":1000,"n":4,"messages":[]}""", 4000)]
    [InlineData(OpenAI, """{"model":"gpt-4o-mini","max_tokens":1000,"n":"4","messages":[]}""", 4000)]
    [InlineData(OpenAI, """{"model":"gpt-4o-mini","max_completion_tokens":1000,"max_tokens":10,"messages":[]}""", 1000)]
    [InlineData(OpenAI, """{"model":"gpt-4o-mini","messages":[]}""", 16384)]
    [InlineData(OpenAI, """{"model":"gpt-4o-mini","max_tokens":-1,"messages":[]}""", 16384)]
    [InlineData(OpenAI, """{"model":"gpt-4o-mini","max_tokens":1.5,"messages":[]}""", 2)]
    [InlineData("https://api.openai.com/v1/completions", """{"model":"gpt-4o-mini","max_tokens":100,"n":2,"best_of":5,"prompt":["a","b","c"]}""", 1500)]
    [InlineData(Responses, """{"model":"gpt-4o-mini","max_output_tokens":1000,"input":"hi"}""", 1000)]
    [InlineData(Anthropic, """{"model":"claude-sonnet-4-5","max_tokens":1000,"messages":[]}""", 1000)]
    [InlineData(Gemini, """{"contents":[],"generationConfig":{"maxOutputTokens":1000,"candidateCount":3}}""", 3000)]
    [InlineData(Gemini, """{"contents":[],"generation_config":{"max_output_tokens":1000}}""", 1000)]
    [InlineData(Embeddings, """{"model":"text-embedding-3-small","input":["hi"]}""", 0)]
    public async Task The_cap_is_read_as_the_provider_names_it_for_each_answer_that_is_asked_for(string address, string body, int output) =>
        Assert.InRange((await RefuseAsync(address, body)).Asked, output + 1, output + 150);

    [Theory]
    [InlineData(OpenAI, """{"model":"gpt-4o-mini","max_tokens":1,"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x"}}]}]}""")]
    [InlineData(OpenAI, """{"model":"gpt-4o-mini","max_tokens":1,"messages":[{"role":"user","content":[{"type":"video_url","video_url":{"url":"https://x"}}]}]}""")]
    [InlineData(OpenAI, """{"model":"gpt-4o-mini","max_tokens":1,"messages":[],"audio":{"voice":"x"},"modalities":["audio"]}""")]
    [InlineData(Responses, """{"model":"gpt-4o-mini","max_output_tokens":1,"previous_response_id":"r","input":"hi"}""")]
    [InlineData(Responses, """{"model":"gpt-4o-mini","max_output_tokens":1,"prompt":{"id":"p"}}""")]
    [InlineData(Responses, """{"model":"gpt-4o-mini","max_output_tokens":1,"input":[{"type":"item_reference","id":"r"}]}""")]
    public async Task What_cannot_be_counted_here_is_reserved_as_the_context_window(string address, string body) =>
        Assert.True((await RefuseAsync(address, body)).Asked >= 128_000);

    [Theory]
    [InlineData("""{"tools":[{"type":"function","function":{"name":"f","description":"WORDS","parameters":{}}}]}""")]
    [InlineData("""{"tools":[{"type":"custom","custom":{"name":"f","format":{"grammar":"WORDS"}}}]}""")]
    [InlineData("""{"response_format":{"type":"json_schema","json_schema":{"schema":{"description":"WORDS"}}}}""")]
    [InlineData("""{"a_member_that_nobody_here_knows":{"in":["WORDS"]}}""")]
    public async Task Whatever_text_a_body_has_is_counted(string members)
    {
        JsonObject body = JsonNode.Parse(Capped)!.AsObject();
        foreach ((string name, JsonNode? value) in JsonNode.Parse(members.Replace("WORDS", string.Concat(Enumerable.Repeat(" word", 500)), StringComparison.Ordinal))!.AsObject())
        {
            body[name] = value!.DeepClone();
        }

        Assert.InRange((await RefuseAsync(OpenAI, body.ToJsonString())).Asked, 1500, 1700);
    }

    [Theory]
    [InlineData(OpenAI, """{"model":"gpt-4o-mini","max_tokens":1,"messages":[],"web_search_options":{}}""")]
    [InlineData(Responses, """{"model":"gpt-4o-mini","max_output_tokens":1,"input":"hi","tools":[{"type":"file_search"}]}""")]
    [InlineData(Anthropic, """{"model":"claude-sonnet-4-5","max_tokens":1,"messages":[],"tools":[{"type":"code_execution_20250825","name":"code"}]}""")]
    [InlineData(Gemini, """{"contents":[],"generationConfig":{"maxOutputTokens":1},"tools":[{"googleSearch":{}}]}""")]
    [InlineData(OpenAI, """{"model":"no-such-model","max_tokens":1,"messages":[]}""")]
    [InlineData(OpenAI, """{"model":"no-such-model","messages":[]}""")]
    [InlineData(OpenAI, """{"model":"gpt-4o-mini","max_tokens":1,"max_tokens":99,"messages":[]}""")]
    [InlineData(OpenAI, """{"model":"gpt-4o-mini","max_tokens":1,"MAX_TOKENS":99,"messages":[]}""")]
    [InlineData(OpenAI, "[]")]
    [InlineData(OpenAI, "{oops")]
    [InlineData(OpenAI, "")]
    public async Task A_request_whose_worst_case_is_unknown_is_refused_whatever_room_there_is(string address, string body) =>
        Assert.Null((await RefuseAsync(address, body, 1_000_000m, LimitMeasure.UsDollars)).Rule);

    [Theory]
    [InlineData(OpenAI, """{"model":"gpt-4o-mini","max_tokens":1,"messages":[],"tools":[{"type":"function","function":{"name":"f"}}]}""")]
    [InlineData(Anthropic, """{"model":"claude-sonnet-4-5","max_tokens":1,"messages":[],"tools":[{"name":"f","input_schema":{}}]}""")]
    [InlineData(Gemini, """{"contents":[],"generationConfig":{"maxOutputTokens":1},"tools":[{"functionDeclarations":[{"name":"f"}]}]}""")]
    public async Task The_apps_own_tools_are_no_hosted_ones(string address, string body) => Assert.InRange((await RefuseAsync(address, body)).Asked, 1, 300);

    [Theory]
    [InlineData("https://api.openai.com/v1/models")]
    [InlineData("https://api.openai.com/v1/files")]
    [InlineData("https://api.anthropic.com/v1/messages/count_tokens")]
    [InlineData("https://example.com/")]
    public async Task Requests_that_are_not_billed_pass(string address)
    {
        using HttpClient client = Guarded(static _ => ScriptedTransport.Json("{}"), 0m, LimitMeasure.Calls);

        (await client.PostAsync(address, Body("{}"))).Dispose();
        (await client.GetAsync(OpenAI)).Dispose();

        Assert.Equal((0m, 0m), await AccountAsync(LimitMeasure.Calls));
    }

    [Fact]
    public async Task A_refused_request_takes_nothing_and_one_that_failed_its_worst_case()
    {
        using HttpClient refused = Guarded(static _ => new HttpResponseMessage(HttpStatusCode.TooManyRequests));
        (await refused.PostAsync(OpenAI, Body(Capped))).Dispose();
        Assert.Equal((0m, 0m), await AccountAsync());

        using HttpClient failed = Guarded(static _ => new HttpResponseMessage(HttpStatusCode.BadGateway));
        (await failed.PostAsync(OpenAI, Body(Capped))).Dispose();
        (decimal spent, decimal reserved) = await AccountAsync();
        Assert.True(spent >= 1000 * Output);
        Assert.Equal(0m, reserved);

        using HttpClient reset = Guarded(static _ => throw new HttpRequestException(HttpRequestError.ResponseEnded));
        await Assert.ThrowsAsync<HttpRequestException>(() => reset.PostAsync(OpenAI, Body(Capped)));
        Assert.True((await AccountAsync()).Spent >= 2000 * Output);

        using HttpClient unsent = Guarded(static _ => throw new HttpRequestException(HttpRequestError.ConnectionError));
        await Assert.ThrowsAsync<HttpRequestException>(() => unsent.PostAsync(OpenAI, Body(Capped)));
        Assert.True((await AccountAsync()).Spent < 3000 * Output);
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":"It jumps."},"finish_reason":"stop"}]}""")]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":-1,"completion_tokens":3}}""")]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":1""")]
    [InlineData("""{"choices":[{"message":{"content":"one two three four five six seven eight nine ten"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}""")]
    [InlineData("")]
    public async Task An_answer_without_a_report_that_can_be_right_counts_as_the_worst_case(string answer)
    {
        using HttpClient client = Guarded(_ => ScriptedTransport.Json(answer));

        (await client.PostAsync(OpenAI, Body(Capped))).Dispose();

        (decimal spent, decimal reserved) = await AccountAsync();
        Assert.InRange(spent, 1000 * Output, 1100 * Output);
        Assert.Equal(0m, reserved);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_is_settled_at_its_end_and_counts_its_worst_case_when_it_is_left(bool isRead)
    {
        string events = """
            data: {"model":"gpt-4o-mini","choices":[{"delta":{"content":"It jumps."}}]}

            data: {"model":"gpt-4o-mini","choices":[{"delta":{},"finish_reason":"stop"}]}

            data: {"model":"gpt-4o-mini","choices":[],"usage":{"prompt_tokens":100,"completion_tokens":3}}

            data: [DONE]


            """;
        using HttpClient client = Guarded(_ => ScriptedTransport.Events(events));
        using var request = new HttpRequestMessage(HttpMethod.Post, OpenAI) { Content = Body(Capped) };
        using (HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.True((await AccountAsync()).Reserved >= 1000 * Output);
            Stream body = await response.Content.ReadAsStreamAsync();
            await body.ReadExactlyAsync(new byte[isRead ? events.Length : 90]);
        }

        (decimal spent, decimal reserved) = await AccountAsync();
        Assert.Equal(0m, reserved);
        Assert.Equal(isRead, spent == (100 * Input) + (3 * Output));
        Assert.True(isRead || spent >= 1000 * Output);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300)]
    public async Task A_stream_beyond_its_reservation_is_stopped_and_what_arrived_counts(int read)
    {
        string events = string.Concat(Enumerable.Repeat("data: {\"choices\":[{\"delta\":{\"content\":\" word\"}}]}\n\n", 3_000));
        using HttpClient client = Guarded(_ => ScriptedTransport.Events(events));
        using var request = new HttpRequestMessage(HttpMethod.Post, OpenAI) { Content = Body(Capped.Replace("1000", "100", StringComparison.Ordinal)) };
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Stream body = await response.Content.ReadAsStreamAsync();
        int seen = 0;

        await Assert.ThrowsAsync<BudgetExceededException>(async () =>
        {
            while (await body.ReadAsync(new byte[read]) is var got and > 0)
            {
                seen += got;
            }
        });

        Assert.InRange(seen, 90 * 50, 115 * 50);
        (decimal spent, decimal reserved) = await AccountAsync(LimitMeasure.Tokens);
        Assert.InRange(spent, 101, 200);
        Assert.Equal(0m, reserved);
    }

    [Fact]
    public async Task A_form_is_read_without_its_files()
    {
        _options.MaxMediaTokens = 5_000;
        using HttpClient client = Guarded(static _ => ScriptedTransport.Json("{}"), 0m, LimitMeasure.Tokens);
        using var form = new MultipartFormDataContent { { new StringContent("gpt-image-1.5"), "model" }, { new StringContent("3"), "n" }, { new StringContent("a cat"), "prompt" }, { new ByteArrayContent([1]), "image", "a.png" } };

        var refused = await Assert.ThrowsAsync<BudgetExceededException>(() => client.PostAsync("https://api.openai.com/v1/images/edits", form));

        Assert.True(refused.Message.Contains("context window", StringComparison.Ordinal), refused.Message);
    }

    [Fact]
    public async Task Each_picture_is_reserved()
    {
        _options.MaxMediaTokens = 5_000;

        var refused = await RefuseAsync("https://api.openai.com/v1/images/generations", """{"model":"gpt-image-1.5","n":3,"prompt":"a cat"}""");

        Assert.InRange(refused.Asked, 15_001, 15_200);
    }

    [Fact]
    public async Task A_transcription_is_reserved_as_the_context_window_of_sound()
    {
        using HttpClient client = Guarded(static _ => ScriptedTransport.Json("{}"), 0m);
        using var form = new MultipartFormDataContent { { new StringContent("gpt-4o-transcribe"), "model" }, { new ByteArrayContent([1]), "file", "a.wav" } };

        var refused = await Assert.ThrowsAsync<BudgetExceededException>(() => client.PostAsync("https://api.openai.com/v1/audio/transcriptions", form));

        Assert.Equal(((16_000 * 6m) + (2_000 * 10m)) / 1_000_000m, refused.Asked);
    }

    [Theory]
    [InlineData("gpt-4o-mini", false)]
    [InlineData("openai/gpt-4o-mini", false)]
    [InlineData("gpt-4o", true)]
    public async Task A_request_to_another_model_in_the_middle_of_a_call_has_a_reservation_of_its_own(string model, bool isRefused)
    {
        BudgetGuard guard = Guard(0.001m);
        using HttpClient http = new(new BudgetHandler(guard) { InnerHandler = new ScriptedTransport(static _ => ScriptedTransport.Json(Answer)) });
        IChatClient client = new FixedClient("gpt-4o-mini").AsBuilder().UseBudget(guard).Use(async (messages, options, next, cancellationToken) =>
        {
            (await http.PostAsync(OpenAI, Body(Capped.Replace("gpt-4o-mini", model, StringComparison.Ordinal)), cancellationToken)).Dispose();
            await next(messages, options, cancellationToken);
        }).Build();

        Exception? refused = await Record.ExceptionAsync(() => client.GetResponseAsync("hi", new ChatOptions { ModelId = "gpt-4o-mini", MaxOutputTokens = 1000 }));

        Assert.Equal(isRefused, refused is BudgetExceededException);
    }

    [Fact]
    public async Task A_model_that_the_policy_forbids_is_refused()
    {
        var guard = new BudgetGuard(new CostPolicy { ModelRules = [new ModelRule("r", ["gpt-4o-mini"], ModelPermission.Forbidden)] }, _options);
        using HttpClient client = new(new BudgetHandler(guard) { InnerHandler = new ScriptedTransport(static _ => ScriptedTransport.Json(Answer)) });

        await Assert.ThrowsAsync<ModelRefusedException>(() => client.PostAsync(OpenAI, Body(Capped)));
    }

    [Fact]
    public async Task A_request_is_attributed_to_the_scope_that_it_is_sent_in()
    {
        var guard = new BudgetGuard(new CostPolicy { Limits = [new PolicyLimit("r", LimitSubject.Agent, "triage", LimitPeriod.Day, 1m) { Measure = LimitMeasure.Calls }] }, _options);
        using HttpClient client = new(new BudgetHandler(guard) { InnerHandler = new ScriptedTransport(static _ => ScriptedTransport.Json(Answer)) });

        (await client.PostAsync(OpenAI, Body(Capped))).Dispose();
        (await client.PostAsync(OpenAI, Body(Capped))).Dispose();
        using (CostScope.Begin(agent: "triage"))
        {
            (await client.PostAsync(OpenAI, Body(Capped))).Dispose();
            await Assert.ThrowsAsync<BudgetExceededException>(() => client.PostAsync(OpenAI, Body(Capped)));
        }
    }

    [Fact]
    public async Task A_body_that_can_be_read_only_once_arrives_whole()
    {
        var transport = new ScriptedTransport(static _ => ScriptedTransport.Json(Answer));
        using HttpClient client = new(new BudgetHandler(Guard(1m)) { InnerHandler = transport });
        using var content = new StreamContent(new OneWay(Encoding.UTF8.GetBytes(Capped)));

        (await client.PostAsync(OpenAI, content)).Dispose();

        Assert.Equal(Capped, Assert.Single(transport.Bodies));
    }

    [Fact]
    public async Task Many_callers_at_once_never_pass_the_limit()
    {
        int billed = 0;
        using HttpClient client = Guarded(_ => { Interlocked.Increment(ref billed); return ScriptedTransport.Json("{}"); }, 50 * 1020 * Output);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Record.ExceptionAsync(async () => (await client.PostAsync(OpenAI, Body(Capped))).Dispose())));

        Assert.InRange(billed, 40, 50);
        Assert.Equal(0m, (await AccountAsync()).Reserved);
    }

    private sealed class Synchronous : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => ScriptedTransport.Json(Answer);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class OneWay(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
