using Magsag.Runtime;

namespace Magsag.Storage.Budgets.Slices;

/// <summary>All that a process asks the database at once: claims that need room, and slices that are renewed or given back.</summary>
internal sealed class SliceRound(DateTimeOffset time, long timestamp)
{
    private readonly Dictionary<BudgetSlice, SliceReport> _reports = [];

    /// <summary>The callers' time.</summary>
    public DateTimeOffset Time { get; } = time;

    /// <summary>When it began, by this process's own measure of time.</summary>
    public long Timestamp { get; } = timestamp;

    public List<SliceDemand> Demands { get; } = [];

    public IReadOnlyCollection<SliceReport> Reports => _reports.Values;

    public SliceReport Report(BudgetSlice slice)
    {
        if (!_reports.TryGetValue(slice, out SliceReport? report))
        {
            _reports[slice] = report = new SliceReport(slice);
        }

        return report;
    }

    /// <summary>From which slot on each account has to be known.</summary>
    public Dictionary<string, long> Reach()
    {
        var reach = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (BudgetLine line in Demands.SelectMany(static demand => demand.Claim.Lines).Concat(Reports.Select(static report => report.Line).OfType<BudgetLine>()))
        {
            Include(line.Account, line.From.UtcTicks);
        }

        foreach (SliceReport report in Reports)
        {
            Include(report.Slice.Slot.Account, report.Slice.Slot.Start);
        }

        return reach;

        void Include(string account, long from) => reach[account] = Math.Min(from, reach.GetValueOrDefault(account, long.MaxValue));
    }
}
