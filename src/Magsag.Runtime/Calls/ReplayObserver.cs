namespace Magsag.Runtime.Calls;

/// <summary>Hears, above the layers that a call passes through, that a cassette answered it.</summary>
internal sealed class ReplayObserver
{
    private static readonly AsyncLocal<ReplayObserver?> Innermost = new();

    private volatile bool _isOver;

    /// <summary>The observer of the call that the current code is part of; null outside any.</summary>
    public static ReplayObserver? Current => Innermost.Value is { _isOver: false } observer ? observer : null;

    /// <summary>Whether the last attempt at the call was answered by a cassette.</summary>
    public bool IsReplayed { get; set; }

    public static ReplayObserver Begin()
    {
        var observer = new ReplayObserver();
        observer.Enter();
        return observer;
    }

    public void Enter() => Innermost.Value = this;

    public void Close() => _isOver = true;
}
