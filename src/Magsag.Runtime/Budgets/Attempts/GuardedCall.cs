using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Magsag.Ledger.Records;

namespace Magsag.Runtime.Budgets.Attempts;

/// <summary>One call that a guard let through, with a reservation for each request that is sent for it.</summary>
/// <remarks>
/// SDKs retry inside one call, and a provider may bill every attempt. The first request takes the reservation that the call was admitted with;
/// each further one takes a reservation that is known not to have been billed, or makes one, and is refused when there is no room.
/// The call flows like any <see cref="AsyncLocal{T}"/> to the layers that see requests: <see cref="HttpRequestObserver"/>, <see cref="CostTrackingHandler"/> and <see cref="CostTrackingPolicy"/>.
/// </remarks>
internal sealed class GuardedCall
{
    private static readonly AsyncLocal<GuardedCall?> Innermost = new();

    private readonly Lock _gate = new();
    private readonly BudgetAdmission _admission;
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
    /// <param name="admission">Makes and ends reservations.</param>
    /// <param name="attribution">Whom the call is attributed to.</param>
    /// <param name="first">What the call was admitted with: the worst case of one request.</param>
    /// <param name="provider">Where the client sends its requests; null when it doesn't say.</param>
    public GuardedCall(BudgetAdmission admission, CallAttribution attribution, BudgetReservation first, Uri? provider)
    {
        (_admission, _attribution, _first, _provider, _worst) = (admission, attribution, first, provider, first.Amount);

        // A guard around another one counts the same requests in its own store; the same guard would count them twice.
        _outer = Current is { } outer && outer._admission.Guard != admission.Guard ? outer : null;
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
            if (call._admission.Guard == guard)
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

    /// <summary>Does a synchronous part of the call, and leaves the caller's flow as it was.</summary>
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

    /// <summary>Makes the call and settles what its answer took, or its worst case when it failed after it may have been billed.</summary>
    /// <param name="ask">Makes the call.</param>
    /// <param name="taken">Says what an answer took.</param>
    public async Task<TAnswer> AskAsync<TAnswer>(Func<Task<TAnswer>> ask, Func<TAnswer, BudgetAmount> taken)
    {
        TAnswer answer;
        try
        {
            Enter();
            answer = await ask().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await FailAsync(error).ConfigureAwait(false);
            ThrowRefusalOr(error);
            throw;
        }

        await SucceedAsync(taken(answer)).ConfigureAwait(false);
        return answer;
    }

    /// <summary>Makes a call whose answer is streamed, and settles what the stream took when it ends, breaks off, or its reader stops.</summary>
    /// <param name="ask">Makes the call.</param>
    /// <param name="used">What the stream has used so far.</param>
    /// <param name="add">Adds a piece of the stream to <paramref name="used"/>; may stop the stream by throwing.</param>
    /// <param name="taken">Says what the stream took.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async IAsyncEnumerable<TUpdate> StreamAsync<TUpdate>(Func<IAsyncEnumerable<TUpdate>> ask, UsageAccumulator used, Action<TUpdate> add, Func<BudgetAmount> taken, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Exception? failure = null;
        Enter();
        IAsyncEnumerator<TUpdate> updates = ask().GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                try
                {
                    Enter();
                    if (!await updates.MoveNextAsync().ConfigureAwait(false))
                    {
                        used.Finish();
                        break;
                    }
                }
                catch (Exception error)
                {
                    failure = error;
                    ThrowRefusalOr(error);
                }

                add(updates.Current);
                yield return updates.Current;
            }
        }
        finally
        {
            // A reader that stops doesn't stop the bill: unless the usage of the whole answer is known, the worst case is what the stream took.
            await (failure is null || used.HasBegun ? SucceedAsync(taken()) : FailAsync(failure)).ConfigureAwait(false);
            await updates.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Finds a reservation for a request that a layer is about to send, unless a layer above did; null when the call can't be billed for it.</summary>
    /// <exception cref="BudgetExceededException">A limit has no room for it; it must not be sent.</exception>
    public async ValueTask<RequestAttempt?> BeginAsync(object layer, OutgoingRequest request, CancellationToken cancellationToken) =>
        IsBillable(request) ? PassedDown(layer, request.Carried) ?? await AddAttemptAsync(layer, request.Carried, cancellationToken).ConfigureAwait(false) : null;

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

        int billed = _admission.HasSeenRequests && !BillableFailure.IsTransport(error) ? 0 : BillableFailure.CountOf(error);
        return EndAllAsync(attempts, answered: -1, billed == 0 ? null : new BudgetAmount(_worst.Usd * billed, billed, _worst.Tokens * billed));
    }

    // SDKs hide what a retry threw among what its attempts threw; the app must learn that a limit was reached.
    private void ThrowRefusalOr(Exception error) => ExceptionDispatchInfo.Throw(Refusal ?? error);

    private static ReadOnlySpan<char> PlainName(string model) => model.AsSpan(model.LastIndexOf('/') + 1);

    // What another call's request carries says nothing of this one's.
    private RequestAttempt? PassedDown(object layer, RequestAttempt? carried) => carried is not null && carried.Call == this && carried.TryPass(layer) ? carried : null;

    /// <summary>Waits where the app sends synchronously.</summary>
    public static T Wait<T>(ValueTask<T> begun) => begun.IsCompleted ? begun.GetAwaiter().GetResult() : begun.AsTask().GetAwaiter().GetResult();

    /// <inheritdoc cref="Wait{T}(ValueTask{T})"/>
    public static void Wait(ValueTask begun) => begun.AsTask().GetAwaiter().GetResult();

    // A form asks for a token of access, never for those that are billed.
    private bool IsBillable(in OutgoingRequest request) =>
        request is { Method: "POST", Address: { IsAbsoluteUri: true } address } && request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true
        && (_provider is null || string.Equals(address.IdnHost, _provider.IdnHost, StringComparison.OrdinalIgnoreCase) || WireApi.At(address) is not null);

    private async ValueTask<RequestAttempt> AddAttemptAsync(object layer, RequestAttempt? carried, CancellationToken cancellationToken)
    {
        RequestAttempt attempt = await AddAsync(await FindReservationAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        attempt.TryPass(layer);
        try
        {
            attempt.Outer = _outer is null ? null : _outer.PassedDown(layer, carried) ?? await _outer.AddAttemptAsync(layer, carried, cancellationToken).ConfigureAwait(false);
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

            _admission.HasSeenRequests = true;
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

        if (_admission.Guard.IsCurrent(_attribution, unbilled))
        {
            return unbilled;
        }

        // What is sent now is billed now, and the window that it was reserved in may be over.
        await _admission.EndAsync(unbilled, null).ConfigureAwait(false);
        return await ReserveAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<BudgetReservation> ReserveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _admission.Guard.ReserveAsync(_attribution, _worst, cancellationToken).ConfigureAwait(false);
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

        // The call ended meanwhile: its end doesn't settle this request.
        await _admission.EndAsync(reservation, reservation.Amount).ConfigureAwait(false);
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
            await _admission.EndAsync(_first, actual).ConfigureAwait(false);
        }

        for (int index = 0; index < attempts.Length; index++)
        {
            RequestAttempt attempt = attempts[index];
            BudgetAmount? worst = attempt.MayBeBilled ? attempt.Reservation.Amount : null;
            await _admission.EndAsync(attempt.Reservation, index == answered ? actual : worst).ConfigureAwait(false);
        }
    }
}
