namespace Magsag.Runtime.Budgets.Attempts;

/// <summary>Sends requests of guarded calls over HTTP, each with a reservation.</summary>
internal static class HttpAttempts
{
    private static readonly HttpRequestOptionsKey<RequestAttempt> Key = new("Magsag.RequestAttempt");

    /// <summary>Sends a request that a layer sees.</summary>
    /// <exception cref="BudgetExceededException">A limit has no room for it; it isn't sent.</exception>
    public static async Task<HttpResponseMessage> SendAsync(this GuardedCall call, object layer, HttpRequestMessage request, Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken) =>
        await BeginAsync(call, layer, request, cancellationToken).ConfigureAwait(false) is { } attempt
            ? await attempt.SendAsync(layer, send, static response => (int)response.StatusCode).ConfigureAwait(false)
            : await send().ConfigureAwait(false);

    /// <inheritdoc cref="SendAsync"/>
    public static HttpResponseMessage Send(this GuardedCall call, object layer, HttpRequestMessage request, Func<HttpResponseMessage> send) =>
        Begin(call, layer, request) is { } attempt ? attempt.Send(layer, send, static response => (int)response.StatusCode) : send();

    /// <summary>Finds a reservation for a request that a layer can't send itself; null when it can't be billed.</summary>
    /// <exception cref="BudgetExceededException">A limit has no room for it; it must not be sent.</exception>
    public static RequestAttempt? Begin(this GuardedCall call, object layer, HttpRequestMessage request) => GuardedCall.Wait(BeginAsync(call, layer, request, CancellationToken.None));

    /// <summary>The attempt that a request carries; null for none.</summary>
    public static RequestAttempt? CarriedBy(HttpRequestMessage request) => request.Options.TryGetValue(Key, out RequestAttempt? attempt) ? attempt : null;

    private static async ValueTask<RequestAttempt?> BeginAsync(GuardedCall call, object layer, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var outgoing = new OutgoingRequest(request.Method.Method, request.RequestUri, request.Content?.Headers.ContentType?.MediaType, CarriedBy(request) ?? RequestAttempt.InFlight);
        RequestAttempt? attempt = await call.BeginAsync(layer, outgoing, cancellationToken).ConfigureAwait(false);
        if (attempt is not null)
        {
            request.Options.Set(Key, attempt);
        }

        return attempt;
    }
}
