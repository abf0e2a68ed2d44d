namespace Magsag.Runtime.Wire;

/// <summary>Memory for bytes that pass by. What was used is wiped a moment later, unless it is in use again by then: to wipe each stream's as it ends takes longer than to hold the stream.</summary>
/// <param name="size">The bytes of a segment.</param>
/// <param name="mostFree">How many segments are kept for the next stream; others are wiped at once.</param>
/// <param name="time">Tells when the moment is over.</param>
internal sealed class SegmentPool(int size, int mostFree, TimeProvider time)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Stack<byte[]> _used = new();
    private readonly Stack<byte[]> _wiped = new();
    private ITimer? _timer;

    /// <summary>A segment, whose bytes may be those of an earlier stream until they are written over.</summary>
    public byte[] Rent()
    {
        lock (_gate)
        {
            if (_used.TryPop(out byte[]? segment) || _wiped.TryPop(out segment))
            {
                return segment;
            }
        }

        return GC.AllocateUninitializedArray<byte>(size);
    }

    /// <summary>Takes a segment back.</summary>
    public void Return(byte[] segment)
    {
        lock (_gate)
        {
            if (_used.Count + _wiped.Count < mostFree)
            {
                _used.Push(segment);
                _timer ??= time.CreateTimer(static pool => ((SegmentPool)pool!).Wipe(), this, Moment, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        segment.AsSpan().Clear();
    }

    private void Wipe()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
            while (_used.TryPop(out byte[]? segment))
            {
                segment.AsSpan().Clear();
                _wiped.Push(segment);
            }
        }
    }
}
