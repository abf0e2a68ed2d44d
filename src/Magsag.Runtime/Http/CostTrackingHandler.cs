using Microsoft.Extensions.Logging;

namespace Magsag.Runtime;

/// <summary>Records what the language model calls of an <see cref="HttpClient"/> really cost, whatever SDK makes them: OpenAI and its likes, Azure, Anthropic, Gemini and Ollama, plain and streamed.</summary>
/// <remarks>
/// Bodies are watched while the app sends and reads them; nothing is buffered or delayed. Requests to other addresses pass by untouched.
/// Without an inner handler it makes a default one, so that <c>new HttpClient(new CostTrackingHandler())</c> is all there is to do.
/// </remarks>
public sealed class CostTrackingHandler : DelegatingHandler
{
    private readonly Lock _gate = new();
    private readonly CostRecorder _recorder;
    private readonly RecentFailures _failures = new(TimeProvider.System);
    private readonly bool _asksForUsage;

    /// <summary>Makes a handler for one client.</summary>
    /// <param name="configure">Changes where and how is recorded; the defaults suit tests and applications.</param>
    /// <param name="loggers">Receives what goes wrong while recording.</param>
    public CostTrackingHandler(Action<CostTrackingOptions>? configure = null, ILoggerFactory? loggers = null)
    {
        var options = new CostTrackingOptions();
        configure?.Invoke(options);
        _recorder = CostRecorder.Create(options, loggers, RecordingHost.Current);
        _asksForUsage = options.RequestStreamUsage;
        CallCorrelation.Need();
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        EnsureInnerHandler();
        return GuardedCall.Current is { } guarded
            ? guarded.SendAsync(this, request, () => SendTrackedAsync(request, cancellationToken), cancellationToken)
            : SendTrackedAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        EnsureInnerHandler();
        return GuardedCall.Current is { } guarded
            ? guarded.Send(this, request, () => SendTracked(request, cancellationToken))
            : SendTracked(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendTrackedAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Begin(request) is not { } exchange)
        {
            return TrackPoll(request, await base.SendAsync(request, cancellationToken).ConfigureAwait(false));
        }

        HttpContent? content = request.Content;
        try
        {
            if (_asksForUsage)
            {
                request.Content = await StreamUsageRequest.AskAsync(request, cancellationToken).ConfigureAwait(false);
            }

            Watch(request, exchange);
            exchange.Enter();
            return Track(await base.SendAsync(request, cancellationToken).ConfigureAwait(false), exchange);
        }
        catch (Exception error)
        {
            exchange.Fail(error);
            throw;
        }
        finally
        {
            GiveBack(request, content);
        }
    }

    private HttpResponseMessage SendTracked(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Begin(request) is not { } exchange)
        {
            return TrackPoll(request, base.Send(request, cancellationToken));
        }

        HttpContent? content = request.Content;
        try
        {
            if (_asksForUsage)
            {
                request.Content = StreamUsageRequest.Ask(request, cancellationToken);
            }

            Watch(request, exchange);
            exchange.Enter();
            return Track(base.Send(request, cancellationToken), exchange);
        }
        catch (Exception error)
        {
            exchange.Fail(error);
            throw;
        }
        finally
        {
            WireExchange.Leave();
            GiveBack(request, content);
        }
    }

    private WireExchange? Begin(HttpRequestMessage request) =>
        request.Method == HttpMethod.Post ? WireExchange.Begin(_recorder, request.RequestUri, _failures) : null;

    private HttpResponseMessage TrackPoll(HttpRequestMessage request, HttpResponseMessage response)
    {
        if (AnswerPoll.Begin(_recorder, request.Method.Method, request.RequestUri) is { } poll && poll.Answer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentEncoding.LastOrDefault()))
        {
            response.Content = new TrackedContent(response.Content, poll);
        }

        return response;
    }

    private static void Watch(HttpRequestMessage request, WireExchange exchange)
    {
        if (request.Content is { Headers.ContentType.MediaType: "application/json" } body)
        {
            request.Content = new SentContent(body, exchange.Request);
        }
    }

    private static HttpResponseMessage Track(HttpResponseMessage response, WireExchange exchange)
    {
        if (!exchange.IsSuperseded && exchange.Answer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentEncoding.LastOrDefault(), name => response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null))
        {
            response.Content = new TrackedContent(response.Content, exchange);
        }

        return response;
    }

    // A handler that sends the request again must find it as it was.
    private static void GiveBack(HttpRequestMessage request, HttpContent? content)
    {
        try
        {
            request.Content = content;
        }
        catch (ObjectDisposedException)
        {
        }
    }

    private void EnsureInnerHandler()
    {
        if (InnerHandler is not null)
        {
            return;
        }

        lock (_gate)
        {
            InnerHandler ??= new HttpClientHandler();
        }
    }
}
