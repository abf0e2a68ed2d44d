namespace Magsag.Runtime.Calls;

/// <summary>Counts the hits and misses of caches within one call.</summary>
internal sealed class CacheObserver
{
    private static readonly AsyncLocal<CacheObserver?> Innermost = new();

    private int _hits;
    private int _misses;

    /// <summary>The observer of the call that the current code is part of; null outside any.</summary>
    public static CacheObserver? Current => Innermost.Value;

    /// <summary>Whether caches had everything that the call asked them for.</summary>
    public bool AnsweredAll => _hits > 0 && _misses == 0;

    /// <summary>Whether the call is still running.</summary>
    public bool IsOpen { get; private set; } = true;

    public static CacheObserver Begin()
    {
        var observer = new CacheObserver();
        observer.Enter();
        return observer;
    }

    public void Enter() => Innermost.Value = this;

    public void Close() => IsOpen = false;

    public void Observe(bool hit) => Interlocked.Increment(ref hit ? ref _hits : ref _misses);
}
