using Magsag.Gating.Baselines;
using Magsag.Ledger.Summaries;

namespace Magsag.Gating.Verdicts;

/// <summary>Finds the call sites of a baseline again that are named otherwise now: below another source root, or as an older version named members.</summary>
internal static class MatchedSites
{
    private static readonly string[] Accessors = ["get_", "set_", "add_", "remove_"];

    /// <summary>The baseline with its call sites named as the recording names them, where exactly one can be meant.</summary>
    public static CostBaseline Match(CostBaseline baseline, CostSummary current)
    {
        HashSet<Site> before = [.. baseline.Entries.Select(static entry => Site.Of(entry.Key))];
        HashSet<Site> now = [.. current.Entries.Select(static entry => Site.Of(entry.Key))];
        Site[] missing = [.. before.Where(site => site.File is not null && !now.Contains(site))];
        Site[] added = [.. now.Where(site => site.File is not null && !before.Contains(site))];
        var names = new Dictionary<Site, Site>();
        foreach (Site site in missing)
        {
            Site[] candidates = [.. added.Where(candidate => IsSame(site, candidate, baseline.Sites))];
            if (candidates.Length == 1 && (baseline.Sites < CostBaseline.CurrentSites || missing.Count(other => IsSame(other, candidates[0], baseline.Sites)) == 1))
            {
                names[site] = candidates[0];
            }
        }

        return names.Count == 0 ? baseline : CostBaseline.From(baseline.Entries.Select(entry => Rename(entry, names))) with { Sites = baseline.Sites };
    }

    private static BaselineEntry Rename(BaselineEntry entry, Dictionary<Site, Site> names) =>
        names.TryGetValue(Site.Of(entry.Key), out Site site) ? entry with { Key = entry.Key with { SiteFile = site.File, Member = site.Member } } : entry;

    private static bool IsSame(Site before, Site now, int version) => IsSameFile(before.File!, now.File!) && IsSameMember(before.Member, now.Member, version);

    private static bool IsSameFile(string before, string now) =>
        before == now || before.EndsWith("/" + now, StringComparison.Ordinal) || now.EndsWith("/" + before, StringComparison.Ordinal);

    // Before version 2 accessors had their metadata's names, and types nested in generic ones were left out.
    private static bool IsSameMember(string? before, string? now, int version) =>
        before == now || (version < CostBaseline.CurrentSites && before is not null && now is not null && LastNameOf(before) == LastNameOf(now));

    private static string LastNameOf(string member)
    {
        int closure = member.IndexOf('>');
        string name = closure > 0 ? member.Substring(0, closure) : member;
        name = name.Substring(name.LastIndexOf('.') + 1);
        string? accessor = Array.Find(Accessors, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
        return accessor is null ? name : name.Substring(accessor.Length);
    }

    private readonly record struct Site(string? File, string? Member)
    {
        public static Site Of(in EntryKey key) => new(key.SiteFile, key.Member);
    }
}
