using System.Collections.Concurrent;

namespace Magsag.Runtime.Recording;

/// <summary>Keeps the calls back whose answers a provider goes on working at (OpenAI's background mode), until someone asks for the answer and it is there.</summary>
/// <remarks>
/// One call is one record, and asking again costs nothing. What nobody asks for before the ledger ends is recorded then, of unknown cost.
/// An answer that another process began isn't known here: that one's record says that its cost is unknown.
/// </remarks>
internal sealed class UnfinishedAnswers
{
    private const int Most = 1_000;

    private static int _count;

    private readonly ConcurrentDictionary<string, CallObservation> _calls = new(StringComparer.Ordinal);

    /// <summary>Whether any call of this process waits for its answer: as long as none does, nothing has to look for it.</summary>
    public static bool Any => Volatile.Read(ref _count) > 0;

    /// <summary>Whether a call waits for the answer with an id.</summary>
    public bool Knows(string id) => _calls.ContainsKey(id);

    /// <summary>Keeps a call back; false when it can't be, so that it is to be recorded as it is.</summary>
    public bool TryKeep(string id, in CallObservation call)
    {
        if (_calls.Count >= Most || !_calls.TryAdd(id, call))
        {
            return false;
        }

        Interlocked.Increment(ref _count);
        return true;
    }

    /// <summary>The call that waited for an answer which is there now, with what the answer says; null when none did.</summary>
    public CallObservation? Finish(string id, in CallObservation answer)
    {
        if (!_calls.TryRemove(id, out CallObservation call))
        {
            return null;
        }

        Interlocked.Decrement(ref _count);
        return call with
        {
            IsUnfinished = false,
            Model = answer.Model ?? call.Model,
            Outcome = answer.Outcome,
            Usage = answer.Usage,
            IsCounted = answer.IsCounted,
            UsageIssue = answer.UsageIssue,
            KnownCostUsd = answer.KnownCostUsd,
            OtherModels = answer.OtherModels,
            ServiceTier = answer.ServiceTier ?? call.ServiceTier,
            Region = answer.Region ?? call.Region,
            DurationMilliseconds = (DateTimeOffset.UtcNow - call.Started).TotalMilliseconds,
        };
    }

    /// <summary>All calls that still wait; they wait no longer.</summary>
    public IReadOnlyList<CallObservation> TakeAll()
    {
        var left = new List<CallObservation>();
        foreach (string id in _calls.Keys)
        {
            if (_calls.TryRemove(id, out CallObservation call))
            {
                Interlocked.Decrement(ref _count);
                left.Add(call with { IsUnfinished = false });
            }
        }

        return left;
    }
}
