namespace Magsag.Ledger.Summaries;

/// <summary>Runs of summaries that are added up: shards of a test run may each have calls of the same run.</summary>
/// <remarks>A summary says how many of its runs succeeded, not which. Of several that name a run, the one with its latest calls decides about it.</remarks>
internal sealed class SummarisedRuns
{
    private readonly List<Part> _parts = [];
    private readonly Dictionary<string, Owner> _owners = new(StringComparer.Ordinal);

    /// <summary>How many runs there are, each once.</summary>
    public long Count => _parts.Sum(static part => part.Remaining);

    /// <summary>How many of them succeeded; where a summary doesn't tell which of its runs did, at least so many.</summary>
    public long SuccessfulTasks => _parts.Sum(static part => part.SuccessfulTasks);

    public void Add(CostSummary summary)
    {
        var part = new Part(summary.Runs, summary.SuccessfulTasks);
        _parts.Add(part);
        foreach (IGrouping<string, RunSpend> run in summary.Spend.Where(static spend => spend.RunId is not null).GroupBy(static spend => spend.RunId!, StringComparer.Ordinal))
        {
            var owner = new Owner(run.Max(static spend => spend.Start), summary.To ?? default, part);
            if (!_owners.TryGetValue(run.Key, out Owner known))
            {
                _owners[run.Key] = owner;
                continue;
            }

            bool isLater = (owner.Start, owner.To).CompareTo((known.Start, known.To)) >= 0;
            (isLater ? known : owner).Part.Lost++;
            _owners[run.Key] = isLater ? owner : known;
        }
    }

    private readonly record struct Owner(DateTimeOffset Start, DateTimeOffset To, Part Part);

    private sealed class Part(long runs, long successfulTasks)
    {
        /// <summary>Runs that another summary decides about.</summary>
        public long Lost { get; set; }

        public long Remaining => Math.Max(0, runs - Lost);

        public long SuccessfulTasks => successfulTasks >= runs ? Remaining : Math.Min(Remaining, Math.Max(0, successfulTasks - Lost));
    }
}
