using System.Diagnostics;
using System.Runtime.CompilerServices;
using Magsag.Ledger.Records;

namespace Magsag.Runtime.Recording;

/// <summary>One call through a pipeline while it runs: layers below report their attempts to it, and caches their hits.</summary>
internal sealed class RecordedCall
{
    private readonly CostRecorder _recorder;
    private readonly ClientIdentity _client;
    private readonly string _operation;
    private readonly string? _requestedModel;
    private readonly CallSite? _site;
    private readonly CallCorrelation? _correlation = CallCorrelation.Open();
    private readonly CacheObserver _cache = CacheObserver.Begin();
    private readonly ReplayObserver _replay = ReplayObserver.Begin();
    private readonly long _clock = Stopwatch.GetTimestamp();

    public RecordedCall(CostRecorder recorder, ClientIdentity client, string operation, string? model, CallSite? site)
    {
        _recorder = recorder;
        _client = client;
        _operation = operation;
        _requestedModel = model ?? client.DefaultModel;
        _site = site;
        recorder.Begin();
    }

    public DateTimeOffset Started { get; } = DateTimeOffset.UtcNow;

    /// <summary>Whether a layer below sees the call, too, and reads its answer.</summary>
    public bool IsSeenBelow => _correlation?.HasAttempts == true;

    /// <summary>Computes a hash that is equal for another attempt at the same call; null when there is none.</summary>
    public Func<int>? Fingerprint { get; init; }

    /// <summary>Makes a call and records it, or how it failed.</summary>
    // Async from the start: what flows with the call must not stay in the caller's flow.
    public static async Task<TAnswer> AnswerAsync<TAnswer>(CostRecorder recorder, ClientIdentity client, string operation, string? model, CallSite? site, Func<Task<TAnswer>> make, Func<TAnswer, RecordedCall, CallAnswer> describe, Func<int>? fingerprint = null)
    {
        var call = new RecordedCall(recorder, client, operation, model, site) { Fingerprint = fingerprint };
        TAnswer answer;
        try
        {
            answer = await make().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            call.End(OutcomeOf(error), default(CallAnswer));
            throw;
        }

        call.End(CallOutcome.Ok, () => describe(answer, call));
        return answer;
    }

    /// <summary>Passes a stream on and records the call when it ends, breaks off, or its reader stops.</summary>
    public async IAsyncEnumerable<TUpdate> StreamAsync<TUpdate>(IAsyncEnumerable<TUpdate> source, Func<CallOutcome, CallAnswer> describe, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Until the stream's end is seen, a reader that simply stops has cancelled it.
        CallOutcome outcome = CallOutcome.Cancelled;
        IAsyncEnumerator<TUpdate> updates = source.GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                try
                {
                    Enter();
                    if (!await updates.MoveNextAsync().ConfigureAwait(false))
                    {
                        outcome = CallOutcome.Ok;
                        break;
                    }
                }
                catch (Exception error)
                {
                    outcome = OutcomeOf(error);
                    throw;
                }

                yield return updates.Current;
            }
        }
        finally
        {
            try
            {
                await updates.DisposeAsync().ConfigureAwait(false);
            }
            finally
            {
                End(outcome, () => describe(outcome));
            }
        }
    }

    // Before each step: what an async iterator sets in its flow is gone when it yields.
    private void Enter()
    {
        _correlation?.Enter();
        _cache.Enter();
        _replay.Enter();
    }

    /// <summary>Ends the call and records it. What can't be read of its answer is unknown; nothing is thrown.</summary>
    private void End(CallOutcome outcome, Func<CallAnswer> describe)
    {
        CallAnswer answer = default;
        try
        {
            answer = describe();
        }
        catch (Exception error)
        {
            _recorder.ReportFault(error);
        }

        End(outcome, answer);
    }

    private static CallOutcome OutcomeOf(Exception error) => error is OperationCanceledException ? CallOutcome.Cancelled : CallOutcome.Error;

    private void End(CallOutcome outcome, in CallAnswer answer)
    {
        try
        {
            Record(outcome, answer);
        }
        catch (Exception error)
        {
            _recorder.ReportFault(error);
        }
        finally
        {
            _recorder.End();
        }
    }

    private void Record(CallOutcome outcome, in CallAnswer answer)
    {
        _cache.Close();
        _replay.Close();
        bool isHit = outcome == CallOutcome.Ok && !_replay.IsReplayed && (answer.IsReplay || _cache.AnsweredAll);
        var call = new CallObservation
        {
            Operation = _operation,
            Provider = _client.Provider,
            Model = answer.Model,
            RequestedModel = _requestedModel,
            Outcome = isHit ? CallOutcome.CacheHit : outcome,
            Usage = answer.Used.Usage,
            IsCounted = answer.Used.IsCounted,
            UsageIssue = answer.Used.Issue,
            KnownCostUsd = answer.KnownCostUsd,
            OtherModels = answer.OtherModels,
            ServiceTier = answer.ServiceTier,
            Region = answer.Region,
            AnswerId = answer.Id,
            IsUnfinished = answer.IsUnfinished,
            IsPoll = answer.IsPoll,
            CallId = Fingerprint is { } fingerprint ? _recorder.Failures.IdOf(fingerprint, outcome == CallOutcome.Error) : null,
            IsReplayed = _replay.IsReplayed,
            Started = Started,
            DurationMilliseconds = Stopwatch.GetElapsedTime(_clock).TotalMilliseconds,
            Site = _site,
        };
        if (_correlation is not { } correlation)
        {
            _recorder.Record(call);
            return;
        }

        foreach (CallObservation attempt in AttemptsAt(call, correlation))
        {
            _recorder.Record(attempt);
        }
    }

    private IReadOnlyList<CallObservation> AttemptsAt(in CallObservation call, CallCorrelation correlation)
    {
        try
        {
            return correlation.Close(call);
        }
        catch (Exception error)
        {
            // What layers below saw of it can't be read; what was seen here can.
            _recorder.ReportFault(error);
            return [call];
        }
    }
}
