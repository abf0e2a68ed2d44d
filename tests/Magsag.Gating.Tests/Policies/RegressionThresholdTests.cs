namespace Magsag.Gating.Tests;

public sealed class RegressionThresholdTests : PolicyFixture
{
    private static LedgerRecord Call(string test, string agent, long input) => new()
    {
        Timestamp = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero),
        Test = test,
        Agent = agent,
        Site = $"src/{agent}.cs:10",
        Member = "Desk.Ask",
        Provider = "openai",
        Model = "gpt-4o-mini",
        InputTokens = input,
        OutputTokens = 0,
        UsageSource = UsageSource.Reported,
        CostUsd = input * 0.00000015m,
    };

    private string[] Judge(string thresholds, params (string Test, string Agent, long Before, long Now)[] calls)
    {
        CostPolicy policy = Read($"policies:\n  - name: regression_thresholds\n    thresholds: {thresholds}\n");
        CostBaseline baseline = CostBaseline.From(Spend([.. calls.Select(call => Call(call.Test, call.Agent, call.Before))]));
        CostSummary now = Spend([.. calls.Select(call => Call(call.Test, call.Agent, call.Now))]);
        return [.. CostGate.Judge(now, baseline, new GateSettings(), policy).Findings.Where(finding => finding.Code is GateCode.ScopeRose or GateCode.TotalRose).Select(finding => $"{finding.Code} {finding.Scope} {finding.Name}").Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void A_test_with_a_wider_threshold_may_rise_further_at_its_call_sites_too() =>
        Assert.Empty(Judge("{ tests: { \"Slow*\": { max_increase_percent: 100 } } }", ("SlowTest", "a", 1000, 1500), ("Fast", "b", 9000, 9000)));

    [Fact]
    public void A_test_beyond_its_own_threshold_is_reported_as_that_test() =>
        Assert.Equal(["MAG201 test SlowTest"], Judge("{ tests: { \"Slow*\": { max_increase_percent: 40 } } }", ("SlowTest", "a", 1000, 1500), ("Fast", "b", 9000, 9000)));

    [Fact]
    public void An_agent_with_a_narrower_threshold_is_reported_before_any_other_would_be() =>
        Assert.Equal(["MAG201 agent a"], Judge("{ agents: { a: { max_increase_percent: 5 } } }", ("T", "a", 1000, 1100), ("T", "b", 1000, 1100)));

    [Fact]
    public void A_call_site_may_be_named_by_its_file() =>
        Assert.Equal(["MAG201 site src/a.cs (Desk.Ask)"], Judge("{ sites: { src/a.cs: { max_increase_percent: 5 } } }", ("T", "a", 1000, 1100), ("T", "b", 1000, 1100)));

    [Fact]
    public void Small_rises_can_be_left_out_for_one_agent() =>
        Assert.Empty(Judge("{ agents: { a: { min_increase_usd: 1 } } }", ("T", "a", 1000, 1900), ("T", "b", 90000, 90000)));

    [Fact]
    public void The_total_has_a_threshold_of_its_own() =>
        Assert.Equal(["MAG200 total total"], Judge("{ total: { max_increase_percent: 5 } }", ("T", "a", 1000, 1100)));
}
