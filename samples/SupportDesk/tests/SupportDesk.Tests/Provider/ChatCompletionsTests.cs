using System.Net;

namespace SupportDesk.Tests.Provider;

/// <summary>The wire format of chat completions, seen without a client library between.</summary>
public sealed class ChatCompletionsTests(ProviderFixture provider)
{
    private readonly ProviderHttp _http = new(provider.Endpoint);

    [Fact]
    public async Task Usage_counts_the_tokens_of_the_messages_and_of_the_reply()
    {
        var completion = await _http.PostAsync("chat/completions", """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"hello world"}]}""");

        // Two tokens of text, one of the role, three that frame the message and three that open the reply.
        Assert.Equal(9, (int)completion["usage"]!["prompt_tokens"]!);
        Assert.Equal(8, (int)completion["usage"]!["completion_tokens"]!);
        Assert.Equal(17, (int)completion["usage"]!["total_tokens"]!);
    }

    [Theory]
    [InlineData("gpt-4o", "gpt-4o-2024-08-06")]
    [InlineData("gpt-4o-mini", "gpt-4o-mini-2024-07-18")]
    [InlineData("gpt-4o-mini-2024-07-18", "gpt-4o-mini-2024-07-18")]
    public async Task The_model_that_answered_is_named_with_its_date(string requested, string answered)
    {
        var completion = await _http.PostAsync("chat/completions", $$"""{"model":"{{requested}}","messages":[{"role":"user","content":"hello"}]}""");

        Assert.Equal(answered, (string?)completion["model"]);
    }

    [Fact]
    public async Task A_reply_ends_at_the_cap()
    {
        var completion = await _http.PostAsync("chat/completions", """{"model":"gpt-4o-mini","max_completion_tokens":3,"messages":[{"role":"user","content":"hello"}]}""");

        Assert.Equal("I have nothing", (string?)completion["choices"]![0]!["message"]!["content"]);
        Assert.Equal("length", (string?)completion["choices"]![0]!["finish_reason"]);
        Assert.Equal(3, (int)completion["usage"]!["completion_tokens"]!);
    }

    [Fact]
    public async Task A_stream_that_includes_usage_ends_with_a_chunk_of_usage_without_choices()
    {
        var chunks = await _http.PostForEventsAsync(
            "chat/completions",
            """{"model":"gpt-4o-mini","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"hello world"}]}""");

        Assert.All(chunks.SkipLast(1), chunk => Assert.True(chunk.ContainsKey("usage") && chunk["usage"] is null));
        Assert.Empty(chunks[^1]["choices"]!.AsArray());
        Assert.Equal(17, (int)chunks[^1]["usage"]!["total_tokens"]!);
    }

    [Fact]
    public async Task A_stream_that_does_not_include_usage_never_mentions_it()
    {
        var chunks = await _http.PostForEventsAsync(
            "chat/completions",
            """{"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"hello"}]}""");

        Assert.All(chunks, chunk => Assert.False(chunk.ContainsKey("usage")));
        Assert.Equal("stop", (string?)chunks[^1]["choices"]![0]!["finish_reason"]);
    }

    [Theory]
    [InlineData("""{"model":"gpt-4o-mini","messages":""", "parse the JSON")]
    [InlineData("""{"model":"gpt-4o-mini"}""", "parse the JSON")]
    [InlineData("""{"model":"gpt-4o-mini","messages":[]}""", "'messages'")]
    [InlineData("""{"model":"gpt-4o-mini","max_completion_tokens":0,"messages":[{"role":"user","content":"hello"}]}""", "'max_completion_tokens'")]
    public async Task A_request_that_makes_no_sense_is_refused(string request, string reason)
    {
        var error = await _http.PostAsync("chat/completions", request, HttpStatusCode.BadRequest);

        Assert.Contains(reason, (string?)error["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_not_served_is_refused_by_name()
    {
        var error = await _http.PostAsync("chat/completions", """{"model":"gpt-unheard-of","messages":[{"role":"user","content":"hello"}]}""", HttpStatusCode.NotFound);

        Assert.Equal("model_not_found", (string?)error["error"]!["code"]);
        Assert.Contains("`gpt-unheard-of`", (string?)error["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_without_a_key_is_refused()
    {
        using var client = new HttpClient();

        using var response = await client.PostAsync(new Uri($"{provider.Endpoint}/chat/completions"), content: null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }
}
