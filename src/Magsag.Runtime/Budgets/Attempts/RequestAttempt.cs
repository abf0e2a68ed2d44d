namespace Magsag.Runtime.Budgets.Attempts;

/// <summary>One request that is sent for a guarded call, and the reservation that covers it.</summary>
internal sealed class RequestAttempt(GuardedCall call, BudgetReservation reservation)
{
    private static readonly AsyncLocal<RequestAttempt?> InFlow = new();

    private readonly Lock _gate = new();
    private readonly List<object> _layers = [];
    private volatile bool _mayBeBilled = true;

    /// <summary>The attempt that the current flow is sending, for layers that see another object than the one that carries it.</summary>
    public static RequestAttempt? InFlight
    {
        get => InFlow.Value;
        set => InFlow.Value = value;
    }

    public GuardedCall Call => call;

    public BudgetReservation Reservation => reservation;

    /// <summary>The same request, as the guard around this one counts it.</summary>
    public RequestAttempt? Outer { get; set; }

    /// <summary>Whether the provider may bill it; false once it is known not to.</summary>
    public bool MayBeBilled => _mayBeBilled;

    /// <summary>Lets the request pass through a layer; false when it did so before, so that what comes now is a further request.</summary>
    public bool TryPass(object layer)
    {
        lock (_gate)
        {
            if (_layers.Contains(layer))
            {
                return false;
            }

            _layers.Add(layer);
            return true;
        }
    }

    /// <summary>Sends the request on from a layer, and notes how it ended there.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="send">Sends it.</param>
    /// <param name="statusOf">The HTTP status of an answer.</param>
    public async Task<TAnswer> SendAsync<TAnswer>(object layer, Func<Task<TAnswer>> send, Func<TAnswer, int> statusOf)
    {
        try
        {
            TAnswer answer = await send().ConfigureAwait(false);
            Answered(layer, statusOf(answer));
            return answer;
        }
        catch (Exception error)
        {
            Failed(layer, error);
            throw;
        }
    }

    /// <inheritdoc cref="SendAsync"/>
    public TAnswer Send<TAnswer>(object layer, Func<TAnswer> send, Func<TAnswer, int> statusOf)
    {
        try
        {
            TAnswer answer = send();
            Answered(layer, statusOf(answer));
            return answer;
        }
        catch (Exception error)
        {
            Failed(layer, error);
            throw;
        }
    }

    /// <summary>Takes note of the answer's status, from the lowest layer that the request passed: below one that it is sent by again, others know better.</summary>
    public void Answered(object layer, int status)
    {
        if (BillableFailure.IsRefusal(status) && IsLowest(layer))
        {
            MarkUnbilled();
        }
    }

    /// <summary>Takes note of why no answer came, from the lowest layer that the request passed.</summary>
    public void Failed(object layer, Exception error)
    {
        if (BillableFailure.CountOf(error) == 0 && IsLowest(layer))
        {
            MarkUnbilled();
        }
    }

    private bool IsLowest(object layer)
    {
        lock (_gate)
        {
            return ReferenceEquals(_layers[^1], layer);
        }
    }

    /// <summary>Takes note that the provider doesn't bill it.</summary>
    public void MarkUnbilled()
    {
        _mayBeBilled = false;
        Outer?.MarkUnbilled();
    }
}
