using System.ClientModel.Primitives;
using Magsag.Ledger.Records;

namespace Magsag.Runtime;

/// <summary>One call that a guard let through, with a reservation for each request that is sent for it.</summary>
/// <remarks>
/// SDKs retry inside one call, and a provider may bill every attempt. The first request takes the reservation that the call was admitted with;
/// each further one takes a reservation that is known not to have been billed, or makes one, and is refused when there is no room.
/// The call flows like any <see cref="AsyncLocal{T}"/> to the layers that see requests: <see cref="HttpRequestObserver"/>, <see cref="CostTrackingHandler"/> and <see cref="CostTrackingPolicy"/>.
/// </remarks>
internal sealed class GuardedCall
{
    private static readonly AsyncLocal<GuardedCall?> Innermost = new();

    // An attempt is known to the layers below by the request that carries it, or, where they see another object, by the flow.
    private static readonly HttpRequestOptionsKey<RequestAttempt> AttemptKey = new("Magsag.RequestAttempt");
    private static readonly AsyncLocal<RequestAttempt?> InFlight = new();

    private readonly Lock _gate = new();
    private readonly BudgetDesk _desk;
    private readonly CallAttribution _attribution;
    private readonly BudgetAmount _worst;
    private readonly BudgetReservation _first;
    private readonly Uri? _provider;
    private readonly GuardedCall? _outer;
    private readonly List<RequestAttempt> _attempts = [];
    private BudgetExceededException? _refusal;
    private bool _isFirstTaken;
    private bool _isClosed;

    /// <summary>Begins a call whose worst case is reserved.</summary>
    /// <param name="desk">Makes and ends reservations.</param>
    /// <param name="attribution">Whom the call is attributed to.</param>
    /// <param name="first">What the call was admitted with: the worst case of one request.</param>
    /// <param name="provider">Where the client sends its requests; null when it doesn't say.</param>
    public GuardedCall(BudgetDesk desk, CallAttribution attribution, BudgetReservation first, Uri? provider)
    {
        (_desk, _attribution, _first, _provider, _worst) = (desk, attribution, first, provider, first.Amount);

        // A guard around another one counts the same requests in its own store; the same guard would count them twice.
        _outer = Current is { } outer && outer._desk.Guard != desk.Guard ? outer : null;
        HttpRequestObserver.AddCall();
    }

    /// <summary>The innermost guarded call that the current code is part of; null outside any.</summary>
    public static GuardedCall? Current => Innermost.Value is { _isClosed: false } call ? call : null;

    /// <summary>The innermost guarded call, if a guard covers it: its requests have reservations with that guard. Null outside any.</summary>
    public static GuardedCall? Under(BudgetGuard guard)
    {
        GuardedCall? current = Current;
        for (GuardedCall? call = current; call is not null; call = call._outer)
        {
            if (call._desk.Guard == guard)
            {
                return current;
            }
        }

        return null;
    }

    /// <summary>Why a request of the call was refused; null while none was.</summary>
    public BudgetExceededException? Refusal
    {
        get
        {
            lock (_gate)
            {
                return _refusal;
            }
        }
    }

    /// <summary>Makes the call the current flow's. An async iterator needs that before each step: what it sets is gone when it yields.</summary>
    public void Enter() => Innermost.Value = this;

    /// <summary>Whether a request to a model may be one of the call's: its worst case is that of the call's model.</summary>
    public bool IsFor(string? model) => model is null || _attribution.Model is null || PlainName(model).Equals(PlainName(_attribution.Model), StringComparison.OrdinalIgnoreCase);

    /// <summary>Does a part of the call that waits for nobody, and leaves the caller's flow as it was.</summary>
    public void Run(Action part)
    {
        GuardedCall? before = Innermost.Value;
        Enter();
        try
        {
            part();
        }
        finally
        {
            Innermost.Value = before;
        }
    }

    /// <summary>Sends a request that a layer sees, with a reservation for it, unless that was found by a layer above.</summary>
    /// <exception cref="BudgetExceededException">A limit has no room for it; it isn't sent.</exception>
    public async Task<HttpResponseMessage> SendAsync(object layer, HttpRequestMessage request, Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        if (!IsBillable(request))
        {
            return await send().ConfigureAwait(false);
        }

        RequestAttempt attempt = PassedDown(layer, CarriedBy(request)) ?? await BeginAsync(layer, CarriedBy(request), cancellationToken).ConfigureAwait(false);
        request.Options.Set(AttemptKey, attempt);
        try
        {
            HttpResponseMessage response = await send().ConfigureAwait(false);
            attempt.Answered(layer, (int)response.StatusCode);
            return response;
        }
        catch (Exception error)
        {
            attempt.Failed(layer, error);
            throw;
        }
    }

    /// <inheritdoc cref="SendAsync(object, HttpRequestMessage, Func{Task{HttpResponseMessage}}, CancellationToken)"/>
    public HttpResponseMessage Send(object layer, HttpRequestMessage request, Func<HttpResponseMessage> send)
    {
        if (Begin(layer, request) is not { } attempt)
        {
            return send();
        }

        try
        {
            HttpResponseMessage response = send();
            attempt.Answered(layer, (int)response.StatusCode);
            return response;
        }
        catch (Exception error)
        {
            attempt.Failed(layer, error);
            throw;
        }
    }

    /// <inheritdoc cref="SendAsync(object, HttpRequestMessage, Func{Task{HttpResponseMessage}}, CancellationToken)"/>
    public async ValueTask SendAsync(object layer, PipelineMessage message, Func<ValueTask> send)
    {
        if (!IsBillable(message))
        {
            await send().ConfigureAwait(false);
            return;
        }

        RequestAttempt attempt = PassedDown(layer, CarriedBy(message)) ?? await BeginAsync(layer, CarriedBy(message), message.CancellationToken).ConfigureAwait(false);
        message.SetProperty(typeof(RequestAttempt), attempt);
        InFlight.Value = attempt;
        try
        {
            await send().ConfigureAwait(false);
            attempt.Answered(layer, message.Response?.Status ?? 0);
        }
        catch (Exception error)
        {
            attempt.Failed(layer, error);
            throw;
        }
    }

    /// <inheritdoc cref="SendAsync(object, HttpRequestMessage, Func{Task{HttpResponseMessage}}, CancellationToken)"/>
    public void Send(object layer, PipelineMessage message, Action send)
    {
        if (!IsBillable(message))
        {
            send();
            return;
        }

        RequestAttempt attempt = PassedDown(layer, CarriedBy(message)) ?? Wait(BeginAsync(layer, CarriedBy(message), message.CancellationToken));
        message.SetProperty(typeof(RequestAttempt), attempt);
        InFlight.Value = attempt;
        try
        {
            send();
            attempt.Answered(layer, message.Response?.Status ?? 0);
        }
        catch (Exception error)
        {
            attempt.Failed(layer, error);
            throw;
        }
        finally
        {
            InFlight.Value = null;
        }
    }

    /// <summary>Finds a reservation for a request that is about to be sent, unless a layer above did; null when the call can't be billed for it.</summary>
    /// <exception cref="BudgetExceededException">A limit has no room for it; it must not be sent.</exception>
    public RequestAttempt? Begin(object layer, HttpRequestMessage request)
    {
        if (!IsBillable(request))
        {
            return null;
        }

        RequestAttempt attempt = PassedDown(layer, CarriedBy(request)) ?? Wait(BeginAsync(layer, CarriedBy(request), CancellationToken.None));
        request.Options.Set(AttemptKey, attempt);
        return attempt;
    }

    /// <summary>The attempt that a request carries.</summary>
    public static RequestAttempt? AttemptOf(HttpRequestMessage request) => request.Options.TryGetValue(AttemptKey, out RequestAttempt? attempt) ? attempt : null;

    /// <summary>Ends the call with what its answer took: that is settled for the last request, and the worst case for those before it that may have been billed.</summary>
    public ValueTask SucceedAsync(BudgetAmount actual)
    {
        RequestAttempt[] attempts = Close();
        int answered = Array.FindLastIndex(attempts, static attempt => attempt.MayBeBilled);
        return EndAllAsync(attempts, answered < 0 ? attempts.Length - 1 : answered, actual);
    }

    /// <summary>Ends a call that failed: whatever may have been billed counts its worst case.</summary>
    public ValueTask FailAsync(Exception error)
    {
        RequestAttempt[] attempts = Close();
        if (attempts.Length > 0)
        {
            return EndAllAsync(attempts, answered: -1, actual: null);
        }

        int billed = _desk.HasSeenRequests && !BillableFailure.IsTransport(error) ? 0 : BillableFailure.CountOf(error);
        return EndAllAsync(attempts, answered: -1, billed == 0 ? null : new BudgetAmount(_worst.Usd * billed, billed, _worst.Tokens * billed));
    }

    private static ReadOnlySpan<char> PlainName(string model) => model.AsSpan(model.LastIndexOf('/') + 1);

    private static RequestAttempt? CarriedBy(HttpRequestMessage request) => AttemptOf(request) ?? InFlight.Value;

    // All requests of a call have the same message.
    private static RequestAttempt? CarriedBy(PipelineMessage message) => message.TryGetProperty(typeof(RequestAttempt), out object? attempt) ? attempt as RequestAttempt : null;

    // What another call's request carries says nothing of this one's.
    private RequestAttempt? PassedDown(object layer, RequestAttempt? carried) => carried is not null && carried.Call == this && carried.TryPass(layer) ? carried : null;

    /// <summary>Waits where the app sends synchronously.</summary>
    public static T Wait<T>(ValueTask<T> begun) => begun.IsCompleted ? begun.GetAwaiter().GetResult() : begun.AsTask().GetAwaiter().GetResult();

    /// <inheritdoc cref="Wait{T}(ValueTask{T})"/>
    public static void Wait(ValueTask begun) => begun.AsTask().GetAwaiter().GetResult();

    private bool IsBillable(HttpRequestMessage request) => IsBillable(request.Method.Method, request.RequestUri, request.Content?.Headers.ContentType?.MediaType);

    private bool IsBillable(PipelineMessage message) => IsBillable(message.Request.Method, message.Request.Uri, message.Request.Headers.TryGetValue("Content-Type", out string? type) ? type : null);

    // A form asks for a token of access, never for those that are billed.
    private bool IsBillable(string method, Uri? address, string? contentType) =>
        method == "POST" && address is { IsAbsoluteUri: true } && contentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true
        && (_provider is null || string.Equals(address.IdnHost, _provider.IdnHost, StringComparison.OrdinalIgnoreCase) || WireApi.At(address) is not null);

    private async ValueTask<RequestAttempt> BeginAsync(object layer, RequestAttempt? carried, CancellationToken cancellationToken)
    {
        RequestAttempt attempt = await AddAsync(await FindReservationAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        attempt.TryPass(layer);
        try
        {
            attempt.Outer = _outer is null ? null : _outer.PassedDown(layer, carried) ?? await _outer.BeginAsync(layer, carried, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            attempt.MarkUnbilled();
            throw;
        }

        return attempt;
    }

    // The first reservation that no request was billed for, taken out of the others; null when there is none.
    private BudgetReservation? TakeUnbilled()
    {
        lock (_gate)
        {
            if (_refusal is not null)
            {
                throw _refusal;
            }

            _desk.HasSeenRequests = true;
            if (!_isFirstTaken)
            {
                _isFirstTaken = true;
                return _first;
            }

            int free = _attempts.FindIndex(static attempt => !attempt.MayBeBilled);
            if (free < 0)
            {
                return null;
            }

            BudgetReservation reservation = _attempts[free].Reservation;
            _attempts.RemoveAt(free);
            return reservation;
        }
    }

    private async ValueTask<BudgetReservation> FindReservationAsync(CancellationToken cancellationToken)
    {
        if (TakeUnbilled() is not { } unbilled)
        {
            return await ReserveAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_desk.Guard.IsCurrent(_attribution, unbilled))
        {
            return unbilled;
        }

        // What is sent now is billed now, and the window that it was reserved in may be over.
        await _desk.EndAsync(unbilled, null).ConfigureAwait(false);
        return await ReserveAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<BudgetReservation> ReserveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _desk.Guard.ReserveAsync(_attribution, _worst, cancellationToken).ConfigureAwait(false);
        }
        catch (BudgetExceededException refused)
        {
            // SDKs hide what a retry threw, or try again: the same request isn't asked for twice.
            lock (_gate)
            {
                _refusal ??= refused;
            }

            throw;
        }
    }

    private async ValueTask<RequestAttempt> AddAsync(BudgetReservation reservation)
    {
        var attempt = new RequestAttempt(this, reservation);
        lock (_gate)
        {
            if (!_isClosed)
            {
                _attempts.Add(attempt);
                return attempt;
            }
        }

        // The call ended meanwhile, so that nobody will settle this request.
        await _desk.EndAsync(reservation, reservation.Amount).ConfigureAwait(false);
        return attempt;
    }

    private RequestAttempt[] Close()
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _isClosed = true;
                HttpRequestObserver.RemoveCall();
            }

            return [.. _attempts];
        }
    }

    private async ValueTask EndAllAsync(RequestAttempt[] attempts, int answered, BudgetAmount? actual)
    {
        if (attempts.Length == 0)
        {
            await _desk.EndAsync(_first, actual).ConfigureAwait(false);
        }

        for (int index = 0; index < attempts.Length; index++)
        {
            RequestAttempt attempt = attempts[index];
            BudgetAmount? worst = attempt.MayBeBilled ? attempt.Reservation.Amount : null;
            await _desk.EndAsync(attempt.Reservation, index == answered ? actual : worst).ConfigureAwait(false);
        }
    }
}
