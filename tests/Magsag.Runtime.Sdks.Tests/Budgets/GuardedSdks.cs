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

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    public static readonly Dictionary<string, (string Model, Func<Uri, Action<CostTrackingOptions>, IChatClient> Create)> All = new()
    {
        ["OpenAI chat"] = ("gpt-4o-mini", (address, _) => Chat(Plain(address))),
        ["OpenAI chat, policy"] = ("gpt-4o-mini", (address, record) => Chat(Plain(address).AddCostTracking(record))),
        ["OpenAI chat, handler"] = ("gpt-4o-mini", (address, record) => Chat(OverHandler(address, record))),
        ["OpenAI chat, policy and handler"] = ("gpt-4o-mini", (address, record) => Chat(OverHandler(address, record).AddCostTracking(record))),
        ["OpenAI chat, handler over a transport of the app's own"] = ("gpt-4o-mini", (address, record) => Chat(OverOwnTransport(address, record))),
        ["OpenAI responses"] = ("gpt-5-mini", (address, _) => new OpenAIClient(new ApiKeyCredential(Key), Plain(address)).GetResponsesClient().AsIChatClient("gpt-5-mini")),
        ["Anthropic"] = ("claude-sonnet-4-5", (address, _) => new AnthropicClient { ApiKey = Key, BaseUrl = address.ToString().TrimEnd('/'), Timeout = Patience }.AsIChatClient("claude-sonnet-4-5")),
        ["OllamaSharp"] = ("llama3.2", (address, _) => new OllamaApiClient(new HttpClient { BaseAddress = address, Timeout = Patience }, "llama3.2")),
    };

    private static OpenAIClientOptions Plain(Uri address) => new() { Endpoint = new Uri(address, "v1"), NetworkTimeout = Patience, RetryPolicy = new RetryWithoutPause() };

    private static OpenAIClientOptions OverHandler(Uri address, Action<CostTrackingOptions> record)
    {
        OpenAIClientOptions options = Plain(address);
        options.Transport = new HttpClientPipelineTransport(new HttpClient(new CostTrackingHandler(record)));
        return options;
    }

    // Nothing of what System.Net.Http publishes comes from there.
    private static OpenAIClientOptions OverOwnTransport(Uri address, Action<CostTrackingOptions> record)
    {
        OpenAIClientOptions options = Plain(address);
        options.Transport = new HttpClientPipelineTransport(new HttpClient(new CostTrackingHandler(record) { InnerHandler = new SocketsHttpHandler { ActivityHeadersPropagator = null } }));
        return options;
    }

    private static IChatClient Chat(OpenAIClientOptions options) => new ChatClient("gpt-4o-mini", new ApiKeyCredential(Key), options).AsIChatClient();

    private sealed class RetryWithoutPause : ClientRetryPolicy
    {
        protected override TimeSpan GetNextDelay(PipelineMessage message, int tryCount) => TimeSpan.Zero;
    }
}
