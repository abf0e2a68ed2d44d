using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Budgets.Requests;

/// <summary>Guards requests that an app sends by itself: without an <c>IChatClient</c> above them that a guard knows.</summary>
internal sealed class RequestBudget(BudgetGuard guard, ILogger logger)
{
    private readonly UncappedBudget _budget = new(guard, logger);

    /// <summary>The guarded call that a request which isn't billed is sent in; null when there is none.</summary>
    public GuardedCall? Surrounding => GuardedCall.Under(guard);

    /// <summary>The billable API that a request goes to; null when it can't be billed.</summary>
    public static WireApi? ApiOf(string method, Uri? address) => method == "POST" ? WireApi.At(address) : null;

    /// <summary>The guarded call that a request is part of already, so that it needs no reservation of its own; null when there is none, or it asks another model.</summary>
    public GuardedCall? CoveringOf(Uri address, ReadOnlyMemory<byte>? body) => Surrounding is { } call && call.IsFor(ModelOf(address, body)) ? call : null;

    /// <summary>Reserves the worst case of a request.</summary>
    /// <param name="api">The API that it goes to.</param>
    /// <param name="address">Where it goes.</param>
    /// <param name="body">Its body; null when that can't be read.</param>
    /// <param name="cancellationToken">Cancels the wait for room.</param>
    /// <exception cref="BudgetExceededException">A limit has no room for it, or its worst case isn't known.</exception>
    /// <exception cref="ModelRefusedException">The model is forbidden, or wasn't approved.</exception>
    public async ValueTask<GuardedRequest> BeginAsync(WireApi api, Uri address, ReadOnlyMemory<byte>? body, CancellationToken cancellationToken)
    {
        CallDemand demand = RequestDemand.Read(api, address, body, _budget.Admission);
        (GuardedCall call, CallDemand priced) = await _budget.ReserveAsync(demand, cancellationToken, address).ConfigureAwait(false);
        return new GuardedRequest(_budget.Admission, call, new BudgetedCall(null, BudgetAdmission.AttributionOf(priced.Model), priced), api, WireAddress.ProviderOf(address));
    }

    private static string? ModelOf(Uri address, ReadOnlyMemory<byte>? body)
    {
        using var request = new WireRequest();
        request.Append(body.GetValueOrDefault().Span);
        request.ReadFacts();
        return request.Model ?? WireAddress.ModelOf(address);
    }
}
