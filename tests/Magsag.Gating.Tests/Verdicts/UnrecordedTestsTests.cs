namespace Magsag.Gating.Tests;

public sealed class UnrecordedTestsTests
{
    private static readonly GateSettings Filtered = new() { PartialRun = true, TestFilter = "FullyQualifiedName~Tests.A" };

    private static Verdict Judge(string[] before, string[] now, GateSettings settings, int cacheHits = 0) => CostGate.Judge(Summarise(now, cacheHits), CostBaseline.From(Summarise(before)), settings);

    private static CostSummary Summarise(string[] tests, int cacheHits = 0)
    {
        var builder = new SummaryBuilder();
        foreach (string test in tests)
        {
            builder.Add(new LedgerRecord { Timestamp = DateTimeOffset.UnixEpoch, Test = test, Model = "gpt-4o-mini", InputTokens = 1000, OutputTokens = 100, UsageSource = UsageSource.Reported, CostUsd = 0.001m });
        }

        builder.AddCacheHits(cacheHits, 0m);
        return builder.ToSummary();
    }

    private static (string Code, FindingSeverity Severity)[] Found(Verdict verdict) => [.. verdict.Findings.Select(static finding => (finding.Code, finding.Severity))];

    [Fact]
    public void A_filtered_test_that_recorded_nothing_though_the_filter_names_it_fails()
    {
        Verdict verdict = Judge(["Tests.A", "Tests.A", "Tests.B"], [], Filtered);

        Assert.Equal([("MAG204", FindingSeverity.Error)], Found(verdict));
        Assert.Contains("the baseline expects 2 calls of Tests.A", verdict.Findings[0].Text, StringComparison.Ordinal);
        Assert.Equal("Magsag: 0 calls, $0, baseline $0.00042 of the tests that ran (-100 %): failed (MAG204)", verdict.Headline);
    }

    [Fact]
    public void A_filter_that_says_nothing_about_names_leaves_a_warning_that_nothing_was_judged()
    {
        Verdict verdict = Judge(["Tests.A", "Tests.B"], [], Filtered with { TestFilter = "Category=Fast" });

        Assert.Equal([("MAG204", FindingSeverity.Warning)], Found(verdict));
        Assert.Contains("whether Tests.A, Tests.B ran, of which the baseline expects 2 calls, isn't known from the filter 'Category=Fast'", verdict.Findings[0].Text, StringComparison.Ordinal);
        Assert.Equal("Magsag: 0 calls of the tests that ran: not judged (MAG204)", verdict.Headline);
    }

    [Fact]
    public void A_filter_that_names_no_test_with_calls_is_said_to_have_left_nothing_to_judge()
    {
        Verdict verdict = Judge(["Tests.A", "Tests.B"], [], Filtered with { TestFilter = "Nothing.Like.This" });

        Assert.Equal([("MAG204", FindingSeverity.Message)], Found(verdict));
        Assert.Equal("Magsag: 0 calls of the tests that ran: not judged (MAG204)", verdict.Headline);
        Assert.False(verdict.Failed);
    }

    [Fact]
    public void One_of_several_filtered_tests_that_recorded_nothing_is_a_warning()
    {
        Verdict verdict = Judge(["Tests.A1", "Tests.A2", "Tests.B"], ["Tests.A1"], Filtered);

        Assert.Equal([("MAG204", FindingSeverity.Warning)], Found(verdict));
        Assert.Contains("1 test of those that ran recorded no call, but the baseline expects 1 call of Tests.A2", verdict.Findings[0].Text, StringComparison.Ordinal);
        Assert.Contains("baseline $0.00042 of the tests that ran", verdict.Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void Tests_that_are_known_to_have_run_need_no_filter()
    {
        var ran = new GateSettings { TestsThatRan = ["Tests.A", "Tests.B", "Tests+Nested.C"] };

        Assert.Equal([("MAG204", FindingSeverity.Warning)], Found(Judge(["Tests.A", "Tests.B"], ["Tests.A"], ran)));
        Assert.Equal([("MAG204", FindingSeverity.Error)], Found(Judge(["Tests.A"], [], ran with { PartialRun = true })));
        Assert.Equal([("MAG204", FindingSeverity.Message)], Found(Judge(["Tests.Other"], [], ran with { PartialRun = true })));
        Assert.Equal([("MAG204", FindingSeverity.Error)], Found(Judge(["Tests.Nested.C"], [], ran with { PartialRun = true })));
    }

    [Fact]
    public void Where_a_recording_names_tests_otherwise_nobody_claims_to_know_which_ran()
    {
        var ran = new GateSettings { TestsThatRan = ["Tests.A", "Tests.B"] };

        Verdict verdict = Judge(["scope of A", "Tests.B"], ["scope of A"], ran);

        Assert.Equal([("MAG204", FindingSeverity.Message)], Found(verdict));
    }

    [Fact]
    public void In_a_whole_run_a_test_without_its_calls_is_named_and_passes_because_it_may_be_gone()
    {
        Verdict verdict = Judge(["Tests.A", "Tests.B"], ["Tests.A"], new GateSettings());

        Assert.Equal([("MAG204", FindingSeverity.Message)], Found(verdict));
        Assert.Contains("1 test of the baseline recorded no call: Tests.B.", verdict.Findings[0].Text, StringComparison.Ordinal);
        Assert.EndsWith("(-50 %): passed", verdict.Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_from_a_cache_may_be_those_of_a_test_without_calls()
    {
        Verdict verdict = Judge(["Tests.A1", "Tests.A2"], ["Tests.A1"], Filtered, cacheHits: 1);

        Assert.Equal([("MAG204", FindingSeverity.Message)], Found(verdict));
    }

    [Fact]
    public void A_whole_run_without_a_call_fails_with_one_finding_only()
    {
        Assert.Equal([("MAG204", FindingSeverity.Error)], Found(Judge(["Tests.A", "Tests.B"], [], new GateSettings())));
        Assert.Equal([("MAG204", FindingSeverity.Error)], Found(Judge(["Tests.A", "Tests.B"], [], new GateSettings { TestsThatRan = ["Tests.A"] })));
    }

    [Fact]
    public void A_baseline_that_expects_no_call_is_kept_by_tests_that_make_none()
    {
        Verdict verdict = Judge([], [], Filtered);

        Assert.Empty(verdict.Findings);
        Assert.Equal("Magsag: 0 calls, $0, baseline $0 of the tests that ran (±0 %): passed", verdict.Headline);
    }

    [Fact]
    public void A_summary_whose_entries_are_not_all_there_is_not_judged_as_if_they_were()
    {
        CostSummary summary = Summarise(["Tests.A", "Tests.B"]) with { Entries = [] };

        Assert.Contains(("MAG205", FindingSeverity.Error), Found(CostGate.Judge(summary, CostBaseline.From(Summarise(["Tests.A", "Tests.B"])), new GateSettings())));
    }
}
