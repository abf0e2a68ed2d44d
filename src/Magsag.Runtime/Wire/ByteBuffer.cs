using System.Buffers;

namespace Magsag.Runtime.Wire;

/// <summary>Bytes that passed by, held in pooled memory up to a limit until the call has ended. They never leave the process's memory, and are wiped soon after.</summary>
internal sealed class ByteBuffer(int limit) : IDisposable
{
    private const int FirstSegment = 16 * 1024;
    private const int Segment = 64 * 1024;

    private static readonly SegmentPool Pool = new(Segment, mostFree: 64, TimeProvider.System);

    private readonly List<byte[]> _segments = [];
    private int _used;

    /// <summary>How many bytes are held.</summary>
    public int Length { get; private set; }

    /// <summary>Whether there was no room for some bytes, so that the held ones aren't all.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Takes bytes; false when there is no room for them.</summary>
    public bool Append(ReadOnlySpan<byte> bytes)
    {
        if (IsCut || bytes.Length > limit - Length)
        {
            IsCut = true;
            return false;
        }

        Length += bytes.Length;
        while (!bytes.IsEmpty)
        {
            if (_segments.Count == 0 || _used == _segments[^1].Length)
            {
                _segments.Add(_segments.Count == 0 ? ArrayPool<byte>.Shared.Rent(FirstSegment) : Pool.Rent());
                _used = 0;
            }

            int room = Math.Min(bytes.Length, _segments[^1].Length - _used);
            bytes[..room].CopyTo(_segments[^1].AsSpan(_used));
            _used += room;
            bytes = bytes[room..];
        }

        return true;
    }

    /// <summary>The first bytes, as many as lie together.</summary>
    public ReadOnlySpan<byte> Head() => _segments.Count == 0 ? [] : Held(0);

    /// <summary>The last bytes, at most so many.</summary>
    public byte[] Tail(int most)
    {
        var tail = new byte[Math.Min(most, Length)];
        int end = tail.Length;
        for (int index = _segments.Count - 1; end > 0; index--)
        {
            ReadOnlySpan<byte> segment = Held(index);
            int taken = Math.Min(end, segment.Length);
            segment[^taken..].CopyTo(tail.AsSpan(end - taken));
            end -= taken;
        }

        return tail;
    }

    /// <summary>All bytes that are held.</summary>
    public byte[] ToArray() => Tail(Length);

    /// <summary>Drops all bytes.</summary>
    public void Clear()
    {
        for (int index = _segments.Count - 1; index > 0; index--)
        {
            Pool.Return(_segments[index]);
        }

        if (_segments.Count > 0)
        {
            // Most bodies have no more than this.
            Held(0).Clear();
            ArrayPool<byte>.Shared.Return(_segments[0]);
        }

        _segments.Clear();
        (_used, Length, IsCut) = (0, 0, false);
    }

    public void Dispose() => Clear();

    private Span<byte> Held(int segment) => _segments[segment].AsSpan(0, segment == _segments.Count - 1 ? _used : _segments[segment].Length);
}
