using System.Text;
using System.Text.Json;
using Anthropic;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;
using OllamaSharp;
using OpenAI.Chat;
using OpenAI.Embeddings;
using OpenAI.Responses;

namespace Magsag.Testing.Tests;

/// <summary>Each SDK, plain and streamed, with a loop of tools: what the app sees and what the ledger holds is the same, recorded and replayed.</summary>
public sealed class SdkMatrixTests : TapedTest
{
    private const string Model = "gpt-4o-mini";

    private static readonly AIFunction Weather = AIFunctionFactory.Create(static (string city) => $"{city}: 21 °C", "weather", "The weather of a city.");

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (string sdk in (string[])["chat", "responses", "anthropic", "ollama"])
            {
                cases.Add(sdk, false);
                cases.Add(sdk, true);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_loop_of_tools_is_the_same_replayed_as_recorded(string sdk, bool streams)
    {
        string recorded, replayed;
        using (Insert("loop"))
        {
            recorded = await LoopAsync(sdk, streams, CallAndAnswer(sdk, streams), CassetteMode.Record);
        }

        using (Cassette cassette = Insert("loop"))
        {
            replayed = await LoopAsync(sdk, streams, StubProvider.Unreachable, CassetteMode.Strict);
            Assert.Equal(2, cassette.Calls.Count);
        }

        using (Insert("loop"))
        {
            // The other way of asking is served by the same recording.
            Assert.Equal(WithoutReason(recorded), WithoutReason(await LoopAsync(sdk, !streams, StubProvider.Unreachable, CassetteMode.Strict)));
        }

        Assert.Equal(recorded, replayed);
        Assert.StartsWith("It is 21 °C in Oslo.", recorded, StringComparison.Ordinal);
        List<LedgerRecord> records = await RecordsAsync();
        Assert.Equal([false, false, true, true, true, true], records.Select(static record => record.Replayed));
        Assert.Equal(records.Take(2).Select(Figures), records.Skip(2).Take(2).Select(Figures));
        Assert.Equal(records.Take(2).Select(Figures), records.Skip(4).Select(Figures));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_miss_comes_through_each_SDK_as_what_it_is_and_is_asked_once(string sdk, bool streams)
    {
        Cassette cassette = Insert("miss");

        await Assert.ThrowsAsync<CassetteMissException>(() => LoopAsync(sdk, streams, StubProvider.Unreachable, CassetteMode.Strict));

        Assert.Throws<CassetteMissException>(cassette.Dispose);
        Assert.Equal((CallOutcome.Error, 0m), Assert.Single(await RecordsAsync()) is var record ? (record.Outcome, record.CostUsd) : default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Gemini_is_replayed_in_its_own_wire_format(bool streams)
    {
        using (Insert("gemini"))
        {
            var provider = streams
                ? new StubProvider((200, "text/event-stream", Data(Gemini("It is ", null)) + Data(Gemini("21 °C.", "STOP"))))
                : StubProvider.Json(Gemini("It is 21 °C.", "STOP"));
            await AskGeminiAsync(provider, streams, CassetteMode.Record);
        }

        using Cassette cassette = Insert("gemini");
        Assert.Equal("It is 21 °C.", await AskGeminiAsync(StubProvider.Unreachable, streams: false, CassetteMode.Strict));
        Assert.Equal("It is 21 °C.", await AskGeminiAsync(StubProvider.Unreachable, streams: true, CassetteMode.Strict));
        Assert.Equal((8L, 7L), (cassette.Calls[0].Usage.InputTokens, cassette.Calls[1].Usage.OutputTokens));
    }

    [Fact]
    public async Task Embeddings_are_kept_as_float16_and_come_back_in_the_form_that_is_asked_for()
    {
        float[] vector = [0.25f, -0.5f, 0.125f];
        byte[] bytes = new byte[12];
        Buffer.BlockCopy(vector, 0, bytes, 0, 12);
        using (Insert("vectors"))
        {
            var provider = StubProvider.Json(new { @object = "list", model = "text-embedding-3-small", data = new[] { new { @object = "embedding", index = 0, embedding = Convert.ToBase64String(bytes) } }, usage = new { prompt_tokens = 5, total_tokens = 5 } });
            await new EmbeddingClient("text-embedding-3-small", Key, OpenAI(provider, CassetteMode.Record)).GenerateEmbeddingsAsync(["Where is my refund?"], cancellationToken: TestContext.Current.CancellationToken);
        }

        using Cassette cassette = Insert("vectors");
        OpenAIEmbeddingCollection embeddings = await new EmbeddingClient("text-embedding-3-small", Key, OpenAI(StubProvider.Unreachable, CassetteMode.Strict)).GenerateEmbeddingsAsync(["Where is my refund?"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(vector, embeddings[0].ToFloats().ToArray());
        Assert.Equal((5, 0.0000001m), (embeddings.Usage.InputTokenCount, cassette.CostUsd));
    }

    [Fact]
    public async Task What_the_provider_cache_read_is_kept_apart_and_priced_as_if_it_had_not()
    {
        object body = ReplayTests.Answer("Yes.", 2_000, 2, cached: 1_920);
        string question = string.Join(' ', Enumerable.Repeat("Is it so?", 500));
        using (Insert("cached"))
        {
            await new ChatClient(Model, Key, OpenAI(StubProvider.Json(body), CassetteMode.Record)).CompleteChatAsync(question);
        }

        using Cassette cassette = Insert("cached");
        ChatCompletion plain = await new ChatClient(Model, Key, OpenAI(StubProvider.Unreachable, CassetteMode.Strict)).CompleteChatAsync(question);
        ChatCompletion kept = await new ChatClient(Model, Key, OpenAI(StubProvider.Unreachable, CassetteMode.Strict, static options => options.KeepProviderCache = true)).CompleteChatAsync(question);

        Assert.Equal((0, 1_920), (plain.Usage.InputTokenDetails.CachedTokenCount, kept.Usage.InputTokenDetails.CachedTokenCount));
        Assert.Equal([0.0003012m, 0.0001572m], cassette.Calls.Select(static call => call.CostUsd!.Value));
    }

    // The adapter of responses tells the reason for the end only when it streams.
    private static string WithoutReason(string seen) => seen.Replace(" stop ", "  ", StringComparison.Ordinal);

    private static string Figures(LedgerRecord record) => $"{record.Provider} {record.Model} {record.InputTokens} {record.OutputTokens} {record.CostUsd} {record.Outcome} {record.UsageSource}";

    private async Task<string> LoopAsync(string sdk, bool streams, StubProvider provider, CassetteMode mode)
    {
        using IChatClient client = ClientOf(sdk, provider, mode).AsBuilder().UseFunctionInvocation().Build();
        var options = new ChatOptions { Tools = [Weather], MaxOutputTokens = 100, Instructions = "Be brief." };
        ChatResponse response = streams ? await client.GetStreamingResponseAsync("How warm is it in Oslo?", options).ToChatResponseAsync() : await client.GetResponseAsync("How warm is it in Oslo?", options);
        FunctionCallContent call = response.Messages.SelectMany(static message => message.Contents).OfType<FunctionCallContent>().Single();
        return $"{response.Text} {response.FinishReason} {call.Name} {JsonSerializer.Serialize(call.Arguments)} {response.Usage?.InputTokenCount} {response.Usage?.OutputTokenCount}";
    }

    private IChatClient ClientOf(string sdk, StubProvider provider, CassetteMode mode) => sdk switch
    {
        "chat" => new ChatClient(Model, Key, OpenAI(provider, mode)).AsIChatClient(),
        "responses" => new OpenAI.OpenAIClient(Key, OpenAI(provider, mode)).GetResponsesClient().AsIChatClient(Model),
        "anthropic" => new AnthropicClient { ApiKey = "key", HttpClient = new HttpClient(Tape(provider, mode)) }.AsIChatClient("claude-sonnet-4-5"),
        _ => new OllamaApiClient(new HttpClient(Tape(provider, mode)) { BaseAddress = new Uri("http://localhost:11434") }, "llama3.2"),
    };

    private async Task<string> AskGeminiAsync(StubProvider provider, bool streams, CassetteMode mode)
    {
        using var client = new HttpClient(Tape(provider, mode));
        using var body = new StringContent(JsonSerializer.Serialize(new { contents = new[] { new { role = "user", parts = new[] { new { text = "How warm is it in Oslo?" } } } } }), Encoding.UTF8, "application/json");
        var address = new Uri("https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:" + (streams ? "streamGenerateContent?alt=sse" : "generateContent"));
        using HttpResponseMessage response = await client.PostAsync(address, body);
        string text = await response.Content.ReadAsStringAsync();
        IEnumerable<string> chunks = streams ? text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(static chunk => chunk["data: ".Length..]) : [text];
        return string.Concat(chunks.Select(static chunk => JsonNode.Parse(chunk)!["candidates"]![0]!["content"]!["parts"]![0]!["text"]!.GetValue<string>()));
    }

    private static object Gemini(string text, string? finish) => new
    {
        candidates = new[] { new { content = new { role = "model", parts = new[] { new { text } } }, finishReason = finish } },
        usageMetadata = finish is null ? null : new { promptTokenCount = 8, candidatesTokenCount = 7, totalTokenCount = 15 },
        modelVersion = "gemini-2.5-flash",
        responseId = Guid.NewGuid(),
    };

    private static StubProvider CallAndAnswer(string sdk, bool streams) => (sdk, streams) switch
    {
        ("chat", false) => StubProvider.Json(
            Chat(new { role = "assistant", content = (string?)null, tool_calls = new[] { new { id = "call_abc", type = "function", function = new { name = "weather", arguments = """{"city":"Oslo"}""" } } } }, "tool_calls", 60, 15),
            Chat(new { role = "assistant", content = "It is 21 °C in Oslo." }, "stop", 90, 9)),
        ("chat", true) => Sse(
            [Chunk(new { role = "assistant", tool_calls = new[] { new { index = 0, id = "call_abc", type = "function", function = new { name = "weather", arguments = "" } } } }), Chunk(new { tool_calls = new[] { new { index = 0, function = new { arguments = """{"city":""" } } } }), Chunk(new { tool_calls = new[] { new { index = 0, function = new { arguments = "\"Oslo\"}" } } } }), Chunk(new { }, "tool_calls"), ChunkUsage(60, 15)],
            [Chunk(new { role = "assistant", content = "It is 21 °C" }), Chunk(new { content = " in Oslo." }), Chunk(new { }, "stop"), ChunkUsage(90, 9)]),
        ("responses", false) => StubProvider.Json(Response(Call, 60, 15), Response(Message, 90, 9)),
        ("responses", true) => Events(
            [("response.created", new { type = "response.created", sequence_number = 0, response = Response(null, 0, 0) }), ("response.output_item.added", new { type = "response.output_item.added", sequence_number = 1, output_index = 0, item = Call }), ("response.output_item.done", new { type = "response.output_item.done", sequence_number = 2, output_index = 0, item = Call }), ("response.completed", new { type = "response.completed", sequence_number = 3, response = Response(Call, 60, 15) })],
            [("response.created", new { type = "response.created", sequence_number = 0, response = Response(null, 0, 0) }), ("response.output_text.delta", new { type = "response.output_text.delta", sequence_number = 1, item_id = "msg_1", output_index = 0, content_index = 0, delta = "It is 21 °C in Oslo." }), ("response.completed", new { type = "response.completed", sequence_number = 2, response = Response(Message, 90, 9) })]),
        ("anthropic", false) => StubProvider.Json(
            Claude([new { type = "tool_use", id = "toolu_abc", name = "weather", input = new { city = "Oslo" } }], "tool_use", 400, 40),
            Claude([new { type = "text", text = "It is 21 °C in Oslo." }], "end_turn", 430, 12)),
        ("anthropic", true) => Events(
            ClaudeEvents(new { type = "tool_use", id = "toolu_abc", name = "weather", input = new { } }, [new { type = "input_json_delta", partial_json = """{"city":""" }, new { type = "input_json_delta", partial_json = "\"Oslo\"}" }], "tool_use", 400, 40),
            ClaudeEvents(new { type = "text", text = "" }, [new { type = "text_delta", text = "It is 21 °C" }, new { type = "text_delta", text = " in Oslo." }], "end_turn", 430, 12)),
        (_, false) => StubProvider.Json(
            Llama(new { role = "assistant", content = "", tool_calls = new[] { new { function = new { name = "weather", arguments = new { city = "Oslo" } } } } }, true, 70, 15),
            Llama(new { role = "assistant", content = "It is 21 °C in Oslo." }, true, 95, 9)),
        _ => new StubProvider(
            (200, "application/x-ndjson", Line(Llama(new { role = "assistant", content = "", tool_calls = new[] { new { function = new { name = "weather", arguments = new { city = "Oslo" } } } } }, false, 0, 0)) + Line(Llama(new { role = "assistant", content = "" }, true, 70, 15))),
            (200, "application/x-ndjson", Line(Llama(new { role = "assistant", content = "It is 21 °C" }, false, 0, 0)) + Line(Llama(new { role = "assistant", content = " in Oslo." }, false, 0, 0)) + Line(Llama(new { role = "assistant", content = "" }, true, 95, 9)))),
    };

    private static object Call => new { type = "function_call", id = "fc_1", call_id = "call_abc", name = "weather", arguments = """{"city":"Oslo"}""", status = "completed" };

    private static object Message => new { type = "message", id = "msg_1", status = "completed", role = "assistant", content = new[] { new { type = "output_text", text = "It is 21 °C in Oslo.", annotations = Array.Empty<object>() } } };

    private static object Chat(object message, string finish, int input, int output) => new { id = "c1", @object = "chat.completion", created = 1, model = "gpt-4o-mini-2024-07-18", choices = new[] { new { index = 0, message, finish_reason = finish } }, usage = Usage(input, output) };

    private static object Usage(int input, int output) => new { prompt_tokens = input, completion_tokens = output, total_tokens = input + output };

    private static object Chunk(object delta, string? finish = null) => new { id = "c1", @object = "chat.completion.chunk", created = 1, model = "gpt-4o-mini-2024-07-18", choices = new[] { new { index = 0, delta, finish_reason = finish } } };

    private static object ChunkUsage(int input, int output) => new { id = "c1", @object = "chat.completion.chunk", created = 1, model = "gpt-4o-mini-2024-07-18", choices = Array.Empty<object>(), usage = Usage(input, output) };

    private static object Response(object? item, int input, int output) => new { id = "resp_1", @object = "response", created_at = 1, status = item is null ? "in_progress" : "completed", model = "gpt-4o-mini-2024-07-18", output = item is null ? [] : new[] { item }, parallel_tool_calls = true, tool_choice = "auto", tools = Array.Empty<object>(), usage = item is null ? null : new { input_tokens = input, input_tokens_details = new { cached_tokens = 0 }, output_tokens = output, output_tokens_details = new { reasoning_tokens = 0 }, total_tokens = input + output } };

    private static object Claude(object[] content, string stop, int input, int output) => new { id = "m1", type = "message", role = "assistant", model = "claude-sonnet-4-5-20250929", content, stop_reason = stop, stop_sequence = (string?)null, usage = new { input_tokens = input, cache_creation_input_tokens = 0, cache_read_input_tokens = 0, output_tokens = output } };

    private static (string, object)[] ClaudeEvents(object block, object[] deltas, string stop, int input, int output) =>
    [
        ("message_start", new { type = "message_start", message = Claude([], null!, input, 1) }),
        ("content_block_start", new { type = "content_block_start", index = 0, content_block = block }),
        .. deltas.Select(static delta => ("content_block_delta", (object)new { type = "content_block_delta", index = 0, delta })),
        ("content_block_stop", new { type = "content_block_stop", index = 0 }),
        ("message_delta", new { type = "message_delta", delta = new { stop_reason = stop, stop_sequence = (string?)null }, usage = new { output_tokens = output } }),
        ("message_stop", new { type = "message_stop" }),
    ];

    private static object Llama(object message, bool done, int input, int output) => done
        ? new { model = "llama3.2", created_at = "2026-01-01T00:00:00Z", message, done, done_reason = "stop", total_duration = 5, prompt_eval_count = input, eval_count = output }
        : new { model = "llama3.2", created_at = "2026-01-01T00:00:00Z", message, done };

    private static StubProvider Sse(params object[][] answers) => new([.. answers.Select(static events => (200, "text/event-stream", string.Concat(events.Select(Data)) + "data: [DONE]\n\n"))]);

    private static StubProvider Events(params (string Name, object Data)[][] answers) => new([.. answers.Select(static events => (200, "text/event-stream", string.Concat(events.Select(static one => $"event: {one.Name}\n{Data(one.Data)}"))))]);

    private static string Data(object data) => $"data: {JsonSerializer.Serialize(data)}\n\n";

    private static string Line(object data) => JsonSerializer.Serialize(data) + "\n";
}
