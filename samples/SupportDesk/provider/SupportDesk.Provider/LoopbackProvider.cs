using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SupportDesk.Provider.Chat;
using SupportDesk.Provider.Embeddings;
using SupportDesk.Provider.Wire;

namespace SupportDesk.Provider;

/// <summary>
/// A model provider on 127.0.0.1 that speaks OpenAI's chat completions and embeddings over HTTP.
/// It answers by rules instead of with a model, so that the same requests cost the same on every machine,
/// and counts the tokens of requests and replies with OpenAI's own vocabularies.
/// </summary>
public sealed class LoopbackProvider : IAsyncDisposable
{
    private readonly WebApplication _server;
    private int _chatRequests;
    private int _embeddingRequests;

    private LoopbackProvider(WebApplication server)
    {
        _server = server;
        server.Use(ApiKeyCheck.RequireBearerAsync);
        server.MapPost("/v1/chat/completions", CompleteChatAsync);
        server.MapPost("/v1/embeddings", EmbedAsync);
        server.MapFallback(context => ProviderError.UnknownRoute(context.Request).ExecuteAsync(context));
    }

    /// <summary>The base address that a client is given, such as <c>http://127.0.0.1:41234/v1</c>.</summary>
    public Uri Endpoint { get; private set; } = new("http://127.0.0.1/v1");

    /// <summary>How many chat completions were requested so far.</summary>
    public int ChatRequests => _chatRequests;

    /// <summary>How many embeddings requests, of any number of texts each, were made so far.</summary>
    public int EmbeddingRequests => _embeddingRequests;

    /// <summary>Starts a provider on a free port.</summary>
    public static async Task<LoopbackProvider> StartAsync(CancellationToken cancellationToken = default)
    {
        // The empty builder reads no settings from files or the environment: nothing outside can change the sample.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        builder.Services.AddRoutingCore();

        var provider = new LoopbackProvider(builder.Build());
        await provider._server.StartAsync(cancellationToken);
        var addresses = provider._server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        provider.Endpoint = new Uri($"{addresses.Single()}/v1");
        return provider;
    }

    /// <summary>Stops the server.</summary>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task<IResult> CompleteChatAsync(HttpRequest request)
    {
        Interlocked.Increment(ref _chatRequests);
        return ChatEndpoint.CompleteAsync(request);
    }

    private Task<IResult> EmbedAsync(HttpRequest request)
    {
        Interlocked.Increment(ref _embeddingRequests);
        return EmbeddingEndpoint.EmbedAsync(request);
    }
}
