using Magsag.Ledger.Records;

namespace Magsag.Runtime.Calls;

/// <summary>
/// Correlates the layers that see one logical call. The outermost opens it; those below hand their attempts over to it instead of recording them,
/// so that every billed request is recorded once, with what all layers know of it.
/// </summary>
/// <remarks>
/// The middleware knows who calls and why; the wire knows what each attempt was billed. A retry below the middleware is an attempt of its own.
/// A correlation flows with the call like any <see cref="AsyncLocal{T}"/>, so that concurrent calls never meet in one.
/// </remarks>
internal sealed class CallCorrelation
{
    private static readonly AsyncLocal<CallCorrelation?> Innermost = new();
    private static volatile bool _isNeeded;

    private readonly Lock _gate = new();
    private readonly List<ICallAttempt> _attempts = [];
    private bool _closed;

    private CallCorrelation()
    {
    }

    /// <summary>The open correlation of the call that the current code is part of; null outside any.</summary>
    public static CallCorrelation? Current => Innermost.Value is { _closed: false } correlation ? correlation : null;

    /// <summary>Says that this process records below the middleware, too. Until then no correlation is opened, since it would cost something for nothing.</summary>
    public static void Need() => _isNeeded = true;

    /// <summary>Opens a correlation in the current flow; null while no layer below could join it.</summary>
    public static CallCorrelation? Open()
    {
        if (!_isNeeded)
        {
            return null;
        }

        var correlation = new CallCorrelation();
        correlation.Enter();
        SpanCorrelation.CoverCurrent();
        return correlation;
    }

    /// <summary>Makes the correlation the current flow's again. An async iterator needs that before each step: what it sets is gone when it yields.</summary>
    public void Enter() => Innermost.Value = this;

    /// <summary>Whether a layer below sees the call, too.</summary>
    public bool HasAttempts
    {
        get
        {
            lock (_gate)
            {
                return _attempts.Count > 0;
            }
        }
    }

    /// <summary>Takes an attempt over; false when the call has ended, so that the attempt is on its own.</summary>
    public bool TryJoin(ICallAttempt attempt)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _attempts.Add(attempt);
            }

            return !_closed;
        }
    }

    /// <summary>Removes an attempt that a layer further down sees better.</summary>
    public void Leave(ICallAttempt attempt)
    {
        lock (_gate)
        {
            _attempts.Remove(attempt);
        }
    }

    /// <summary>Ends the call.</summary>
    /// <param name="own">What the layer that opened the correlation saw of it.</param>
    /// <returns>What is to be recorded: the attempts, completed by what only the opener knows, or the opener's view when there were none.</returns>
    public IReadOnlyList<CallObservation> Close(in CallObservation own)
    {
        ICallAttempt[] attempts;
        lock (_gate)
        {
            _closed = true;
            attempts = [.. _attempts];
        }

        if (attempts.Length == 0)
        {
            return [own];
        }

        string? callId = own.CallId ?? (attempts.Length > 1 ? RecordId.New(DateTimeOffset.UtcNow).ToString() : null);
        var observations = new List<CallObservation>(attempts.Length);
        foreach (ICallAttempt attempt in attempts)
        {
            CallObservation seen = attempt.Finish();
            if (!seen.IsFree)
            {
                observations.Add(Complete(seen, own) with { CallId = callId });
            }
        }

        if (observations.Count == 0)
        {
            return [own];
        }

        observations[^1] = CompleteLast(observations[^1], own);
        return observations;
    }

    private static CallObservation Complete(in CallObservation attempt, in CallObservation own) => attempt with
    {
        Operation = own.Operation,
        Provider = attempt.Provider ?? own.Provider,
        RequestedModel = attempt.RequestedModel ?? own.RequestedModel,
        Site = own.Site ?? attempt.Site,
        Scope = own.Scope ?? attempt.Scope,
    };

    // The last attempt is the one that the opener saw the answer of.
    private static CallObservation CompleteLast(in CallObservation last, in CallObservation own)
    {
        // Of an answer that broke off, adapters report what it began with, where the output is a placeholder.
        bool knowsBetter = own.Usage is not null && (last.Usage is null || (last.IsCounted && !own.IsCounted && last.Outcome == CallOutcome.Ok && own.Outcome == CallOutcome.Ok));
        return last with
        {
            Model = last.Model ?? own.Model,
            Outcome = last.Outcome == CallOutcome.Ok ? own.Outcome : last.Outcome,
            ServiceTier = last.ServiceTier ?? own.ServiceTier,
            Usage = knowsBetter ? own.Usage : last.Usage,
            IsCounted = knowsBetter ? own.IsCounted : last.IsCounted,

            // What contradicts an adapter's figures needn't contradict those that it made them of.
            UsageIssue = knowsBetter ? own.UsageIssue : last.UsageIssue ?? (Metering.UsageIssue.IsLowerBound(own.UsageIssue) ? null : own.UsageIssue),
        };
    }
}
