using System.Net;
using System.Net.Http.Headers;

namespace Magsag.Testing;

/// <summary>Records the language model calls of an <see cref="HttpClient"/> in the cassette of the running test, and replays them from it, whatever SDK makes them.</summary>
/// <remarks>
/// It stands next to the network: tracking, budget, cassette, network. Calls that nothing around it records it records itself, so that the gate sees them.
/// Requests to other addresses pass by untouched. Without an inner handler it makes a default one.
/// </remarks>
/// <example><code>var client = new AnthropicClient { ApiKey = Cassette.Key("ANTHROPIC_API_KEY"), Handlers = [new CassetteHandler()] };</code></example>
public sealed class CassetteHandler : DelegatingHandler
{
    private readonly Lock _gate = new();
    private readonly CassetteOptions _options;
    private readonly HttpMessageInvoker _tracked;
    private bool _isChecked;

    /// <summary>Makes a handler for one client.</summary>
    /// <param name="configure">Changes how calls are recorded and replayed.</param>
    public CassetteHandler(Action<CassetteOptions>? configure = null)
    {
        _options = CassetteOptions.From(configure);
        _tracked = new HttpMessageInvoker(new CostTrackingHandler(_options.Tracking) { InnerHandler = new Tape(this) });
    }

    /// <inheritdoc/>
    /// <exception cref="CassetteMissException">The call isn't recorded.</exception>
    /// <exception cref="CassetteException">No test is running, or a handler stands in the wrong place.</exception>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Check();
        return ApiOf(request) is null ? base.SendAsync(request, cancellationToken)
            : IsTracked(request) ? SendOnTapeAsync(request, cancellationToken)
            : _tracked.SendAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="CassetteMissException">The call isn't recorded.</exception>
    /// <exception cref="CassetteException">No test is running, or a handler stands in the wrong place.</exception>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Check();
        return ApiOf(request) is null ? base.Send(request, cancellationToken)
            : IsTracked(request) ? SendOnTape(request, cancellationToken)
            : _tracked.Send(request, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _tracked.Dispose();
        }

        base.Dispose(disposing);
    }

    private static WireApi? ApiOf(HttpRequestMessage request) => request.Method == HttpMethod.Post ? WireApi.At(request.RequestUri) : null;

    private static bool IsTracked(HttpRequestMessage request) => WireExchange.IsWatched(request.RequestUri) || ReplayObserver.Current is not null;

    private async Task<HttpResponseMessage> SendOnTapeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>? body = await RequestContent.ReadAsync(request.Content, cancellationToken).ConfigureAwait(false);
        TapedExchange exchange = TapedExchange.Begin(request, body, _options);
        return exchange.Answer() ?? exchange.Watch(await base.SendAsync(request, cancellationToken).ConfigureAwait(false));
    }

    private HttpResponseMessage SendOnTape(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>? body = null;
        if (request.Content is { } content)
        {
            var read = new MemoryStream();
            content.CopyTo(read, null, cancellationToken);
            body = read.ToArray();
        }

        TapedExchange exchange = TapedExchange.Begin(request, body, _options);
        return exchange.Answer() ?? exchange.Watch(base.Send(request, cancellationToken));
    }

    // A handler between the cassette and the network would see nothing of what is replayed.
    private void Check()
    {
        if (_isChecked)
        {
            return;
        }

        lock (_gate)
        {
            InnerHandler ??= new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All };
            for (HttpMessageHandler? inner = InnerHandler; inner is DelegatingHandler next; inner = next.InnerHandler)
            {
                if (next is CostTrackingHandler or BudgetHandler or CassetteHandler)
                {
                    throw new CassetteException($"{next.GetType().Name} stands between the cassette and the network, where it sees nothing of what is replayed. The order is: new BudgetHandler(guard) {{ InnerHandler = new CostTrackingHandler {{ InnerHandler = new CassetteHandler() }} }}.");
                }
            }

            _isChecked = true;
        }
    }

    // Below the tracking that stands in where nothing else records.
    private sealed class Tape(CassetteHandler owner) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => owner.SendOnTapeAsync(request, cancellationToken);

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => owner.SendOnTape(request, cancellationToken);
    }
}
