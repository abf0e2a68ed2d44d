namespace Magsag.Storage;

/// <summary>How a batch changes the number of runs per day: a run that turns out to have begun earlier or ended otherwise moves.</summary>
internal sealed class RunDayChanges
{
    private readonly Dictionary<RunDay, (long Runs, long Successful)> _changes = [];

    public IEnumerable<KeyValuePair<RunDay, (long Runs, long Successful)>> All => _changes.Where(static change => change.Value != default);

    public void Move(RunState? before, in RunState after)
    {
        if (before is { } known)
        {
            Add(known, -1);
        }

        Add(after, 1);
    }

    private void Add(in RunState run, int sign)
    {
        (long runs, long successful) = _changes.GetValueOrDefault(RunDay.Of(run));
        _changes[RunDay.Of(run)] = (runs + sign, successful + (run.IsSuccessful ? sign : 0));
    }
}
