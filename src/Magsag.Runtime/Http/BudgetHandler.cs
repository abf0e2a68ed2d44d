using Microsoft.Extensions.Logging;

namespace Magsag.Runtime;

/// <summary>Lets the language model requests of an <see cref="HttpClient"/> through only when every budget has room for their worst case, whatever SDK makes them.</summary>
/// <remarks>
/// For clients without an <c>IChatClient</c>; below one with <c>UseBudget</c> and the same guard it reserves nothing more. Put it around <see cref="CostTrackingHandler"/>.
/// Requests are never changed: of the guard's fallbacks only waiting applies, and a request without a cap is reserved at the most that its model can produce.
/// Requests to other addresses pass by untouched. Without an inner handler it makes a default one.
/// Its requests throw <see cref="BudgetExceededException"/> and <see cref="ModelRefusedException"/>.
/// </remarks>
/// <example><code>var client = new HttpClient(new BudgetHandler(guard) { InnerHandler = new CostTrackingHandler() });</code></example>
public sealed class BudgetHandler : DelegatingHandler
{
    private readonly Lock _gate = new();
    private readonly RequestBudget _budget;

    /// <summary>Makes a handler for one client.</summary>
    /// <param name="guard">The guard; clients and pipelines with the same guard share its budgets.</param>
    /// <param name="loggers">Receives a warning for each request that took more than was reserved.</param>
    public BudgetHandler(BudgetGuard guard, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(guard);
        _budget = new RequestBudget(guard, GuardedLogger.From(loggers));
    }

    /// <inheritdoc/>
    /// <exception cref="BudgetExceededException">A limit has no room for the request, or its worst case isn't known; it isn't sent.</exception>
    /// <exception cref="ModelRefusedException">The policy forbids the model, or it wasn't approved.</exception>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        EnsureInnerHandler();
        return RequestBudget.ApiOf(request.Method.Method, request.RequestUri) is { } api ? SendGuardedAsync(api, request, cancellationToken)
            : _budget.Surrounding is { } call ? SendWithinAsync(call, request, cancellationToken)
            : base.SendAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="BudgetExceededException">A limit has no room for the request, or its worst case isn't known; it isn't sent.</exception>
    /// <exception cref="ModelRefusedException">The policy forbids the model, or it wasn't approved.</exception>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        EnsureInnerHandler();
        return RequestBudget.ApiOf(request.Method.Method, request.RequestUri) is { } api ? SendGuarded(api, request, cancellationToken)
            : _budget.Surrounding is { } call ? SendWithin(call, request, cancellationToken)
            : base.Send(request, cancellationToken);
    }

    private Task<HttpResponseMessage> SendWithinAsync(GuardedCall call, HttpRequestMessage request, CancellationToken cancellationToken) =>
        call.SendAsync(this, request, () => base.SendAsync(request, cancellationToken), cancellationToken);

    private HttpResponseMessage SendWithin(GuardedCall call, HttpRequestMessage request, CancellationToken cancellationToken) =>
        call.Send(this, request, () => base.Send(request, cancellationToken));

    private async Task<HttpResponseMessage> SendGuardedAsync(WireApi api, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>? body = await RequestContent.ReadAsync(request.Content, cancellationToken).ConfigureAwait(false);
        if (_budget.CoveringOf(request.RequestUri!, body) is { } call)
        {
            return await SendWithinAsync(call, request, cancellationToken).ConfigureAwait(false);
        }

        GuardedRequest guarded = await _budget.BeginAsync(api, request.RequestUri!, body, cancellationToken).ConfigureAwait(false);
        HttpResponseMessage? response = null;
        try
        {
            guarded.Call.Enter();
            response = await SendWithinAsync(guarded.Call, request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await guarded.FailAsync(error).ConfigureAwait(false);
        }

        return await FollowAsync(guarded, response!).ConfigureAwait(false);
    }

    private HttpResponseMessage SendGuarded(WireApi api, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>? body = GuardedCall.Wait(RequestContent.ReadAsync(request.Content, cancellationToken));
        if (_budget.CoveringOf(request.RequestUri!, body) is { } call)
        {
            return SendWithin(call, request, cancellationToken);
        }

        GuardedRequest guarded = GuardedCall.Wait(_budget.BeginAsync(api, request.RequestUri!, body, cancellationToken));
        HttpResponseMessage? response = null;
        try
        {
            guarded.Call.Run(() => response = SendWithin(guarded.Call, request, cancellationToken));
        }
        catch (Exception error)
        {
            GuardedCall.Wait(guarded.FailAsync(error));
        }

        return GuardedCall.Wait(FollowAsync(guarded, response!));
    }

    private static async ValueTask<HttpResponseMessage> FollowAsync(GuardedRequest guarded, HttpResponseMessage response)
    {
        if (await guarded.AnswerAsync((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentEncoding.LastOrDefault()).ConfigureAwait(false))
        {
            response.Content = new TrackedContent(response.Content, guarded);
        }

        return response;
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
