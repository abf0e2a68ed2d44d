using System.Collections.Concurrent;

namespace Magsag.Runtime.Calls;

/// <summary>Recognises answers that a cache inside the pipeline replays, usage and all, where the cache itself doesn't report hits (<see cref="CostTrackingCacheExtensions"/>).</summary>
/// <remarks>In doubt an answer is taken for a new one: to miss a hit reports too much, to see one too many would hide a cost.</remarks>
internal sealed class ReplayDetector
{
    private const int MostIds = 10_000;
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    // Which call an id was first seen in: all updates of one stream share theirs.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);

    public bool IsReplay(string? responseId, DateTimeOffset? createdAt, object? raw, DateTimeOffset started)
    {
        if (responseId is null)
        {
            return false;
        }

        if (_seen.Count >= MostIds)
        {
            _seen.Clear();
        }

        bool isOld = raw is null && createdAt < started - ClocksDiffer;
        return _seen.GetOrAdd(responseId, started) != started || isOld;
    }
}
