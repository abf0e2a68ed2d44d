using Magsag.Ledger.Records;

namespace Magsag.Runtime.Ledgers;

/// <summary>An item of the ledger's queue whose completion is awaited: an acknowledged record, the start of the ledger's file, or a flush of all that was queued before it.</summary>
internal sealed class LedgerRequest(LedgerRecord? record = null, bool beginsFile = false)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LedgerRecord? Record => record;

    /// <summary>Whether the ledger's file is to be begun though there is no record yet.</summary>
    public bool BeginsFile => beginsFile;

    public Task Done => _done.Task;

    /// <summary>Tells the one who waits; a failure concerns only those who wait for a record.</summary>
    public void Finish(string runsDirectory, Exception? failure)
    {
        if (failure is null || record is null)
        {
            _done.TrySetResult();
        }
        else
        {
            _done.TrySetException(new IOException($"The record couldn't be written below {runsDirectory}: {failure.Message}", failure));
        }
    }

    /// <summary>Waits until it is done or the time is over. Needs no thread of the pool, and throws nothing: who waits this way can't help a failure.</summary>
    public void Wait(TimeSpan patience)
    {
        try
        {
            _done.Task.Wait(patience);
        }
        catch (AggregateException)
        {
            // The writer has counted and logged it.
        }
    }
}
