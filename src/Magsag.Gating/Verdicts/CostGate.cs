using Magsag.Gating.Baselines;
using Magsag.Gating.Findings;
using Magsag.Gating.Policies;
using Magsag.Ledger.Figures;
using Magsag.Ledger.Limits;
using Magsag.Ledger.Summaries;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;

namespace Magsag.Gating.Verdicts;

/// <summary>The gate: compares what was recorded with the baseline at constant prices and judges it by settings and policy.</summary>
internal static class CostGate
{
    // More errors than these don't help to find the change; the rest is counted.
    private const int MostScopeFindings = 10;

    /// <summary>Judges a summary.</summary>
    /// <param name="current">What was recorded.</param>
    /// <param name="baseline">What was accepted before; null when there is none.</param>
    /// <param name="settings">Thresholds and how to speak of the files.</param>
    /// <param name="policy">Limits and alerts; null for none.</param>
    /// <param name="catalog">The prices for both sides; the embedded catalogue when null.</param>
    public static Verdict Judge(CostSummary current, CostBaseline? baseline, GateSettings settings, CostPolicy? policy = null, PriceCatalog? catalog = null)
    {
        catalog ??= PriceCatalog.Embedded;
        var thresholds = new CostThresholds(settings, policy?.RegressionThresholds ?? []);
        List<PricedEntry> now = [.. current.Entries.Select(entry => new PricedEntry(entry.Key, entry.Line, entry.Totals, ConstantPrices.CostOf(catalog, entry.Key, entry.Totals)))];
        List<Finding> findings = [];
        AddIncompleteEntries(findings, current);
        findings.AddRange(policy?.Judge(current) ?? []);
        findings.AddRange(AnnouncedPriceFindings.Find(now, catalog));
        if (baseline is null)
        {
            AddMissingBaseline(findings, current, settings);
            AddUnknownCosts(findings, [], now, settings);
            return NothingToJudge(current, Conclude(current, null, now, [], findings, settings));
        }

        baseline = MatchedSites.Match(baseline, current);
        var unrecorded = UnrecordedTests.Find(baseline, current, settings);
        findings.AddRange(unrecorded.Findings());
        CostBaseline compared = settings.PartialRun ? baseline.OfTestsIn(current, unrecorded.Ran) : baseline;
        List<PricedEntry> before = [.. compared.Entries.Select(entry => new PricedEntry(entry.Key, entry.FileLine, entry.Totals, ConstantPrices.CostOf(catalog, entry.Key, entry.Totals)))];
        if (current.Totals.Calls == 0 && !settings.PartialRun && compared.Totals.Calls > 0)
        {
            findings.RemoveAll(static finding => finding.Code == GateCode.NothingRecorded);
            findings.Add(NothingRecorded(compared, current, settings));
            return Conclude(current, before, now, [], findings, settings);
        }

        // A test that is new or gone says nothing about the call sites and agents that it uses: they are compared over common tests.
        (List<PricedEntry> commonBefore, List<PricedEntry> commonNow) = OfCommonTests(before, now);
        IReadOnlyList<CostComparison> sites = CostComparison.By("site", static key => key.Site, commonBefore, commonNow);
        IReadOnlyList<CostComparison> tests = CostComparison.By("test", static key => key.Test, before, now);
        IReadOnlyList<CostComparison> agents = CostComparison.By("agent", static key => key.Agent, commonBefore, commonNow);
        NewlyMetered metered = NewlyMetered.Between(before, now);
        AddTotal(findings, metered.Without(new CostComparison("total", "total", before, now)), metered.Without(sites), tests, settings, thresholds);
        AddScopes(findings, metered.Without(sites), metered.Without(tests), metered.Without(agents), settings, thresholds);
        AddNewlyMetered(findings, metered, settings);
        AddSitesNotFound(findings, sites, settings);
        AddUnknownCosts(findings, before, now, settings);
        AddProjectsWithoutBaseline(findings, settings);
        Verdict verdict = Conclude(current, before, now, [.. tests, .. agents, .. sites], findings, settings);
        return unrecorded.LeavesNothingToJudge && !verdict.Failed
            ? verdict with { Headline = $"Magsag: 0 calls of the tests that ran: not judged ({GateCode.NothingRecorded})" }
            : verdict;
    }

    private static (List<PricedEntry> Before, List<PricedEntry> Now) OfCommonTests(List<PricedEntry> before, List<PricedEntry> now)
    {
        HashSet<string> common = new(before.Select(static entry => entry.Key.Test ?? ""), StringComparer.Ordinal);
        common.IntersectWith(now.Select(static entry => entry.Key.Test ?? ""));
        return (before.FindAll(entry => common.Contains(entry.Key.Test ?? "")), now.FindAll(entry => common.Contains(entry.Key.Test ?? "")));
    }

    // What is compared are the entries: where they don't make up the total, the rest would pass unseen.
    private static void AddIncompleteEntries(List<Finding> findings, CostSummary current)
    {
        if (current.IsPartial)
        {
            findings.Add(new Finding(GateCode.Unreadable, FindingSeverity.Error, "The summary is partial: calls are missing that were made. Run the tests again and summarise their whole recording, or give the ledgers instead of the summary."));
        }

        long calls = current.Entries.Sum(static entry => entry.Totals.Calls);
        if (calls != current.Totals.Calls)
        {
            findings.Add(new Finding(GateCode.Unreadable, FindingSeverity.Error, $"The summary counts {MoneyText.Count(current.Totals.Calls)} {CallsWord(current.Totals.Calls)}, but its entries make {MoneyText.Count(calls)}, so they can't be judged. Make it anew from the ledger: magsag flow summarize"));
        }
    }

    // Without calls and without a baseline that expects any nothing is wrong, but nothing was compared either.
    private static Verdict NothingToJudge(CostSummary current, Verdict verdict) =>
        current is { Totals.Calls: 0, CacheHits: 0, TornLines: 0 } && verdict.Status == "passed"
            ? verdict with
            {
                Headline = $"Magsag: 0 calls, no baseline: nothing to judge ({GateCode.NothingRecorded})",
                Findings = [.. verdict.Findings, new Finding(GateCode.NothingRecorded, FindingSeverity.Message, "No call was recorded and there is no baseline, so nothing was judged. If the tests do call models, check that their clients are built with UseCostTracking().")],
            }
            : verdict;

    private static void AddMissingBaseline(List<Finding> findings, CostSummary current, GateSettings settings)
    {
        if (settings.MissingBaseline is not { } severity || current.Totals.Calls == 0)
        {
            return;
        }

        string where = (settings.BaselineName ?? settings.BaselinePath) is { } path ? $" at {path}" : "";
        findings.Add(new Finding(GateCode.NoBaseline, severity, $"There is no baseline{where}, so nothing was compared. Accept the costs just recorded as baseline and commit the file: {settings.UpdateCommand}"));
    }

    private static void AddProjectsWithoutBaseline(List<Finding> findings, GateSettings settings)
    {
        if (settings.MissingBaseline is not { } severity || settings.ProjectsWithoutBaseline.Count == 0)
        {
            return;
        }

        string have = settings.ProjectsWithoutBaseline.Count == 1 ? "has no baseline, so its" : "have no baseline, so their";
        findings.Add(new Finding(GateCode.NoBaseline, severity, $"{string.Join(", ", settings.ProjectsWithoutBaseline)} {have} calls count as new. Accept them and commit the file: {settings.UpdateCommand}"));
    }

    private static Finding NothingRecorded(CostBaseline baseline, CostSummary current, GateSettings settings)
    {
        string hits = current.CacheHits > 0 ? $" ({MoneyText.Count(current.CacheHits)} cache {(current.CacheHits == 1 ? "hit" : "hits")} aside)" : "";
        return new Finding(
            GateCode.NothingRecorded,
            FindingSeverity.Error,
            $"No call was recorded{hits}, but the baseline expects {MoneyText.Count(baseline.Totals.Calls)}. Check that the clients are built with UseCostTracking() and that the runs directory can be written; if the tests really make no calls any more, delete the baseline.")
        {
            File = settings.BaselinePath,
            Scope = "total",
        };
    }

    private static void AddTotal(List<Finding> findings, CostComparison total, IReadOnlyList<CostComparison> sites, IReadOnlyList<CostComparison> tests, GateSettings settings, CostThresholds thresholds)
    {
        if (!thresholds.Exceeds(total))
        {
            return;
        }

        CostComparison? largest = sites.Where(static site => site.RiseUsd > 0).OrderByDescending(static site => site.RiseUsd).FirstOrDefault();
        string where = largest is null ? "" : $" The largest rise is in {largest.Name} (+{MoneyText.Of(largest.RiseUsd)}).";
        CostComparison[] newTests = [.. tests.Where(static test => test.Before.Count == 0)];
        where += newTests.Length == 0 ? "" : $" New tests: {newTests.Length}, costing {MoneyText.Of(newTests.Sum(static test => test.NowUsd))}.";
        findings.Add(new Finding(
            GateCode.TotalRose,
            FindingSeverity.Error,
            $"The total cost rose from {MoneyText.BoundOf(total.BeforeCost)} to {MoneyText.BoundOf(total.NowCost)} ({RiseOf(total, thresholds)}, allowed is +{thresholds.PercentText(total)} %): {CostDrivers.Describe(total)}.{where} If this is intended, accept it: {settings.UpdateCommand}")
        {
            File = settings.BaselinePath,
            Scope = "total",
            Name = "total",
            ExpectedUsd = total.BeforeUsd,
            ActualUsd = total.NowUsd,
        });
    }

    // A site explains itself best. A test or agent is reported only for what is left of its rise beside the sites already named.
    private static void AddScopes(List<Finding> findings, IReadOnlyList<CostComparison> sites, IReadOnlyList<CostComparison> tests, IReadOnlyList<CostComparison> agents, GateSettings settings, CostThresholds thresholds)
    {
        List<CostComparison> rose = [.. Risen(sites, thresholds)];
        HashSet<string> named = new(rose.Select(static site => site.Name), StringComparer.Ordinal);
        List<CostComparison> restOfTests = [.. Unexplained(tests, named, thresholds)];
        rose.AddRange(restOfTests);
        rose.AddRange(Unexplained(agents, named, thresholds).Where(agent => restOfTests.Count == 0 || thresholds.HasOwn(agent)));
        foreach (CostComparison comparison in rose.OrderByDescending(static comparison => comparison.RiseUsd).Take(MostScopeFindings))
        {
            findings.Add(ScopeRose(comparison, settings, thresholds));
        }

        if (rose.Count > MostScopeFindings)
        {
            findings.Add(new Finding(GateCode.ScopeRose, FindingSeverity.Error, $"{rose.Count - MostScopeFindings} more tests, agents or call sites rose by more than they may.") { File = settings.BaselinePath });
        }
    }

    private static IEnumerable<CostComparison> Risen(IEnumerable<CostComparison> scopes, CostThresholds thresholds) => scopes
        .Select(thresholds.Governed)
        .Where(scope => scope.Before.Count > 0 && thresholds.Exceeds(scope));

    private static IEnumerable<CostComparison> Unexplained(IEnumerable<CostComparison> scopes, HashSet<string> named, CostThresholds thresholds) =>
        Risen(scopes, thresholds).Where(scope => thresholds.Exceeds(scope.Where(entry => !IsNamed(entry, named))));

    private static bool IsNamed(PricedEntry entry, HashSet<string> named) => entry.Key.Site is { } site && named.Contains(site);

    private static Finding ScopeRose(CostComparison comparison, GateSettings settings, CostThresholds thresholds)
    {
        PricedEntry? costliest = comparison.Now.Where(static entry => entry.Key.SiteFile is not null).OrderByDescending(static entry => entry.KnownCostUsd).FirstOrDefault();
        string tests = comparison.Scope == "site" ? TestsOf(comparison) : "";
        return new Finding(
            GateCode.ScopeRose,
            FindingSeverity.Error,
            $"The cost of {Describe(comparison)} rose from {MoneyText.BoundOf(comparison.BeforeCost)} to {MoneyText.BoundOf(comparison.NowCost)} ({RiseOf(comparison, thresholds)}, allowed is +{thresholds.PercentText(comparison)} %): {CostDrivers.Describe(comparison)}.{tests}")
        {
            File = costliest?.Key.SiteFile ?? settings.BaselinePath,
            Line = costliest?.Line ?? comparison.Before.Select(static entry => entry.Line).FirstOrDefault(),
            Scope = comparison.Scope,
            Name = comparison.Name,
            ExpectedUsd = comparison.BeforeUsd,
            ActualUsd = comparison.NowUsd,
        };
    }

    // Rounded, a rise may look like the very limit that it passed.
    private static string RiseOf(CostComparison comparison, CostThresholds thresholds)
    {
        string change = MoneyText.ChangeOf(comparison.BeforeUsd, comparison.NowUsd);
        return change == $"+{thresholds.PercentText(comparison)} %" ? $"just above {change}" : change;
    }

    private static string Describe(CostComparison comparison) => comparison.Scope switch
    {
        "site" => $"the calls in {comparison.Name}",
        "test" => $"test {comparison.Name}",
        _ => $"{comparison.Scope} '{comparison.Name}'",
    };

    private static string TestsOf(CostComparison site)
    {
        const int Most = 3;
        string[] tests = [.. site.Now.Select(static entry => entry.Key.Test).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (tests.Length == 0)
        {
            return "";
        }

        string more = tests.Length > Most ? $" and {tests.Length - Most} more" : "";
        return $" Seen in {string.Join(", ", tests.Take(Most))}{more}.";
    }

    private static void AddUnknownCosts(List<Finding> findings, IReadOnlyList<PricedEntry> before, IReadOnlyList<PricedEntry> now, GateSettings settings)
    {
        HashSet<string> accepted = new(before.Where(static entry => entry.IsUnpriced).Select(static entry => entry.Key.Model ?? ""), StringComparer.Ordinal);
        foreach (IGrouping<string, PricedEntry> model in now.Where(static entry => entry.IsUnpriced).GroupBy(static entry => entry.Key.Model ?? "", StringComparer.Ordinal).OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            FindingSeverity severity = accepted.Contains(model.Key) ? FindingSeverity.Warning : FindingSeverity.Error;
            long calls = model.Sum(static entry => entry.Totals.Calls);
            string name = model.Key.Length == 0 ? "a model that no response named" : $"model '{model.Key}'";
            findings.Add(UnknownCost(model.First(), severity, $"The cost of {MoneyText.Count(calls)} {CallsWord(calls)} to {name} is unknown: the price catalogue doesn't have it. Check the model's name, or give it a price of your own."));
        }

        long unmetered = now.Sum(static entry => entry.Totals.UnmeteredCalls);
        long unmeteredBefore = before.Sum(static entry => entry.Totals.UnmeteredCalls);
        if (unmetered > 0)
        {
            FindingSeverity severity = unmetered > unmeteredBefore && before.Count > 0 ? FindingSeverity.Error : FindingSeverity.Warning;
            findings.Add(UnknownCost(now.First(static entry => entry.Totals.UnmeteredCalls > 0), severity, $"The usage of {MoneyText.Count(unmetered)} {CallsWord(unmetered)} is unknown (the baseline has {MoneyText.Count(unmeteredBefore)}): the provider reported none. When streaming, ask for it (stream_options.include_usage)."));
        }
    }

    private static void AddNewlyMetered(List<Finding> findings, NewlyMetered metered, GateSettings settings)
    {
        if (metered.First is { } first)
        {
            findings.Add(UnknownCost(first, FindingSeverity.Warning, $"The usage of {MoneyText.Count(metered.Calls)} {CallsWord(metered.Calls)} is known now and isn't in the baseline, so whether their cost rose isn't known. Accept it: {settings.UpdateCommand}"));
        }
    }

    // A call site without a match is compared with nothing: a rise of its cost would be seen in the total alone.
    private static void AddSitesNotFound(List<Finding> findings, IReadOnlyList<CostComparison> sites, GateSettings settings)
    {
        CostComparison[] expected = [.. sites.Where(static site => site.Before.Count > 0)];
        CostComparison[] missing = [.. expected.Where(static site => site.Now.Count == 0)];
        if (missing.Length * 2 <= expected.Length)
        {
            return;
        }

        string instead = sites.FirstOrDefault(static site => site.Before.Count == 0) is { } other ? $" Recorded was {other.Name}, say." : "";
        findings.Add(new Finding(
            GateCode.SitesNotFound,
            FindingSeverity.Warning,
            $"{MoneyText.Count(missing.Length)} of the baseline's {MoneyText.Count(expected.Length)} call sites weren't found, so what they cost can't be compared ({GateCode.ScopeRose} can't tell a rise): {missing[0].Name}.{instead} If the code was renamed or moved, accept that: {settings.UpdateCommand}. Else build the sources as the baseline's were, or say where their root is (MagsagSourceRoot).")
        {
            File = settings.BaselinePath,
            Line = missing[0].Before[0].Line,
            Scope = "site",
            Name = missing[0].Name,
        });
    }

    private static Finding UnknownCost(PricedEntry entry, FindingSeverity severity, string text) => new(GateCode.CostUnknown, severity, text)
    {
        File = entry.Key.SiteFile,
        Line = entry.Key.SiteFile is null ? 0 : entry.Line,
        Scope = "model",
        Name = entry.Key.Model,
    };

    private static Verdict Conclude(CostSummary current, IReadOnlyList<PricedEntry>? before, IReadOnlyList<PricedEntry> now, IReadOnlyList<CostComparison> comparisons, List<Finding> findings, GateSettings settings)
    {
        Cost cost = CostComparison.SumOf(now);
        Cost? baselineCost = before is null ? null : CostComparison.SumOf(before);
        var verdict = new Verdict
        {
            Headline = "",
            Findings = [.. findings.OrderByDescending(static finding => finding.Severity)],
            Calls = current.Totals.Calls,
            Cost = cost,
            CostUsd = cost.LowerBound,
            BaselineCost = baselineCost,
            BaselineUsd = baselineCost?.LowerBound,
            Changes = [.. comparisons.Select(static comparison => comparison.ToChange())],
        };
        return verdict with { Headline = HeadlineOf(verdict, current, settings) };
    }

    private static string HeadlineOf(Verdict verdict, CostSummary current, GateSettings settings)
    {
        string hits = current.CacheHits > 0 ? $", {MoneyText.Count(current.CacheHits)} cache {(current.CacheHits == 1 ? "hit" : "hits")}" : "";
        string partial = settings.PartialRun ? " of the tests that ran" : "";
        string comparison = verdict.BaselineCost is { } baseline
            ? $"baseline {MoneyText.BoundOf(baseline)}{partial} ({ChangeWords(MoneyText.ChangeOf(baseline, verdict.Cost))})"
            : "no baseline";
        return $"Magsag: {MoneyText.Count(verdict.Calls)} {CallsWord(verdict.Calls)}, {MoneyText.Of(verdict.Cost)}{hits}{SummaryCaveats.Describe(current)}, {comparison}: {verdict.Words}";
    }

    private static string ChangeWords(string change) => change == MoneyText.UnknownChange ? "change unknown" : change;

    private static string CallsWord(long calls) => calls == 1 ? "call" : "calls";
}
