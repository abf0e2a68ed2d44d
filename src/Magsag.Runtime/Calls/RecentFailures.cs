namespace Magsag.Runtime.Calls;

/// <summary>Recognises a retry that isn't marked as one: the same request again, shortly after it failed.</summary>
internal sealed class RecentFailures(TimeProvider time)
{
    private const int MostRemembered = 64;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly List<(int Request, DateTimeOffset At, CallLink Link)> _failures = [];
    private volatile bool _any;

    /// <summary>The id that an attempt shares with the failed ones before it; null when there are none and it didn't fail.</summary>
    /// <param name="request">Computes the hash of the request; asked only when it matters.</param>
    /// <param name="failed">Whether the attempt failed, so that another may follow.</param>
    public string? IdOf(Func<int> request, bool failed)
    {
        // Nearly always nothing failed, and calls must not wait for each other.
        if (!failed && !_any)
        {
            return null;
        }

        int hash = request();
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            _failures.RemoveAll(failure => now - failure.At > Memory);
            int found = _failures.FindIndex(failure => failure.Request == hash);
            CallLink link = found < 0 ? new CallLink() : _failures[found].Link;
            if (found >= 0)
            {
                _failures.RemoveAt(found);
            }

            if (failed)
            {
                Remember((hash, now, link));
            }

            _any = _failures.Count > 0;

            return link.IdOf(failed);
        }
    }

    private void Remember((int Request, DateTimeOffset At, CallLink Link) failure)
    {
        if (_failures.Count == MostRemembered)
        {
            _failures.RemoveAt(0);
        }

        _failures.Add(failure);
    }
}
