using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Magsag.Runtime.Tests;

/// <summary>What becomes of a request's body when usage is to be asked for.</summary>
public sealed class StreamUsageRequestTests : WireTestBase
{
    private const int Rounds = 20_000;

    private static string? Rewrite(string body) => StreamUsageRequest.Rewrite(Encoding.UTF8.GetBytes(body)) is { } asking ? Encoding.UTF8.GetString(asking) : null;

    [Theory]
    [InlineData("""{"stream":true,"model":"a","model":"b"}""", """{"stream":true,"model":"a","model":"b","stream_options":{"include_usage":true}}""")]
    [InlineData("""{ "temperature": 1.0e0, "stream": true }""", """{ "temperature": 1.0e0, "stream": true ,"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"stream":true,"stream_options":{}}""", """{"stream":true,"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"stream":true,"stream_options":null}""", """{"stream":true,"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"stream_options":{"include_obfuscation":false},"stream":true}""", """{"stream_options":{"include_obfuscation":false,"include_usage":true},"stream":true}""")]
    [InlineData("""{"messages":[{"content":"{\"stream_options\":{\"include_usage\":false}}","stream":false}],"stream":true}""", """{"messages":[{"content":"{\"stream_options\":{\"include_usage\":false}}","stream":false}],"stream":true,"stream_options":{"include_usage":true}}""")]
    public void The_question_is_put_in_and_every_other_byte_stays(string body, string asking) => Assert.Equal(asking, Rewrite(body));

    [Theory]
    [InlineData("""{"stream":true,"stream":false}""")]
    [InlineData("""{"stream":true,"stream_options":{},"stream_options":{}}""")]
    [InlineData("""{"stream":true,"stream_options":{"include_usage":false}}""")]
    [InlineData("""{"stream":true,"stream_options":"all"}""")]
    [InlineData("""{"stream":"true"}""")]
    [InlineData("""{"stream":true} {}""")]
    [InlineData("""{"stream":true""")]
    [InlineData("""[{"stream":true}]""")]
    [InlineData("\uFEFF{\"stream\":true}")]
    [InlineData("true")]
    [InlineData("")]
    public void A_body_that_says_something_twice_or_cannot_be_read_stays_as_it_is(string body) => Assert.Null(Rewrite(body));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Doubled_members_reach_the_provider_and_throw_nothing(bool isAsync)
    {
        const string Doubled = """{"model":"gpt-4o","stream":true,"stream":true,"stream_options":{"include_usage":true},"stream_options":{}}""";
        using var client = new HttpClient(new CostTrackingHandler(options =>
        {
            Configure(options);
            options.RequestStreamUsage = true;
        }) { InnerHandler = new Echo() });
        using var request = new HttpRequestMessage(HttpMethod.Post, OpenAI) { Content = Body(Doubled) };

        using HttpResponseMessage response = isAsync ? await client.SendAsync(request) : client.Send(request);

        Assert.Equal(Doubled, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_can_be_read_only_once_and_one_with_a_wrong_length_are_sent(bool isAsync)
    {
        using HttpClient client = new(new CostTrackingHandler(options =>
        {
            Configure(options);
            options.RequestStreamUsage = true;
        }) { InnerHandler = new Echo() });
        foreach (string body in new[] { """{"stream":true}""", """{"stream":false}""", "no JSON" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, OpenAI) { Content = new StreamContent(new ReadOnce(Encoding.UTF8.GetBytes(body))) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Content.Headers.ContentLength = 3;

            using HttpResponseMessage response = isAsync ? await client.SendAsync(request) : client.Send(request);

            Assert.Equal(Rewrite(body) ?? body, await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_compressed_body_stays_as_it_is()
    {
        byte[] body = [0x1f, 0x8b, 1, 2, 3];
        using HttpClient client = new(new CostTrackingHandler(options =>
        {
            Configure(options);
            options.RequestStreamUsage = true;
        }) { InnerHandler = new Echo() });
        using var request = new HttpRequestMessage(HttpMethod.Post, OpenAI) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json"), ContentEncoding = { "gzip" } } } };

        using HttpResponseMessage response = await client.SendAsync(request);

        Assert.Equal(body, await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public void Whatever_the_bytes_nothing_is_thrown_and_what_comes_out_is_the_same_request_that_asks()
    {
        var random = new Random(20261130);
        string[] seeds =
        [
            """{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"say \"usage\" é 😀"}],"stream_options":{"include_obfuscation":true}}""",
            """{"stream":true,"stream_options":null,"n":1e3}""",
            """{ "stream" : true , "a":[1,2,{"stream":false}] }""",
        ];
        int rewritten = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] body = Mutate(Encoding.UTF8.GetBytes(seeds[round % seeds.Length]), random);
            if (StreamUsageRequest.Rewrite(body) is { } asking)
            {
                rewritten++;
                AssertAsks(body, asking);
            }
        }

        Assert.True(rewritten > 500, $"Only {rewritten} were rewritten.");
    }

    private static void AssertAsks(byte[] body, byte[] asking)
    {
        using JsonDocument parsed = JsonDocument.Parse(asking);
        Assert.True(parsed.RootElement.GetProperty("stream_options").GetProperty("include_usage").GetBoolean());
        int start = body.AsSpan().CommonPrefixLength(asking);
        int end = 0;
        while (end < body.Length - start && body[^(end + 1)] == asking[^(end + 1)])
        {
            end++;
        }

        // "null" may have made room for the question.
        Assert.True(start + end >= body.Length - "null".Length, Encoding.UTF8.GetString(asking));
    }

    private static byte[] Mutate(byte[] body, Random random)
    {
        List<byte> bytes = [.. body];
        for (int changes = random.Next(0, 4); changes > 0 && bytes.Count > 1; changes--)
        {
            int at = random.Next(bytes.Count);
            int length = random.Next(1, Math.Min(20, bytes.Count - at) + 1);
            switch (random.Next(5))
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
                    bytes.InsertRange(random.Next(bytes.Count), "\"stream\":true,"u8.ToArray());
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    private sealed class Echo : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var sent = new MemoryStream();
            request.Content!.CopyTo(sent, null, cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(sent.ToArray()) };
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var sent = new MemoryStream();
            await request.Content!.CopyToAsync(sent, cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(sent.ToArray()) };
        }
    }

    private sealed class ReadOnce(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
