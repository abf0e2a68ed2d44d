namespace Magsag.Runtime.Tests;

public sealed class SegmentPoolTests
{
    private readonly FiredTime _time = new();

    [Fact]
    public void What_was_used_is_wiped_after_a_moment()
    {
        var pool = new SegmentPool(8, mostFree: 4, _time);
        byte[] segment = pool.Rent();
        segment.AsSpan().Fill(7);

        pool.Return(segment);
        _time.Fire();

        Assert.Equal(new byte[8], segment);
        Assert.Same(segment, pool.Rent());
    }

    [Fact]
    public void What_is_in_use_again_by_then_stays_as_it_is()
    {
        var pool = new SegmentPool(8, mostFree: 4, _time);
        byte[] segment = pool.Rent();
        pool.Return(segment);

        Assert.Same(segment, pool.Rent());
        segment.AsSpan().Fill(7);
        _time.Fire();

        Assert.All(segment, static value => Assert.Equal(7, value));
    }

    [Fact]
    public void Each_moment_wipes_anew()
    {
        var pool = new SegmentPool(8, mostFree: 4, _time);
        for (int moment = 0; moment < 3; moment++)
        {
            byte[] segment = pool.Rent();
            segment.AsSpan().Fill(7);
            pool.Return(segment);
            _time.Fire();

            Assert.Equal(new byte[8], segment);
        }
    }

    [Fact]
    public void What_there_is_no_room_for_is_wiped_at_once()
    {
        var pool = new SegmentPool(8, mostFree: 1, _time);
        byte[] kept = pool.Rent();
        byte[] other = pool.Rent();
        other.AsSpan().Fill(7);

        pool.Return(kept);
        pool.Return(other);

        Assert.Equal(new byte[8], other);
    }

    /// <summary>Timers that fire when the test says.</summary>
    private sealed class FiredTime : TimeProvider
    {
        private readonly List<Action> _due = [];

        public void Fire()
        {
            Action[] due = [.. _due];
            _due.Clear();
            Array.ForEach(due, static fire => fire());
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _due.Add(() => callback(state));
            return new NoTimer();
        }

        private sealed class NoTimer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
