namespace Magsag.Runtime;

/// <summary>Wakes the thread that writes the ledger: at a certain item, at once, or after a while. Costs those who put items in one comparison while the thread needn't wake.</summary>
internal sealed class WriterAlarm
{
    private const long Never = long.MaxValue;

    private readonly ManualResetEventSlim _ring = new(initialState: false, spinCount: 0);
    private long _wakeAt = Never;
    private int _urgent;

    /// <summary>Says that an item was put in. Taking its ticket was a full fence: either this sees where to wake, or the sleeper sees the ticket.</summary>
    public void Arrived(long ticket)
    {
        if (ticket >= Volatile.Read(ref _wakeAt) && Interlocked.Exchange(ref _wakeAt, Never) != Never)
        {
            _ring.Set();
        }
    }

    /// <summary>Wakes the thread, or keeps it from sleeping the next time.</summary>
    public void WakeNow()
    {
        Volatile.Write(ref _urgent, 1);
        _ring.Set();
    }

    /// <summary>Sleeps until the queue's tail passes <paramref name="ticket"/>, somebody is in a hurry, or the time is over.</summary>
    public void Sleep(LedgerQueue queue, long ticket, int milliseconds)
    {
        _ring.Reset();
        Interlocked.Exchange(ref _wakeAt, ticket);
        if (Volatile.Read(ref _urgent) == 0 && queue.Tail <= ticket)
        {
            _ring.Wait(milliseconds);
        }

        Volatile.Write(ref _wakeAt, Never);
    }

    /// <summary>Takes notice of a hurry. A full fence: what was put in before it is seen after it.</summary>
    public void Noticed() => Interlocked.Exchange(ref _urgent, 0);
}
