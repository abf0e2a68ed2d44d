using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Microsoft.Extensions.AI;
using OllamaSharp;
using OpenAI;
using OpenAI.Chat;

namespace Magsag.Runtime.Sdks.Tests;

/// <summary>The real clients, with the retries that they have, but without the pauses between them.</summary>
internal static class GuardedSdks
{
    private const string Key = "key";

    public static readonly Dictionary<string, (string Model, Func<SdkSetup, IChatClient> Create)> All = new()
    {
        ["OpenAI chat"] = ("gpt-4o-mini", setup => Chat(Plain(setup))),
        ["OpenAI chat, policy"] = ("gpt-4o-mini", setup => Chat(Plain(setup).AddCostTracking(setup.Record))),
        ["OpenAI chat, handler"] = ("gpt-4o-mini", setup => Chat(OverHandler(setup))),
        ["OpenAI chat, policy and handler"] = ("gpt-4o-mini", setup => Chat(OverHandler(setup).AddCostTracking(setup.Record))),
        ["OpenAI chat, handler over a transport of the app's own"] = ("gpt-4o-mini", setup => Chat(OverOwnTransport(setup))),
        ["OpenAI responses"] = ("gpt-5-mini", setup => new OpenAIClient(new ApiKeyCredential(Key), Plain(setup)).GetResponsesClient().AsIChatClient("gpt-5-mini")),
        ["Anthropic"] = ("claude-sonnet-4-5", setup => new AnthropicClient { ApiKey = Key, BaseUrl = setup.Address.ToString().TrimEnd('/'), Timeout = setup.Patience, MaxRetries = 1 }.AsIChatClient("claude-sonnet-4-5")),
        ["OllamaSharp"] = ("llama3.2", setup => new OllamaApiClient(new HttpClient { BaseAddress = setup.Address, Timeout = setup.Patience }, "llama3.2")),
    };

    private static OpenAIClientOptions Plain(SdkSetup setup) => new() { Endpoint = new Uri(setup.Address, "v1"), NetworkTimeout = setup.Patience, RetryPolicy = new RetryWithoutPause() };

    private static OpenAIClientOptions OverHandler(SdkSetup setup)
    {
        OpenAIClientOptions options = Plain(setup);
        options.Transport = new HttpClientPipelineTransport(new HttpClient(new CostTrackingHandler(setup.Record)));
        return options;
    }

    // Nothing of what System.Net.Http publishes comes from there.
    private static OpenAIClientOptions OverOwnTransport(SdkSetup setup)
    {
        OpenAIClientOptions options = Plain(setup);
        options.Transport = new HttpClientPipelineTransport(new HttpClient(new CostTrackingHandler(setup.Record) { InnerHandler = new SocketsHttpHandler { ActivityHeadersPropagator = null } }));
        return options;
    }

    private static IChatClient Chat(OpenAIClientOptions options) => new ChatClient("gpt-4o-mini", new ApiKeyCredential(Key), options).AsIChatClient();

    private sealed class RetryWithoutPause : ClientRetryPolicy
    {
        protected override TimeSpan GetNextDelay(PipelineMessage message, int tryCount) => TimeSpan.Zero;
    }
}
