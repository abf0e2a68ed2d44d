using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;
using OpenAI.Chat;

namespace Magsag.Testing.Tests;

/// <summary>The ways in that have a network of their own: a provider on loopback answers while a call is recorded, and is gone when it is replayed.</summary>
public sealed class PipelineTests : TapedTest
{
    private const string Answer = """{"id":"c1","object":"chat.completion","created":1,"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"message":{"role":"assistant","content":"Five days."},"finish_reason":"stop"}],"usage":{"prompt_tokens":12,"completion_tokens":4,"total_tokens":16}}""";

    [Fact]
    public async Task The_options_of_OpenAI_record_over_a_network_and_replay_without_one()
    {
        Assert.Equal(["Five days.", "Five days."], await RecordAndReplayAsync(async (endpoint, configure) =>
        {
            var options = new OpenAIClientOptions { Endpoint = endpoint }.UseCassette(configure);
            ChatCompletion answer = await new ChatClient("gpt-4o-mini", Key, options).CompleteChatAsync("How long does a refund take?");
            return answer.Content[0].Text;
        }));
    }

    [Fact]
    public async Task Clients_of_a_factory_record_over_a_network_and_replay_without_one()
    {
        Assert.Equal(["Five days.", "Five days."], await RecordAndReplayAsync(async (endpoint, configure) =>
        {
            using ServiceProvider services = new ServiceCollection().AddHttpClient("llm").UseCassette(configure).Services.BuildServiceProvider();
            using HttpClient client = services.GetRequiredService<IHttpClientFactory>().CreateClient("llm");
            var content = new StringContent("""{"model":"gpt-4o-mini","messages":[{"role":"user","content":"How long does a refund take?"}]}""");
            using HttpResponseMessage response = await client.PostAsync(new Uri(endpoint, "chat/completions"), content, TestContext.Current.CancellationToken);
            using JsonDocument body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            return body.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
        }));
    }

    [Fact]
    public void Options_that_have_a_transport_are_refused_with_the_way_to_do_it()
    {
        OpenAIClientOptions options = OpenAI(StubProvider.Unreachable, CassetteMode.Strict);

        Assert.Contains("new CassetteHandler", Assert.Throws<CassetteException>(() => options.UseCassette()).Message, StringComparison.Ordinal);
    }

    private async Task<string[]> RecordAndReplayAsync(Func<Uri, Action<CassetteOptions>, Task<string>> askAsync)
    {
        string recorded;
        Uri endpoint;
        using (var listener = new HttpListener())
        using (Insert("refund"))
        {
            endpoint = Listen(listener);
            Task serving = ServeAsync(listener);
            recorded = await askAsync(endpoint, options => Configure(options, CassetteMode.Record));
            await serving;
        }

        using Cassette cassette = Insert("refund");
        return [recorded, await askAsync(endpoint, options => Configure(options, CassetteMode.Strict))];
    }

    private void Configure(CassetteOptions options, CassetteMode mode)
    {
        options.Mode = mode;
        options.Host = new CassetteHost { Directory = Folder };
        options.Tracking = tracking => tracking.Ledger = Ledger;
    }

    // A port that is free may be taken before it is listened to.
    private static Uri Listen(HttpListener listener)
    {
        for (int tries = 0; ; tries++)
        {
            var address = new Uri($"http://127.0.0.1:{Random.Shared.Next(20_000, 60_000)}/v1/");
            listener.Prefixes.Clear();
            listener.Prefixes.Add(address.AbsoluteUri);
            try
            {
                listener.Start();
                return address;
            }
            catch (HttpListenerException) when (tries < 20)
            {
            }
        }
    }

    private static async Task ServeAsync(HttpListener listener)
    {
        HttpListenerContext context = await listener.GetContextAsync();
        context.Response.ContentType = "application/json";
        await using Stream body = context.Response.OutputStream;
        await body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Answer));
    }
}
