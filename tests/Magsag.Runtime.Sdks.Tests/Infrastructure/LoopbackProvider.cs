using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Magsag.Runtime.Sdks.Tests;

/// <summary>A provider on loopback that speaks every wire format and behaves as a scenario says.</summary>
internal sealed class LoopbackProvider : LoopbackServer
{
    /// <summary>How many pieces are streamed before something goes wrong.</summary>
    public const int PiecesBeforeTrouble = 2;

    private readonly Scenario _scenario;
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _requests;

    private LoopbackProvider(Scenario scenario) => _scenario = scenario;

    /// <summary>The bodies of the requests that came.</summary>
    public ConcurrentQueue<string> Bodies { get; } = [];

    public static Task<LoopbackProvider> StartAsync(Scenario scenario) => StartAsync(new LoopbackProvider(scenario));

    /// <summary>Tells it that what it has streamed has arrived, so that it may break off.</summary>
    public void GoOn() => _goOn.TrySetResult();

    public override ValueTask DisposeAsync()
    {
        GoOn();
        return base.DisposeAsync();
    }

    protected override async Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!;
        using var reader = new StreamReader(context.Request.Body);
        string body = await reader.ReadToEndAsync();
        Bodies.Enqueue(body);
        bool isFirst = Interlocked.Increment(ref _requests) == 1;
        if (isFirst && _scenario is (Scenario.RefuseOnce or Scenario.FailOnce))
        {
            context.Response.StatusCode = _scenario == Scenario.RefuseOnce ? 429 : 500;
            context.Response.Headers.RetryAfter = "0";
            await context.Response.WriteAsJsonAsync(new { type = "error", error = new { type = "rate_limit_error", message = "later" } });
            return;
        }

        Api api = ApiAt(path);
        bool stream = path.Contains("stream", StringComparison.Ordinal) || IsStreamed(body, api == Api.Ollama);
        context.Response.ContentType = WireTexts.ContentType(api, stream);
        if (stream)
        {
            await StreamAsync(context, api);
        }
        else
        {
            await SendBodyAsync(context, api);
        }
    }

    private async Task SendBodyAsync(HttpContext context, Api api)
    {
        string body = WireTexts.Body(api, Usage);
        switch (_scenario)
        {
            case Scenario.Malformed:
                await context.Response.WriteAsync(body[..(body.Length / 2)] + "}}}}");
                break;
            case Scenario.Cut:
                await context.Response.WriteAsync(body[..(body.Length / 2)]);
                await context.Response.Body.FlushAsync();
                context.Abort();
                break;
            case Scenario.SlowDrip:
                await DripAsync(context, body);
                break;
            default:
                await context.Response.WriteAsync(body);
                break;
        }
    }

    private async Task StreamAsync(HttpContext context, Api api)
    {
        context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
        bool whole = _scenario is not (Scenario.Cut or Scenario.FailMidway or Scenario.Malformed or Scenario.Cancel);
        foreach (string text in WireTexts.Events(api, Usage, whole ? WireTexts.Pieces.Length : PiecesBeforeTrouble, whole))
        {
            if (_scenario == Scenario.SlowDrip)
            {
                await DripAsync(context, text);
            }
            else
            {
                await context.Response.WriteAsync(text);
                await context.Response.Body.FlushAsync();
            }
        }

        switch (_scenario)
        {
            case Scenario.Malformed:
                await context.Response.WriteAsync(api == Api.Ollama ? "{\"model\": oops\n" : "data: {\"choices\": oops\n\n");
                break;
            case Scenario.FailMidway:
                await context.Response.WriteAsync(WireTexts.Failure(api));
                break;
            case Scenario.Cut:
                await _goOn.Task;
                context.Abort();
                break;
            case Scenario.Cancel:
                await Task.WhenAny(_goOn.Task, Task.Delay(Timeout.Infinite, context.RequestAborted));
                break;
            default:
                break;
        }
    }

    private static async Task DripAsync(HttpContext context, string text)
    {
        foreach (byte one in Encoding.UTF8.GetBytes(text))
        {
            await context.Response.Body.WriteAsync(new[] { one });
            await context.Response.Body.FlushAsync();
        }
    }

    private Counts? Usage => _scenario switch
    {
        Scenario.NoUsage => null,
        Scenario.ZeroUsage => default(Counts),
        _ => Counts.Usual,
    };

    private static Api ApiAt(string path) => path switch
    {
        _ when path.EndsWith("/chat/completions", StringComparison.Ordinal) => Api.Chat,
        _ when path.EndsWith("/responses", StringComparison.Ordinal) => Api.Responses,
        _ when path.EndsWith("/embeddings", StringComparison.Ordinal) => Api.Embeddings,
        _ when path.EndsWith("/messages", StringComparison.Ordinal) => Api.Anthropic,
        _ when path.Contains("enerateContent", StringComparison.Ordinal) => Api.Gemini,
        _ => Api.Ollama,
    };

    private static bool IsStreamed(string body, bool byDefault)
    {
        using JsonDocument request = JsonDocument.Parse(body);
        return request.RootElement.TryGetProperty("stream", out JsonElement stream) ? stream.GetBoolean() : byDefault;
    }
}
