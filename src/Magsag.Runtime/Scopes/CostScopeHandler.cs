using System.Diagnostics;

namespace Magsag.Runtime;

/// <summary>Carries the current scope to the next service, in the W3C header <c>baggage</c>. Only for clients of your own services: a provider of models has no business knowing your customers.</summary>
public sealed class CostScopeHandler : DelegatingHandler
{
    /// <summary>Makes a handler for a pipeline that is put together elsewhere (<c>AddHttpMessageHandler</c>).</summary>
    public CostScopeHandler()
    {
    }

    /// <summary>Makes a handler in front of another.</summary>
    /// <param name="innerHandler">The handler that sends.</param>
    public CostScopeHandler(HttpMessageHandler innerHandler)
        : base(innerHandler)
    {
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Add(request);
        return base.SendAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Add(request);
        return base.Send(request, cancellationToken);
    }

    private static void Add(HttpRequestMessage request)
    {
        if (CostScope.Current is not { } scope || CostBaggage.Write(scope) is not { Length: > 0 } members)
        {
            return;
        }

        // HttpClient adds the span's own baggage only where no such header stands yet.
        if (!request.Headers.Contains(CostBaggage.HeaderName) && Activity.Current is { } span)
        {
            foreach (KeyValuePair<string, string?> item in span.Baggage)
            {
                members += $",{Uri.EscapeDataString(item.Key)}={Uri.EscapeDataString(item.Value ?? "")}";
            }
        }

        request.Headers.TryAddWithoutValidation(CostBaggage.HeaderName, members);
    }
}
