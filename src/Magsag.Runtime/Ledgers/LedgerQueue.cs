using System.Numerics;
using System.Runtime.InteropServices;

namespace Magsag.Runtime;

/// <summary>A bounded queue that any number of threads put into without a lock and one thread takes from, in order.</summary>
/// <remarks>
/// Each slot says by its turn whose it is: twice the ticket of the thread that may fill it, and one more once it is filled.
/// A closed queue has a negative tail, so that what was put in before closing is taken and nothing is accepted after.
/// </remarks>
internal sealed class LedgerQueue
{
    private readonly Slot[] _slots;
    private readonly int _mask;
    private Position _tail;
    private Position _head;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="capacity">How many items may wait, rounded up to a power of two.</param>
    public LedgerQueue(int capacity)
    {
        _slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)capacity)];
        _mask = _slots.Length - 1;
        for (int ticket = 0; ticket < _slots.Length; ticket++)
        {
            _slots[ticket].Turn = 2L * ticket;
        }
    }

    public int Capacity => _slots.Length;

    /// <summary>The number of the item that will be put in next; negative when closed.</summary>
    public long Tail => Volatile.Read(ref _tail.Value);

    /// <summary>The number of the item that will be taken next.</summary>
    public long Head => _head.Value;

    /// <summary>Puts an item in and gives its number; false when the queue is full or closed.</summary>
    public bool TryPut(object item, out long ticket)
    {
        while (true)
        {
            ticket = Volatile.Read(ref _tail.Value);
            if (ticket < 0)
            {
                return false;
            }

            ref Slot slot = ref _slots[(int)ticket & _mask];
            long turn = Volatile.Read(ref slot.Turn);
            if (turn < 2 * ticket)
            {
                return false;
            }

            if (turn == 2 * ticket && Interlocked.CompareExchange(ref _tail.Value, ticket + 1, ticket) == ticket)
            {
                slot.Item = item;
                Volatile.Write(ref slot.Turn, turn + 1);
                return true;
            }
        }
    }

    /// <summary>Takes the oldest item; false when there is none. Only for the one thread that takes.</summary>
    public bool TryTake(out object item)
    {
        long ticket = _head.Value;
        ref Slot slot = ref _slots[(int)ticket & _mask];
        if (Volatile.Read(ref slot.Turn) != (2 * ticket) + 1)
        {
            item = null!;
            return false;
        }

        item = slot.Item!;
        slot.Item = null;
        Volatile.Write(ref slot.Turn, 2 * (ticket + _slots.Length));
        _head.Value = ticket + 1;
        return true;
    }

    /// <summary>Closes the queue if nothing waits in it; false when something does. Only for the one thread that takes.</summary>
    public bool TryClose() => Interlocked.CompareExchange(ref _tail.Value, long.MinValue, _head.Value) == _head.Value;

    private struct Slot
    {
        public long Turn;
        public object? Item;
    }

    // Two cache lines to itself: the one who takes and those who put in must not slow each other down.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Position
    {
        [FieldOffset(128)]
        public long Value;
    }
}
