namespace Magsag.Runtime;

/// <summary>Asks the thread that writes the files of runs to tell when it has done all that was asked before.</summary>
internal sealed class RunFilesRequest(bool allSummaries)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether to write the summaries of all open runs before: the process may end.</summary>
    public bool AllSummaries => allSummaries;

    public Task Done => _done.Task;

    public void Finish() => _done.TrySetResult();
}
