using System.ClientModel;
using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenAI;

namespace Magsag.Runtime.Tests;

/// <summary>A provider on loopback with OpenAI's wire format, for the real OpenAI client.</summary>
internal sealed class LoopbackProvider : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackProvider(WebApplication app, ConcurrentQueue<JsonNode> requests) => (_app, Requests) = (app, requests);

    /// <summary>The bodies of the chat calls that arrived.</summary>
    public ConcurrentQueue<JsonNode> Requests { get; }

    public OpenAIClient Client => new(
        new ApiKeyCredential("none"),
        new OpenAIClientOptions
        {
            Endpoint = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/v1"),
            RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0),
        });

    /// <summary>Starts a provider.</summary>
    /// <param name="status">What chat calls are answered with.</param>
    /// <param name="usage">Whether usage is reported.</param>
    /// <param name="breakOff">Whether a stream ends in the middle.</param>
    public static async Task<LoopbackProvider> StartAsync(int status = 200, bool usage = true, bool breakOff = false)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        ConcurrentQueue<JsonNode> requests = new();
        app.MapPost("/v1/chat/completions", async (HttpContext context) =>
        {
            JsonNode body = (await JsonNode.ParseAsync(context.Request.Body))!;
            requests.Enqueue(body);
            if (status != 200)
            {
                return Results.Json(new { error = new { message = "no" } }, statusCode: status);
            }

            string model = body["model"]!.GetValue<string>();
            if (body["stream"]?.GetValue<bool>() != true)
            {
                return Results.Json(new
                {
                    id = "c1",
                    @object = "chat.completion",
                    created = 1,
                    model,
                    choices = new[] { new { index = 0, message = new { role = "assistant", content = "fine" }, finish_reason = "stop" } },
                    usage = usage ? UsageOf() : null,
                });
            }

            return Results.Stream(output => StreamAsync(output, model, usage, breakOff), "text/event-stream");
        });
        app.MapPost("/v1/embeddings", () => Results.Json(new
        {
            @object = "list",
            model = "text-embedding-3-small",
            data = new[] { new { @object = "embedding", index = 0, embedding = Convert.ToBase64String(new byte[8]) } },
            usage = new { prompt_tokens = 8, total_tokens = 8 },
        }));
        await app.StartAsync();
        return new LoopbackProvider(app, requests);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static object UsageOf() => new { prompt_tokens = 1000, completion_tokens = 100, total_tokens = 1100, prompt_tokens_details = new { cached_tokens = 200 }, completion_tokens_details = new { reasoning_tokens = 30 } };

    private static async Task StreamAsync(Stream output, string model, bool usage, bool breakOff)
    {
        await using var writer = new StreamWriter(output);
        foreach (string text in new[] { "one ", "two ", "three" })
        {
            await writer.WriteAsync($"data: {System.Text.Json.JsonSerializer.Serialize(new { id = "c1", @object = "chat.completion.chunk", created = 1, model, choices = new[] { new { index = 0, delta = new { role = "assistant", content = text } } } })}\n\n");
            await writer.FlushAsync();
            if (breakOff)
            {
                throw new IOException("The provider breaks off.");
            }
        }

        if (usage)
        {
            await writer.WriteAsync($"data: {System.Text.Json.JsonSerializer.Serialize(new { id = "c1", @object = "chat.completion.chunk", created = 1, model, choices = Array.Empty<object>(), usage = UsageOf() })}\n\n");
        }

        await writer.WriteAsync("data: [DONE]\n\n");
    }
}
