using System.IO.Compression;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Magsag.Runtime.Tests;

public sealed class CostTrackingHandlerTests : WireTestBase
{
    private const string Answer = """{"model":"gpt-4o-mini-2024-07-18","choices":[{"message":{"content":"It jumps."},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""";

    [Fact]
    public async Task The_first_piece_of_a_stream_reaches_the_app_before_the_rest_exists()
    {
        var network = new Pipe();
        using HttpClient client = Client(new ScriptedTransport(_ => new HttpResponseMessage { Content = new StreamContent(network.Reader.AsStream()) { Headers = { ContentType = new MediaTypeHeaderValue("text/event-stream") } } }));
        using var request = new HttpRequestMessage(HttpMethod.Post, OpenAI) { Content = Body(Question) };
        await network.Writer.WriteAsync("data: {\"choices\":[{\"delta\":{\"content\":\"It\"}}]}\n\n"u8.ToArray());

        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.Contains("It", await reader.ReadLineAsync(), StringComparison.Ordinal);
        await network.Writer.CompleteAsync();
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_answer_is_understood_and_reaches_the_app_as_it_came(string encoding) =>
        await AssertUnderstoodAsync(Answer, "application/json", encoding);

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_stream_is_understood_and_reaches_the_app_as_it_came(string encoding) =>
        await AssertUnderstoodAsync(
            """
            data: {"model":"gpt-4o-mini-2024-07-18","choices":[{"delta":{"content":"It jumps."}}]}

            data: {"model":"gpt-4o-mini-2024-07-18","choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":100}}

            data: [DONE]


            """, "text/event-stream", encoding);

    [Fact]
    public async Task What_arrived_of_a_compressed_stream_that_breaks_off_is_counted()
    {
        string events = string.Concat(Enumerable.Range(0, 2_000).Select(static number => $"data: {{\"id\":\"{number * 7919}\",\"choices\":[{{\"delta\":{{\"content\":\" fox\"}}}}]}}\n\n"));
        byte[] compressed = Compress(events, "gzip");

        LedgerRecord record = await AskAsync(OpenAI, Question, () => ScriptedTransport.Bytes(compressed[..(compressed.Length / 2)], "text/event-stream", "gzip"));

        Assert.Equal((CallOutcome.Error, UsageSource.Counted), (record.Outcome, record.UsageSource));
        Assert.InRange(record.OutputTokens!.Value, 500, 1_999);
    }

    [Fact]
    public async Task A_stream_too_long_to_be_held_is_still_counted_to_its_end()
    {
        const int Pieces = 60_000;
        string piece = $"data: {{\"id\":\"{new string('x', 90)}\",\"choices\":[{{\"delta\":{{\"content\":\" fox\"}}}}]}}\n\n";
        string stream = string.Concat(Enumerable.Repeat(piece, Pieces)) + "data: [DONE]\n\n";

        LedgerRecord record = await AskAsync(OpenAI, Question, () => ScriptedTransport.Events(stream));

        Assert.True(stream.Length > 8_000_000);
        Assert.Equal((CallOutcome.Ok, UsageSource.Counted, (long)Pieces), (record.Outcome, record.UsageSource, record.OutputTokens));
    }

    [Fact]
    public async Task The_request_arrives_unchanged_and_is_the_apps_own_again_afterwards()
    {
        var transport = new ScriptedTransport(_ => ScriptedTransport.Json(Answer));
        using HttpClient client = Client(transport);
        using StringContent content = Body(Question);
        using var request = new HttpRequestMessage(HttpMethod.Post, OpenAI) { Content = content };

        using HttpResponseMessage _ = await client.SendAsync(request);

        Assert.Equal([Question], transport.Bodies);
        Assert.Same(content, request.Content);
    }

    [Fact]
    public async Task Other_addresses_pass_by_untouched()
    {
        var content = new StringContent("{}");
        using HttpClient client = Client(new ScriptedTransport(_ => new HttpResponseMessage { Content = content }));

        using HttpResponseMessage response = await client.PostAsync("https://api.openai.com/v1/files", Body("{}"));

        Assert.Same(content, response.Content);
        Assert.Empty(await RecordsAsync());
    }

    [Fact]
    public async Task The_same_request_after_a_failure_is_a_retry_and_another_one_is_not()
    {
        int requests = 0;
        using HttpClient client = Client(new ScriptedTransport(_ => Interlocked.Increment(ref requests) == 1 ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : ScriptedTransport.Json(Answer)));

        using HttpResponseMessage failed = await client.PostAsync(OpenAI, Body(Question));
        using HttpResponseMessage other = await client.PostAsync(OpenAI, Body(Question.Replace("fox", "dog", StringComparison.Ordinal)));
        using HttpResponseMessage retried = await client.PostAsync(OpenAI, Body(Question));
        using HttpResponseMessage later = await client.PostAsync(OpenAI, Body(Question));

        List<LedgerRecord> records = await RecordsAsync();
        Assert.NotNull(records[0].CallId);
        Assert.Equal([null, records[0].CallId, null], records.Skip(1).Select(record => record.CallId));
    }

    [Fact]
    public async Task Two_handlers_in_one_chain_record_a_call_once()
    {
        var inner = new CostTrackingHandler(Configure) { InnerHandler = new ScriptedTransport(_ => ScriptedTransport.Json(Answer)) };
        using var client = new HttpClient(new CostTrackingHandler(Configure) { InnerHandler = inner });

        using HttpResponseMessage _ = await client.PostAsync(OpenAI, Body(Question));

        Assert.Equal(1000, Assert.Single(await RecordsAsync()).InputTokens);
    }

    [Fact]
    public async Task Calls_at_the_same_time_keep_their_own_usage()
    {
        using HttpClient client = Client(new ScriptedTransport(request => ScriptedTransport.Json(Answer.Replace("1000", request.Headers.GetValues("tokens").Single(), StringComparison.Ordinal))));

        await Task.WhenAll(Enumerable.Range(1, 100).Select(async tokens =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, OpenAI) { Content = Body(Question), Headers = { { "tokens", $"{tokens}" } } };
            using HttpResponseMessage _ = await client.SendAsync(request);
        }));

        Assert.Equal(Enumerable.Range(1, 100).Select(tokens => (long?)tokens), (await RecordsAsync()).Select(record => record.InputTokens).Order());
    }

    [Fact]
    public async Task A_synchronous_call_is_recorded_too()
    {
        using var client = new HttpClient(new CostTrackingHandler(Configure) { InnerHandler = new SynchronousTransport() });
        using var request = new HttpRequestMessage(HttpMethod.Post, OpenAI) { Content = Body(Question) };

        using HttpResponseMessage _ = client.Send(request);

        Assert.Equal("gpt-4o-mini", Assert.Single(await RecordsAsync()).RequestedModel);
    }

    [Fact]
    public async Task A_provider_that_cannot_be_reached_has_billed_nothing()
    {
        using HttpClient client = Client(new ScriptedTransport(_ => throw new HttpRequestException(HttpRequestError.ConnectionError)));

        await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync(OpenAI, Body(Question)));

        LedgerRecord record = Assert.Single(await RecordsAsync());
        Assert.Equal((CallOutcome.Error, 0L, 0m), (record.Outcome, record.InputTokens, record.CostUsd));
    }

    [Fact]
    public async Task A_prompt_with_a_picture_cannot_be_counted_and_stays_unknown()
    {
        LedgerRecord record = await AskAsync(
            OpenAI,
            """{"model":"gpt-4o-mini","messages":[{"role":"user","content":[{"type":"text","text":"What is it?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]}""",
            () => ScriptedTransport.Json("""{"model":"gpt-4o-mini","choices":[{"message":{"content":"A fox."}}]}"""));

        Assert.Equal((CallOutcome.Ok, UsageSource.Unknown, null, null), (record.Outcome, record.UsageSource, record.InputTokens, record.CostUsd));
    }

    [Fact]
    public async Task A_cost_that_the_provider_states_is_the_cost()
    {
        LedgerRecord record = await AskAsync("https://openrouter.ai/api/v1/chat/completions", Question, () => ScriptedTransport.Json("""{"model":"x/unknown","choices":[],"usage":{"prompt_tokens":14,"completion_tokens":4,"cost":0.000102}}"""));

        Assert.Equal((0.000102m, null), (record.CostUsd, record.PriceId));
    }

    [Fact]
    public async Task Neither_the_prompt_nor_the_answer_is_written_anywhere()
    {
        LedgerRecord record = await AskAsync(OpenAI, Question, () => ScriptedTransport.Json("""{"model":"gpt-4o-mini","choices":[{"message":{"content":"A secret answer."}}]}"""));

        Assert.DoesNotContain("fox", record.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", record.ToString(), StringComparison.Ordinal);
    }

    private async Task AssertUnderstoodAsync(string text, string type, string encoding)
    {
        byte[] compressed = Compress(text, encoding);
        using HttpClient client = Client(new ScriptedTransport(_ => ScriptedTransport.Bytes(compressed, type, encoding)));

        using HttpResponseMessage response = await client.PostAsync(OpenAI, Body(Question));

        Assert.Equal(compressed, await response.Content.ReadAsByteArrayAsync());
        LedgerRecord record = Assert.Single(await RecordsAsync());
        Assert.Equal((CallOutcome.Ok, UsageSource.Reported, 1000L, 100L), (record.Outcome, record.UsageSource, record.InputTokens, record.OutputTokens));
    }

    private static byte[] Compress(string text, string encoding)
    {
        var output = new MemoryStream();
        using (Stream encoder = encoding switch
        {
            "gzip" => new GZipStream(output, CompressionLevel.Fastest),
            "br" => new BrotliStream(output, CompressionLevel.Fastest),
            _ => new ZLibStream(output, CompressionLevel.Fastest),
        })
        {
            encoder.Write(Encoding.UTF8.GetBytes(text));
        }

        return output.ToArray();
    }

    private sealed class SynchronousTransport : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Content!.CopyTo(Stream.Null, null, cancellationToken);
            return ScriptedTransport.Json(Answer);
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Send(request, cancellationToken));
    }
}
