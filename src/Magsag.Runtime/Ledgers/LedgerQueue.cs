using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Magsag.Runtime.Ledgers;

/// <summary>The ledger's bounded queue: any number of threads put items in, one thread takes them out, in order.</summary>
/// <remarks>
/// Of the channel only the calls that never wait are used. Its waits resume on the thread pool, which callers may block as a whole;
/// the thread that takes sleeps on an event instead, until enough items are there, one of them is urgent, or its time is over.
/// The bound is kept here: a bounded channel makes the thread that takes contend with all callers for its lock.
/// </remarks>
internal sealed class LedgerQueue
{
    private const long Never = long.MaxValue;

    private readonly Channel<object> _items = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ManualResetEventSlim _wake = new(initialState: false, spinCount: 0);
    private long _added;
    private long _taken;
    private long _wakeAt = Never;
    private int _isUrgent;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="capacity">How many items may wait.</param>
    public LedgerQueue(int capacity) => Capacity = capacity;

    public int Capacity { get; }

    /// <summary>Adds an item; false when the queue is full or closed.</summary>
    public bool TryAdd(object item)
    {
        // A full fence: either this sees when to wake the sleeper, or the sleeper sees that an item is coming.
        long added = Interlocked.Increment(ref _added);
        if (added - Volatile.Read(ref _taken) > Capacity || !_items.Writer.TryWrite(item))
        {
            Interlocked.Decrement(ref _added);
            return false;
        }

        if (added >= Volatile.Read(ref _wakeAt) && Interlocked.Exchange(ref _wakeAt, Never) != Never)
        {
            _wake.Set();
        }

        return true;
    }

    /// <summary>Takes the oldest item; false when there is none. Only for the one thread that takes.</summary>
    public bool TryTake([MaybeNullWhen(false)] out object item)
    {
        if (!_items.Reader.TryRead(out item))
        {
            return false;
        }

        Volatile.Write(ref _taken, _taken + 1);
        return true;
    }

    /// <summary>Lets no more items in; those that are in can still be taken.</summary>
    public void Close() => _items.Writer.TryComplete();

    /// <summary>Wakes the thread that takes, or keeps it from sleeping the next time.</summary>
    public void Wake()
    {
        Volatile.Write(ref _isUrgent, 1);
        _wake.Set();
    }

    /// <summary>Notes that the thread is awake. A full fence: what was added before a <see cref="Wake"/> is seen after it.</summary>
    public void ClearWake() => Interlocked.Exchange(ref _isUrgent, 0);

    /// <summary>Sleeps until so many items wait, <see cref="Wake"/> is called, or the time is over. Only for the one thread that takes.</summary>
    public void Sleep(int items, int milliseconds)
    {
        _wake.Reset();
        long wakeAt = _taken + items;
        Interlocked.Exchange(ref _wakeAt, wakeAt);
        if (Volatile.Read(ref _isUrgent) == 0 && Volatile.Read(ref _added) < wakeAt)
        {
            _wake.Wait(milliseconds);
        }

        Volatile.Write(ref _wakeAt, Never);
    }
}
