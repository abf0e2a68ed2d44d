namespace Magsag.Storage.Tests;

/// <summary>A clock that a test sets, as an administrator would; what passes by its timestamps is told apart from that.</summary>
internal sealed class JumpingClock(DateTimeOffset now) : TimeProvider
{
    private long _passed;

    public DateTimeOffset Now { get; set; } = now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time)
    {
        Now += time;
        _passed += time.Ticks;
    }

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => _passed;

    /// <summary>Nothing comes due by itself.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
