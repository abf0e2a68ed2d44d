namespace Magsag.Runtime;

/// <summary>Hears from caches whether they answered the call that is running.</summary>
internal sealed class CacheWatch
{
    private static readonly AsyncLocal<CacheWatch?> Innermost = new();

    private int _hits;
    private int _misses;

    /// <summary>The watch of the call that the current code is part of; null outside any.</summary>
    public static CacheWatch? Current => Innermost.Value;

    /// <summary>Whether caches had everything that the call asked them for.</summary>
    public bool AnsweredAll => _hits > 0 && _misses == 0;

    /// <summary>Whether the call is still running.</summary>
    public bool IsOpen { get; private set; } = true;

    public static CacheWatch Begin()
    {
        var watch = new CacheWatch();
        watch.Enter();
        return watch;
    }

    public void Enter() => Innermost.Value = this;

    public void Close() => IsOpen = false;

    public void Hear(bool hit) => Interlocked.Increment(ref hit ? ref _hits : ref _misses);
}
