using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using Anthropic;
using Microsoft.Extensions.AI;
using OllamaSharp;
using OpenAI;
using OpenAI.Chat;

namespace Magsag.Runtime.Sdks.Tests;

/// <summary>Clients without an <c>IChatClient</c> above them are guarded: SDKs through their pipeline or their HttpClient, and an HttpClient alone.</summary>
public sealed class RawClientBudgetTests : BudgetedClientTest
{
    private const int MostCalls = 5;
    private const string Body = """{"model":"gpt-4o-mini","max_tokens":100,"messages":[{"role":"user","content":"hi"}]}""";

    private static readonly Mishap[] Mishaps = [Mishap.Reset, Mishap.ServerError, Mishap.Cut, Mishap.Unreadable];

    /// <summary>Where the guard stands.</summary>
    public enum Place
    {
        /// <summary>In the client's pipeline.</summary>
        Pipeline,

        /// <summary>In the client's pipeline, with tracking.</summary>
        TrackedPipeline,

        /// <summary>In the client's pipeline, over a transport that tells nothing.</summary>
        OwnTransport,

        /// <summary>In the HttpClient below it.</summary>
        Handler,

        /// <summary>In both.</summary>
        Both,
    }

    public static TheoryData<Place, Mishap, bool> BilledMishaps()
    {
        var data = new TheoryData<Place, Mishap, bool>();
        foreach (Place place in Enum.GetValues<Place>())
        {
            foreach (Mishap mishap in Mishaps)
            {
                data.Add(place, mishap, false);
                data.Add(place, mishap, true);
            }
        }

        return data;
    }

    public static TheoryData<Place> Places() => [.. Enum.GetValues<Place>()];

    [Theory]
    [MemberData(nameof(BilledMishaps))]
    public async Task No_more_attempts_are_billed_than_the_limit_allows(Place place, Mishap mishap, bool stream)
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(_ => mishap);
        BudgetGuard guard = Guard(MostCalls);
        ChatClient client = Client(place, provider, guard);

        for (int call = 0; call <= MostCalls; call++)
        {
            Assert.NotNull(await Record.ExceptionAsync(() => AskAsync(client, stream)));
        }

        await Assert.ThrowsAsync<BudgetExceededException>(() => AskAsync(client, stream));
        Assert.Equal(MostCalls, provider.Billed);
        Assert.Equal((MostCalls, 0m), await AccountAsync());
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_retry_that_finds_no_room_is_told_to_the_app(Place place)
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(static _ => Mishap.ServerError);

        Exception? failed = await Record.ExceptionAsync(() => AskAsync(Client(place, provider, Guard(1)), stream: false));

        Assert.Equal(1, provider.Billed);
        Assert.True(failed is BudgetExceededException { Limit: 1 } || place == Place.Handler, failed?.ToString());
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task What_was_reported_is_settled_plain_and_streamed(Place place)
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(static _ => Mishap.None);
        ChatClient client = Client(place, provider, Guard(10));

        await AskAsync(client, stream: false);
        Assert.Equal((1100m, 0m), await AccountAsync(LimitMeasure.Tokens));

        await AskAsync(client, stream: true);
        Assert.Equal((2200m, 0m), await AccountAsync(LimitMeasure.Tokens));
        Assert.Equal((2m, 0m), await AccountAsync());
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task What_the_provider_refuses_takes_nothing(Place place)
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(static _ => Mishap.TooMany);

        Assert.NotNull(await Record.ExceptionAsync(() => AskAsync(Client(place, provider, Guard(1)), stream: false)));

        Assert.True(provider.Requests > 1);
        Assert.Equal((0m, 0m), await AccountAsync());
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Below_a_chat_client_with_the_same_guard_each_request_has_one_reservation(Place place)
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(static request => request == 1 ? Mishap.ServerError : Mishap.None);
        BudgetGuard guard = Guard(MostCalls);
        IChatClient client = Client(place, provider, guard).AsIChatClient().AsBuilder().UseBudget(guard).Build();

        await client.GetResponseAsync("hi", new ChatOptions { MaxOutputTokens = 100 });

        Assert.Equal(2, provider.Billed);
        Assert.Equal((2m, 0m), await AccountAsync());
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Below_a_chat_client_with_another_guard_each_counts_each_request_once(Place place)
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(static request => request == 1 ? Mishap.ServerError : Mishap.None);
        var outer = new BudgetOptions { Store = new InMemoryBudgetStore() };
        IChatClient client = Client(place, provider, Guard(MostCalls)).AsIChatClient().AsBuilder().UseBudget(Guard(MostCalls, options: outer)).Build();

        await client.GetResponseAsync("hi", new ChatOptions { MaxOutputTokens = 100 });

        Assert.Equal((2m, 0m), await AccountAsync());
        Assert.Equal((2m, 0m), await AccountAsync(options: outer));
    }

    [Theory]
    [InlineData(Place.Pipeline)]
    [InlineData(Place.Handler)]
    public async Task A_stream_beyond_its_cap_is_stopped(Place place)
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(static _ => Mishap.GoesOn);
        int seen = 0;

        await Assert.ThrowsAsync<BudgetExceededException>(async () =>
        {
            await foreach (StreamingChatCompletionUpdate _ in Client(place, provider, Guard(1)).CompleteChatStreamingAsync([new UserChatMessage("hi")], new ChatCompletionOptions { MaxOutputTokenCount = 100 }))
            {
                seen++;
            }
        });

        Assert.InRange(seen, 50, 110);
        (decimal spent, decimal reserved) = await AccountAsync(LimitMeasure.Tokens);
        Assert.InRange(spent, 101, 1000);
        Assert.Equal(0m, reserved);
    }

    [Theory]
    [InlineData("OpenAI responses", false)]
    [InlineData("OpenAI responses", true)]
    [InlineData("Anthropic", false)]
    [InlineData("Anthropic", true)]
    [InlineData("OllamaSharp", false)]
    [InlineData("OllamaSharp", true)]
    public async Task Other_SDKs_over_a_guarded_HttpClient_are_settled_as_reported(string sdk, bool stream)
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(static _ => Mishap.None);
        var handler = new BudgetHandler(Guard(1));
        IChatClient client = sdk switch
        {
            "Anthropic" => new AnthropicClient { ApiKey = "key", BaseUrl = provider.Address.ToString().TrimEnd('/'), HttpClient = new HttpClient(handler) }.AsIChatClient("claude-sonnet-4-5"),
            "OllamaSharp" => new OllamaApiClient(new HttpClient(handler) { BaseAddress = provider.Address }, "llama3.2"),
            _ => new OpenAIClient(new ApiKeyCredential("key"), new OpenAIClientOptions { Endpoint = new Uri(provider.Address, "v1"), Transport = new HttpClientPipelineTransport(new HttpClient(handler)) }).GetResponsesClient().AsIChatClient("gpt-5-mini"),
        };
        var options = new ChatOptions { MaxOutputTokens = 100 };

        await (stream ? client.GetStreamingResponseAsync("hi", options).ToChatResponseAsync() : client.GetResponseAsync("hi", options));

        Assert.Equal((1100m, 0m), await AccountAsync(LimitMeasure.Tokens));
        Exception? refused = await Record.ExceptionAsync(() => client.GetResponseAsync("hi", options));
        Assert.Equal(1, provider.Billed);
        Assert.NotNull(refused);
    }

    [Fact]
    public async Task Synchronous_calls_are_guarded_too()
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(static _ => Mishap.None);
        ChatClient client = Client(Place.TrackedPipeline, provider, Guard(1));

        client.CompleteChat([new UserChatMessage("hi")], new ChatCompletionOptions { MaxOutputTokenCount = 100 });
        Assert.Equal((1100m, 0m), await AccountAsync(LimitMeasure.Tokens));

        Assert.Throws<BudgetExceededException>(() => client.CompleteChat([new UserChatMessage("hi")], new ChatCompletionOptions { MaxOutputTokenCount = 100 }));
        Assert.Equal(1, provider.Billed);
    }

    [Fact]
    public async Task Callers_of_a_plain_HttpClient_never_take_more_than_the_limit()
    {
        const int Callers = 64;
        const int Limit = 100;
        await using BillingProvider provider = await BillingProvider.StartAsync(static request => (request % 5) switch
        {
            0 => Mishap.ServerError,
            1 => Mishap.TooMany,
            2 => Mishap.Reset,
            3 => Mishap.Cut,
            _ => Mishap.None,
        });
        using var client = new HttpClient(new BudgetHandler(Guard(Limit)) { InnerHandler = new CostTrackingHandler(RecordInLedger) });
        int refused = 0;

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            for (int call = 0; call < 8; call++)
            {
                Exception? failed = await Record.ExceptionAsync(() => PostAsync(client, provider));
                Interlocked.Add(ref refused, failed is BudgetExceededException ? 1 : 0);
            }
        }));

        Assert.True(provider.Billed <= Limit, $"{provider.Billed} were billed.");
        Assert.True(refused > 0);
        (decimal spent, decimal reserved) = await AccountAsync();
        Assert.Equal((provider.Billed, 0m), ((int)spent, reserved));
    }

    private static async Task PostAsync(HttpClient client, BillingProvider provider)
    {
        using var content = new StringContent(Body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync(new Uri(provider.Address, "v1/chat/completions"), content);
        response.EnsureSuccessStatusCode();
    }

    private static async Task AskAsync(ChatClient client, bool stream)
    {
        var options = new ChatCompletionOptions { MaxOutputTokenCount = 100 };
        if (!stream)
        {
            await client.CompleteChatAsync([new UserChatMessage("hi")], options);
            return;
        }

        await foreach (StreamingChatCompletionUpdate _ in client.CompleteChatStreamingAsync([new UserChatMessage("hi")], options))
        {
        }
    }

    private ChatClient Client(Place place, BillingProvider provider, BudgetGuard guard)
    {
        var options = new OpenAIClientOptions { Endpoint = new Uri(provider.Address, "v1"), RetryPolicy = new RetryWithoutPause() };
        if (place is not Place.Handler)
        {
            options.AddBudget(guard);
        }

        if (place is Place.TrackedPipeline)
        {
            options.AddCostTracking(RecordInLedger);
        }

        if (place is Place.Handler or Place.Both)
        {
            options.Transport = new HttpClientPipelineTransport(new HttpClient(new BudgetHandler(guard) { InnerHandler = new CostTrackingHandler(RecordInLedger) }));
        }

        if (place is Place.OwnTransport)
        {
            options.Transport = new HttpClientPipelineTransport(new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }));
        }

        return new ChatClient("gpt-4o-mini", new ApiKeyCredential("key"), options);
    }

    private sealed class RetryWithoutPause : ClientRetryPolicy
    {
        protected override TimeSpan GetNextDelay(PipelineMessage message, int tryCount) => TimeSpan.Zero;
    }
}
