using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Magsag.Runtime.Tests;

/// <summary>Bodies and streams that are cut, split, broken or absurd: the app gets every byte and no error of ours, and memory stays bounded.</summary>
public sealed class WireFuzzTests : WireTestBase
{
    private const string Gemini = "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:streamGenerateContent";
    private const string Ollama = "http://localhost:11434/api/chat";
    private const string Escaped = """The \"usage\":{\"prompt_tokens\":9,\"completion_tokens\":9} \n\ndata: [DONE] 😀 \ud83d\ude00 \u0022""";

    // More of them: MAGSAG_FUZZ_ROUNDS=1000000 dotnet test …
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("MAGSAG_FUZZ_ROUNDS"), CultureInfo.InvariantCulture, out int rounds) ? rounds : 20_000;

    private static readonly Dictionary<string, (string Address, string Type, string Text, (long, long) Tokens)> Samples = new()
    {
        ["chat"] = (OpenAI, "application/json", """{"model":"gpt-4o-mini","choices":[{"message":{"content":"SAID","tool_calls":[{"function":{"name":"find","arguments":"{\"a\":1}"}}]},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""", (1000, 100)),
        ["chat stream"] = (OpenAI, "text/event-stream", """
            : a comment

            data: {"model":"gpt-4o-mini","choices":[{"delta":{"content":"SAID"}}]}

            data: {"model":"gpt-4o-mini",
            data: "choices":[{"delta":{"content":" in two lines"},"finish_reason":"stop"}]}

            data: {"model":"gpt-4o-mini","choices":[],"usage":{"prompt_tokens":1000,
            data: "completion_tokens":100,"total_tokens":1100}}

            data: [DONE]


            """, (1000, 100)),
        ["responses stream"] = (Responses, "text/event-stream", """
            event: response.created
            data: {"type":"response.created","response":{"id":"r","status":"in_progress","model":"gpt-5-mini","usage":null}}

            event: response.output_text.delta
            data: {"type":"response.output_text.delta","delta":"SAID"}

            event: response.completed
            data: {"type":"response.completed","response":{"status":"completed","model":"gpt-5-mini","output":[{"type":"message","content":[{"type":"output_text","text":"SAID"}]}],"usage":{"input_tokens":1000,"output_tokens":100,"total_tokens":1100}}}


            """, (1000, 100)),
        ["anthropic stream"] = (Anthropic, "text/event-stream", """
            event: message_start
            data: {"type":"message_start","message":{"model":"claude-sonnet-4-5","usage":{"input_tokens":800,"cache_read_input_tokens":200,"output_tokens":1}}}

            event: content_block_delta
            data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"SAID"}}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":100}}

            event: message_stop
            data: {"type":"message_stop"}


            """, (1000, 100)),
        ["gemini stream"] = (Gemini, "text/event-stream", """
            data: {"candidates":[{"content":{"parts":[{"text":"SAID"},{"functionCall":{"name":"find","args":{"a":["b",1]}}}]}}],"usageMetadata":{"promptTokenCount":1000,"candidatesTokenCount":40},"modelVersion":"gemini-2.5-flash"}

            data: {"candidates":[{"content":{"parts":[{"text":"."}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":1000,"candidatesTokenCount":60,"thoughtsTokenCount":40,"promptTokensDetails":[{"modality":"TEXT","tokenCount":1000}]},"modelVersion":"gemini-2.5-flash"}


            """, (1000, 100)),
        ["ollama lines"] = (Ollama, "application/x-ndjson", """
            {"model":"llama3.2","message":{"role":"assistant","content":"SAID"},"done":false}
            {"model":"llama3.2","message":{"role":"assistant","content":""},"done":true,"prompt_eval_count":1000,"eval_count":100}

            """, (1000, 100)),
        ["embeddings"] = ("https://api.openai.com/v1/embeddings", "application/json", """{"object":"list","model":"text-embedding-3-small","data":[{"embedding":[0.1,-2e-3,3]}],"usage":{"prompt_tokens":1000,"total_tokens":1000}}""", (1000, 0)),
    };

    public static TheoryData<string> Names() => [.. Samples.Keys];

    private static byte[] Bytes(string name, string lineEnding = "\n") => Encoding.UTF8.GetBytes(Samples[name].Text.ReplaceLineEndings(lineEnding).Replace("SAID", Escaped, StringComparison.Ordinal));

    private static AnswerKind KindOf(string name) => Samples[name].Type switch
    {
        "text/event-stream" => AnswerKind.Events,
        "application/x-ndjson" => AnswerKind.Lines,
        _ => AnswerKind.Json,
    };

    private static (bool IsComplete, long? Input, long? Output, bool IsCounted) Read(string name, ReadOnlySpan<byte> body, Func<int> pieceLength)
    {
        using var tap = new AnswerReader(WireApi.At(new Uri(Samples[name].Address))!, KindOf(name), null, null, static () => "gpt-4o-mini");
        while (!body.IsEmpty)
        {
            int length = Math.Min(body.Length, pieceLength());
            tap.Append(body[..length]);
            body = body[length..];
        }

        AnswerReading reading = tap.Read();
        MeasuredUsage measured = reading.Answer.Used.Measure(reading.IsComplete, static _ => 7);
        return (reading.IsComplete, measured.Usage?.InputTokens, measured.Usage?.OutputTokens, measured.IsCounted);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void However_a_body_is_split_and_whatever_ends_its_lines_it_reports_the_same(string name)
    {
        (long input, long output) = Samples[name].Tokens;
        var random = new Random(1);
        byte[] body = Bytes(name);
        byte[] windows = Bytes(name, "\r\n");
        byte[] old = Bytes(name, "\r");
        byte[] comments = KindOf(name) == AnswerKind.Events ? Encoding.UTF8.GetBytes(": " + new string('x', 200_000) + "\n\n") : [];

        Assert.Equal((true, input, output, false), Read(name, body, () => 1));
        Assert.Equal((true, input, output, false), Read(name, body, () => int.MaxValue));
        Assert.Equal((true, input, output, false), Read(name, body, () => random.Next(1, 40)));
        Assert.Equal((true, input, output, false), Read(name, windows, () => 3));
        Assert.Equal((true, input, output, false), Read(name, [.. comments, .. body], () => 1_000));
        if (KindOf(name) == AnswerKind.Events)
        {
            Assert.Equal((true, input, output, false), Read(name, old, () => 3));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cut_at_any_byte_it_throws_nothing_and_reports_no_more_than_the_whole(string name)
    {
        byte[] body = Bytes(name);
        for (int length = 0; length < body.Length; length++)
        {
            (bool isComplete, long? input, long? output, bool isCounted) = Read(name, body.AsSpan(0, length), static () => 7);

            Assert.True(input is null or >= 0 and <= 1000, $"{input} input tokens of {length} bytes.");
            Assert.True(output is null or >= 0 and <= 100, $"{output} output tokens of {length} bytes.");
            Assert.True(isCounted || !isComplete || input == 1000, $"Complete with {input} input tokens at {length} bytes.");
        }
    }

    [Fact]
    public void Changed_at_random_it_throws_nothing()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        string[] names = [.. Samples.Keys];
        for (int round = 0; round < Rounds; round++)
        {
            string name = names[random.Next(names.Length)];
            byte[] body = Mutate(Bytes(name), random);
            try
            {
                Read(name, body, () => random.Next(1, 200));
            }
            catch (Exception error)
            {
                Assert.Fail($"Round {round} of seed {seed}, {name}: {error}\n{Convert.ToBase64String(body)}");
            }
        }
    }

    [Fact]
    public async Task The_app_gets_every_byte_and_each_call_has_a_record_without_a_fault()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        var log = new CapturedLog();
        string[] names = [.. Samples.Keys];
        int calls = Rounds / 40;
        byte[] body = [];
        string type = "";
        using var client = new HttpClient(new CostTrackingHandler(Configure, log) { InnerHandler = new ScriptedTransport(_ => new HttpResponseMessage { Content = new StreamContent(new Dripping(body)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } } }) });
        for (int call = 0; call < calls; call++)
        {
            string name = names[random.Next(names.Length)];
            body = Mutate(Bytes(name), random);
            type = Samples[name].Type;
            using HttpResponseMessage response = await client.PostAsync(Samples[name].Address, new ByteArrayContent(Mutate(Encoding.UTF8.GetBytes(Question), random)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } });
            Assert.Equal(body, await response.Content.ReadAsByteArrayAsync());
        }

        List<LedgerRecord> records = await RecordsAsync();
        Assert.True(records.Count == calls, $"{records.Count} records of {calls} calls, seed {seed}.");
        Assert.DoesNotContain(log.Lines, static line => line.StartsWith("A call couldn't be recorded", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("chat stream", "data: {\"choices\":[{\"delta\":{\"content\":\"")]
    [InlineData("gemini stream", "data: {\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\"")]
    [InlineData("ollama lines", "{\"message\":{\"content\":\"")]
    [InlineData("chat", "{\"choices\":[{\"message\":{\"content\":\"")]
    public void An_event_without_end_takes_neither_its_memory_nor_its_square_of_time(string name, string begin)
    {
        const int Megabytes = 64;
        byte[] piece = [.. Enumerable.Repeat((byte)'x', 16 * 1024)];
        using var tap = new AnswerReader(WireApi.At(new Uri(Samples[name].Address))!, KindOf(name), null, null, static () => null);
        tap.Append(Encoding.UTF8.GetBytes(begin));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int read = 0; read < Megabytes * 64; read++)
        {
            tap.Append(piece);
        }

        AnswerReading reading = tap.Read();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Null(reading.Answer.Used.Measure(reading.IsComplete, static _ => 7).Usage);
        Assert.True(allocated < 3L * Megabytes * 1024 * 1024, $"{allocated:N0} bytes.");
    }

    [Fact]
    public void A_stream_that_goes_on_after_an_event_too_long_to_be_held_still_reports()
    {
        byte[] picture = Encoding.UTF8.GetBytes("data: {\"choices\":[{\"delta\":{\"image\":\"" + new string('x', 5_000_000) + "\"}}]}\r\n\r\n");

        Assert.Equal((true, 1000, 100, false), Read("chat stream", [.. picture, .. Bytes("chat stream")], static () => 100_000));
    }

    private static byte[] Mutate(byte[] body, Random random)
    {
        string[] hostile = ["\"\\ud800\":1,", "\"usage\":{\"prompt_tokens\":-1,\"completion_tokens\":1e999},", "\n\n", "\r", "data: ", "[", "{\"a\":", "\"", "\\", "99999999999999999999999", "\"model\":\"\\udfff\",", "\"usageMetadata\":{\"promptTokensDetails\":[{\"modality\":\"AUDIO\",\"tokenCount\":9223372036854775807},{\"modality\":\"AUDIO\",\"tokenCount\":9223372036854775807}],\"promptTokenCount\":9223372036854775807,\"toolUsePromptTokenCount\":9223372036854775807},", "\"usage\":[],", "\"choices\":{},", "null"];
        List<byte> bytes = [.. body];
        for (int changes = random.Next(1, 5); changes > 0 && bytes.Count > 1; changes--)
        {
            int at = random.Next(bytes.Count);
            int length = random.Next(1, Math.Min(60, bytes.Count - at) + 1);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    InsertWord(bytes, at, hostile[random.Next(hostile.Length)]);
                    break;
            }
        }

        return [.. bytes];
    }

    // After the next brace or comma, where members begin, as often as anywhere.
    private static void InsertWord(List<byte> bytes, int at, string word)
    {
        int member = bytes.IndexOf((byte)'{', at) + 1;
        bytes.InsertRange(member > 0 && at % 2 == 0 ? member : at, Encoding.UTF8.GetBytes(word));
    }

    private sealed class Dripping(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 97)]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(buffer.Length, 97)], cancellationToken);
    }
}
