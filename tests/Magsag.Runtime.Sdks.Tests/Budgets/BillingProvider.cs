using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Magsag.Runtime.Sdks.Tests;

/// <summary>A provider on loopback that fails in a way of the test's choice, and counts the requests that it bills.</summary>
internal sealed class BillingProvider : LoopbackServer
{
    private readonly Func<int, Mishap> _mishaps;
    private int _requests;
    private int _billed;
    private int _pieces;

    private BillingProvider(Func<int, Mishap> mishaps) => _mishaps = mishaps;

    /// <summary>How many requests reached it.</summary>
    public int Requests => _requests;

    /// <summary>How many of them it generated an answer for, whether or not that arrived.</summary>
    public int Billed => _billed;

    /// <summary>How many pieces of one token it streamed beyond any cap.</summary>
    public int Pieces => _pieces;

    /// <summary>What a stream that goes on beyond any cap consists of.</summary>
    public LongContent LongContent { get; init; }

    /// <summary>How many pieces such a stream has.</summary>
    public const int MostPieces = 20_000;

    /// <summary>Starts a provider.</summary>
    /// <param name="mishaps">What becomes of each request, by its number.</param>
    /// <param name="longContent">What a stream that goes on beyond any cap consists of.</param>
    public static Task<BillingProvider> StartAsync(Func<int, Mishap> mishaps, LongContent longContent = LongContent.Text) =>
        StartAsync(new BillingProvider(mishaps) { LongContent = longContent });

    /// <summary>An address that nobody listens on.</summary>
    public static Uri Nowhere()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }

    protected override async Task AnswerAsync(HttpContext context)
    {
        Api api = context.Request.Path.Value switch
        {
            { } path when path.EndsWith("/messages", StringComparison.Ordinal) => Api.Anthropic,
            { } path when path.EndsWith("/responses", StringComparison.Ordinal) => Api.Responses,
            { } path when path.StartsWith("/api/", StringComparison.Ordinal) => Api.Ollama,
            _ => Api.Chat,
        };
        using var reader = new StreamReader(context.Request.Body);
        bool stream = (await reader.ReadToEndAsync()).Contains("\"stream\":true", StringComparison.Ordinal);
        context.Response.Headers.RetryAfter = "0";
        Mishap mishap = _mishaps(Interlocked.Increment(ref _requests));
        if (mishap is Mishap.TooMany or Mishap.Invalid)
        {
            context.Response.StatusCode = mishap == Mishap.TooMany ? 429 : 400;
            await context.Response.WriteAsJsonAsync(new { type = "error", error = new { type = "refused", message = "no" } });
            return;
        }

        Interlocked.Increment(ref _billed);
        await FailAsync(context, api, stream, mishap);
    }

    private async Task StreamOnAsync(HttpContext context, Api api)
    {
        context.Response.ContentType = WireTexts.ContentType(api, stream: true);
        context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
        await context.Response.WriteAsync(LongStream.Start(api, LongContent));
        for (int piece = 0; piece < MostPieces && !context.RequestAborted.IsCancellationRequested; piece++)
        {
            Interlocked.Increment(ref _pieces);
            await context.Response.WriteAsync(LongStream.Piece(api, LongContent, " word", piece), CancellationToken.None);
            await context.Response.Body.FlushAsync(CancellationToken.None);
        }
    }

    private async Task FailAsync(HttpContext context, Api api, bool stream, Mishap mishap)
    {
        string body = stream ? string.Concat(WireTexts.Events(api, Counts.Usual, WireTexts.Pieces.Length, ends: true)) : WireTexts.Body(api, Counts.Usual);
        switch (mishap)
        {
            case Mishap.Silence:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case Mishap.Reset:
                context.Abort();
                break;
            case Mishap.ServerError:
                context.Response.StatusCode = 500;
                await context.Response.WriteAsJsonAsync(new { type = "error", error = new { type = "server_error", message = "no" } });
                break;
            case Mishap.Cut:
                context.Response.ContentType = WireTexts.ContentType(api, stream);
                context.Response.ContentLength = body.Length;
                context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
                await context.Response.WriteAsync(stream ? "" : body[..(body.Length / 2)]);
                await context.Response.Body.FlushAsync();
                context.Abort();
                break;
            case Mishap.GoesOn:
                await StreamOnAsync(context, api);
                break;
            case Mishap.Unreadable:
                context.Response.ContentType = WireTexts.ContentType(api, stream);
                await context.Response.WriteAsync(stream ? "data: {oops\n\n" : "{\"choices\": oops");
                break;
            default:
                context.Response.ContentType = WireTexts.ContentType(api, stream);
                await context.Response.WriteAsync(body);
                break;
        }
    }
}
