using Magsag.Ledger.Summaries;

namespace Magsag.Gating.Baselines;

/// <summary>The accepted costs that later runs are compared with.</summary>
/// <remarks>Call sites are kept by file and method, not by line: an edit above a call must not look like another call.</remarks>
internal sealed record CostBaseline
{
    /// <summary>How call sites are named by this version; 1 was by the compiler's names and by paths that the build didn't tell.</summary>
    public const int CurrentSites = 2;

    private CostBaseline(IReadOnlyList<BaselineEntry> entries) => Entries = entries;

    /// <summary>The version of the call sites' names.</summary>
    public int Sites { get; init; } = CurrentSites;

    /// <summary>The entries, ordered by their keys.</summary>
    public IReadOnlyList<BaselineEntry> Entries { get; }

    /// <summary>The sums over all entries.</summary>
    public TokenTotals Totals => Entries.Aggregate(new TokenTotals(), static (sum, entry) => sum + entry.Totals);

    /// <summary>Makes a baseline of entries, adding up those with the same key.</summary>
    public static CostBaseline From(IEnumerable<BaselineEntry> entries) => new(
    [
        .. entries
            .GroupBy(static entry => entry.Key)
            .OrderBy(static group => group.Key)
            .Select(static group => new BaselineEntry(group.Key, group.Aggregate(new TokenTotals(), static (sum, entry) => sum + entry.Totals), group.First().FileLine)),
    ]);

    /// <summary>The baseline that accepts a summary as it is.</summary>
    public static CostBaseline From(CostSummary summary) => From(summary.Entries.Select(static entry => new BaselineEntry(entry.Key, entry.Totals, 0)));

    /// <summary>The part of the baseline that belongs to the tests that a summary has: what a filtered test run is compared with.</summary>
    public CostBaseline OfTestsIn(CostSummary summary) => OfTestsIn(summary, []);

    /// <summary>The same, with entries of tests that ran and recorded nothing.</summary>
    internal CostBaseline OfTestsIn(CostSummary summary, IReadOnlyList<BaselineEntry> unrecorded)
    {
        HashSet<string> tests = TestsIn(summary);
        tests.UnionWith(unrecorded.Select(static entry => entry.Key.Test ?? ""));
        return new CostBaseline([.. Entries.Where(entry => tests.Contains(entry.Key.Test ?? ""))]) { Sites = Sites };
    }

    /// <summary>Accepts a summary of some of the tests and keeps what the baseline has of the others.</summary>
    public CostBaseline WithTestsOf(CostSummary summary)
    {
        HashSet<string> tests = TestsIn(summary);
        return From([.. Entries.Where(entry => !tests.Contains(entry.Key.Test ?? "")), .. From(summary).Entries]) with { Sites = Sites };
    }

    private static HashSet<string> TestsIn(CostSummary summary) =>
        new(summary.Entries.Select(static entry => entry.Key.Test ?? ""), StringComparer.Ordinal);
}
