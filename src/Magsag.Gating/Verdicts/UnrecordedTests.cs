using Magsag.Gating.Baselines;
using Magsag.Gating.Findings;
using Magsag.Ledger.Figures;
using Magsag.Ledger.Files;
using Magsag.Ledger.Summaries;

namespace Magsag.Gating.Verdicts;

/// <summary>Tests that the baseline has calls of and the recording none: each may be gone, may not have run, or may have lost the tracking of its client.</summary>
internal sealed class UnrecordedTests
{
    private const int MostNames = 3;

    private readonly GateSettings _settings;
    private readonly IReadOnlyList<BaselineEntry> _ran;
    private readonly IReadOnlyList<BaselineEntry> _unknown;
    private readonly bool _expectsCalls;
    private readonly bool _nothingRecorded;
    private readonly bool _hasCacheHits;

    private UnrecordedTests(CostBaseline baseline, CostSummary current, GateSettings settings)
    {
        var recorded = new HashSet<string>(current.Entries.Select(static entry => entry.Key.Test).OfType<string>(), StringComparer.Ordinal);
        var selection = TestSelection.For(settings, recorded);
        ILookup<bool?, BaselineEntry> missing = baseline.Entries
            .Where(entry => entry.Key.Test is { } test && entry.Totals.Calls > 0 && !recorded.Contains(test))
            .ToLookup(entry => selection.Includes(entry.Key.Test!));
        _settings = settings;
        _ran = [.. missing[true]];
        _unknown = [.. missing[null], .. settings.PartialRun ? [] : missing[false]];
        _expectsCalls = baseline.Totals.Calls > 0;
        _nothingRecorded = current.Totals.Calls == 0 && current.CacheHits == 0;
        _hasCacheHits = current.CacheHits > 0;
    }

    public static UnrecordedTests Find(CostBaseline baseline, CostSummary current, GateSettings settings) => new(baseline, current, settings);

    /// <summary>True when some of the tests ran, none recorded a call, and nothing shows that one should have: then nothing was compared.</summary>
    public bool LeavesNothingToJudge => _settings.PartialRun && _nothingRecorded && _expectsCalls && _ran.Count == 0;

    /// <summary>The baseline's entries of tests that ran and recorded nothing.</summary>
    public IReadOnlyList<BaselineEntry> Ran => _ran;

    public IEnumerable<Finding> Findings()
    {
        if (_ran.Count > 0)
        {
            yield return Found(
                _nothingRecorded ? FindingSeverity.Error : _hasCacheHits ? FindingSeverity.Message : FindingSeverity.Warning,
                $"{(_nothingRecorded ? "No call was recorded, but" : $"{Tests(_ran)} of those that ran recorded no call, but")} the baseline expects {CallsOf(_ran)} of {NamesOf(_ran)}. Check that their clients are built with UseCostTracking(); if they really make no calls any more, accept that with all tests: {_settings.UpdateCommand}");
        }

        if (LeavesNothingToJudge)
        {
            yield return _unknown.Count > 0
                ? Found(FindingSeverity.Warning, $"No call was recorded, so nothing was judged: whether {NamesOf(_unknown)} ran, of which the baseline expects {CallsOf(_unknown)}, isn't known from the filter{FilterText}. Run the tests without it, or check that their clients are built with UseCostTracking().")
                : Found(FindingSeverity.Message, $"No call was recorded and nothing was judged: no test that the baseline has calls of is among those that ran{FilterText}.");
        }
        else if (_unknown.Count > 0 && !_nothingRecorded)
        {
            yield return Found(FindingSeverity.Message, _settings.PartialRun
                ? $"Whether {NamesOf(_unknown)} ran isn't known from the filter{FilterText}: they recorded no call and weren't judged."
                : $"{Tests(_unknown)} of the baseline recorded no call: {NamesOf(_unknown)}. If they are gone or make none any more, accept that: {_settings.UpdateCommand}");
        }
    }

    private string FilterText => _settings.TestFilter is { } filter ? $" '{Excerpt.From(filter)}'" : "";

    private Finding Found(FindingSeverity severity, string text) => new(GateCode.NothingRecorded, severity, text)
    {
        File = _settings.BaselinePath,
        Line = _ran.Concat(_unknown).Select(static entry => entry.FileLine).FirstOrDefault(),
        Scope = "test",
    };

    private static string Tests(IReadOnlyList<BaselineEntry> entries) => DistinctTests(entries) is var tests && tests.Length == 1 ? "1 test" : $"{MoneyText.Count(tests.Length)} tests";

    private static string CallsOf(IReadOnlyList<BaselineEntry> entries) => entries.Sum(static entry => entry.Totals.Calls) is var calls && calls == 1 ? "1 call" : $"{MoneyText.Count(calls)} calls";

    private static string NamesOf(IReadOnlyList<BaselineEntry> entries)
    {
        string[] tests = DistinctTests(entries);
        string more = tests.Length > MostNames ? $" and {MoneyText.Count(tests.Length - MostNames)} more" : "";
        return string.Join(", ", tests.Take(MostNames)) + more;
    }

    private static string[] DistinctTests(IReadOnlyList<BaselineEntry> entries) => [.. entries.Select(static entry => entry.Key.Test!).Distinct(StringComparer.Ordinal)];
}
