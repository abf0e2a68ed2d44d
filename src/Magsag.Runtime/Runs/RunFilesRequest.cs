namespace Magsag.Runtime.Runs;

/// <summary>A flush of the files of runs: completes when all that was asked before it is written.</summary>
internal sealed class RunFilesRequest(bool allSummaries)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether to write the summaries of all open runs before: the process may end.</summary>
    public bool AllSummaries => allSummaries;

    public Task Done => _done.Task;

    public void Finish() => _done.TrySetResult();
}
