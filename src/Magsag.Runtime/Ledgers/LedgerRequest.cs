using Magsag.Gating;

namespace Magsag.Runtime;

/// <summary>What waits in the ledger's queue with someone waiting for it: an acknowledged record, a run to summarise, or only the wish to hear that all before it is done.</summary>
internal sealed class LedgerRequest(LedgerRecord? record = null, string? runToSummarise = null)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LedgerRecord? Record => record;

    public string? RunToSummarise => runToSummarise;

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
}
