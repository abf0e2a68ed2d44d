namespace Magsag.Gating.Tests;

public sealed class CostGateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);
    private static readonly GateSettings Settings = new() { BaselinePath = "cost-baseline.json" };

    private static LedgerRecord Call(string test = "Tests.A", string? model = "gpt-4o-mini", long input = 1000, long output = 100, string site = "src/Triage.cs:42", string member = "Triage.ClassifyAsync", string? agent = "triage", decimal? cost = 0.001m, CallOutcome outcome = CallOutcome.Ok) => new()
    {
        Timestamp = Now,
        RunId = "r1",
        Test = test,
        Agent = agent,
        Model = model,
        Site = site,
        Member = member,
        InputTokens = input,
        OutputTokens = output,
        UsageSource = UsageSource.Reported,
        CostUsd = cost,
        Outcome = outcome,
    };

    private static LedgerRecord Unmetered(string test = "Tests.A") => Call(test) with { InputTokens = null, OutputTokens = null, CostUsd = null, UsageSource = UsageSource.Unknown };

    private static CostSummary Summarise(params LedgerRecord[] records)
    {
        var builder = new SummaryBuilder();
        foreach (LedgerRecord record in records)
        {
            builder.Add(record);
        }

        return builder.ToSummary();
    }

    private static Verdict Judge(LedgerRecord[] before, LedgerRecord[] now, GateSettings? settings = null) =>
        CostGate.Judge(Summarise(now), CostBaseline.From(Summarise(before)), settings ?? Settings);

    private static string[] Codes(Verdict verdict) => [.. verdict.Findings.Select(finding => finding.Code)];

    [Fact]
    public void The_same_costs_pass_with_one_line_of_figures()
    {
        Verdict verdict = Judge([Call(), Call()], [Call(), Call()]);

        Assert.Equal("passed", verdict.Status);
        Assert.Equal("Magsag: 2 calls, $0.00042, baseline $0.00042 (±0 %): passed", verdict.Headline);
    }

    [Fact]
    public void A_dearer_model_fails_the_total_and_names_the_call_site_with_its_line()
    {
        Verdict verdict = Judge([Call()], [Call(model: "gpt-4o")]);

        Assert.Equal(["MAG200", "MAG201"], Codes(verdict));
        Finding site = verdict.Findings[1];
        Assert.Equal("src/Triage.cs", site.File);
        Assert.Equal(42, site.Line);
        Assert.Contains("model gpt-4o-mini → gpt-4o", site.Text, StringComparison.Ordinal);
        Assert.Contains("Tests.A", site.Text, StringComparison.Ordinal);
        Assert.True(verdict.Failed);
    }

    [Fact]
    public void Of_many_models_only_those_are_named_that_came_or_went()
    {
        string[] models = ["gpt-4o-mini", "gpt-4.1-mini", "gpt-4.1-nano", "o4-mini", "gpt-5-mini"];

        Verdict verdict = Judge([.. models.Select(static model => Call(model: model))], [.. models.Skip(1).Append("gpt-4o").Select(static model => Call(model: model))]);

        Assert.Contains("new model gpt-4o, dropped model gpt-4o-mini", verdict.Findings[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1200, "passed")]
    [InlineData(1201, "failed")]
    public void A_rise_of_exactly_the_threshold_passes_and_a_token_more_fails(long input, string status)
    {
        Verdict verdict = Judge([Call(input: 1000, output: 0)], [Call(input: input, output: 0)]);

        Assert.Equal(status, verdict.Status);
    }

    [Fact]
    public void A_rise_below_the_smallest_amount_worth_reporting_passes()
    {
        Verdict verdict = Judge([Call()], [Call(model: "gpt-4o")], Settings with { MinIncreaseUsd = 1m });

        Assert.Equal("passed", verdict.Status);
    }

    [Fact]
    public void Costs_that_fall_pass() => Assert.Equal("passed", Judge([Call(model: "gpt-4o")], [Call()]).Status);

    [Fact]
    public void A_price_change_of_the_provider_alone_never_fails()
    {
        // The recorded costs differ a hundredfold; the tokens are the same.
        Verdict verdict = Judge([Call(cost: 0.001m)], [Call(cost: 0.1m)]);

        Assert.Equal("passed", verdict.Status);
    }

    [Fact]
    public void A_call_that_moved_to_another_line_is_the_same_call()
    {
        Verdict verdict = Judge([Call(site: "src/Triage.cs:42")], [Call(site: "src/Triage.cs:99")]);

        Assert.Equal("passed", verdict.Status);
    }

    [Fact]
    public void One_test_that_rose_fails_even_when_the_total_fell()
    {
        LedgerRecord big = Call("Tests.Big", model: "gpt-4o", site: "src/Big.cs:1", member: "Big.RunAsync");
        Verdict verdict = Judge([big, big, Call("Tests.Small", site: "src/Small.cs:7", member: "Small.RunAsync")], [big, Call("Tests.Small", input: 5000, site: "src/Small.cs:8", member: "Small.RunAsync")]);

        Finding finding = Assert.Single(verdict.Findings);
        Assert.Equal("MAG201", finding.Code);
        Assert.Equal("src/Small.cs", finding.File);
        Assert.Equal(8, finding.Line);
    }

    [Fact]
    public void A_test_whose_new_calls_come_from_a_new_call_site_is_named()
    {
        Verdict verdict = Judge(
            [Call("Tests.A"), Call("Tests.Huge", model: "gpt-4o", input: 1_000_000)],
            [Call("Tests.A"), Call("Tests.A", site: "src/Retry.cs:5", member: "Retry.AgainAsync"), Call("Tests.Huge", model: "gpt-4o", input: 1_000_000)]);

        Finding finding = Assert.Single(verdict.Findings);
        Assert.Equal("test", finding.Scope);
        Assert.Equal("Tests.A", finding.Name);
    }

    [Fact]
    public void A_new_test_is_no_regression_of_the_call_sites_that_it_uses()
    {
        LedgerRecord huge = Call("Tests.Huge", model: "gpt-4o", input: 1_000_000, site: "src/Huge.cs:1", member: "Huge.RunAsync");
        Verdict verdict = Judge([huge, Call("Tests.A")], [huge, Call("Tests.A"), Call("Tests.New"), Call("Tests.New")]);

        Assert.Equal("passed", verdict.Status);
    }

    [Fact]
    public void New_tests_that_raise_the_total_are_named_as_its_cause()
    {
        Verdict verdict = Judge([Call("Tests.A")], [Call("Tests.A"), Call("Tests.New")]);

        Assert.Equal(["MAG200"], Codes(verdict));
        Assert.Contains("New tests: 1", verdict.Findings[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_whose_name_and_site_are_unknown_is_still_in_the_total()
    {
        LedgerRecord anonymous = Call() with { Test = null, Site = null, Member = null, Agent = null };

        Verdict verdict = Judge([anonymous], [anonymous, anonymous]);

        Assert.Equal(["MAG200"], Codes(verdict));
    }

    [Fact]
    public void An_agent_without_call_sites_is_named_when_it_rose()
    {
        LedgerRecord call = Call() with { Test = null, Site = null, Member = null };

        Verdict verdict = Judge([call], [call with { InputTokens = 9000 }]);

        Assert.Equal(["MAG200", "MAG201"], Codes(verdict));
        Assert.Equal("triage", verdict.Findings[1].Name);
    }

    [Fact]
    public void Nothing_recorded_though_calls_are_expected_fails()
    {
        Verdict verdict = Judge([Call()], []);

        Assert.Equal(["MAG204"], Codes(verdict));
        Assert.True(verdict.Failed);
    }

    [Fact]
    public void Cache_hits_alone_do_not_stand_in_for_the_expected_calls()
    {
        Verdict verdict = Judge([Call()], [Call(outcome: CallOutcome.CacheHit, cost: 0m)]);

        Assert.Equal(["MAG204"], Codes(verdict));
        Assert.Contains("1 cache hit aside", verdict.Findings[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_baseline_the_command_that_makes_one_is_named()
    {
        Verdict verdict = CostGate.Judge(Summarise(Call()), null, Settings with { UpdateCommand = "dotnet test X -p:MagsagUpdateBaseline=true" });

        Finding finding = Assert.Single(verdict.Findings);
        Assert.Equal("MAG203", finding.Code);
        Assert.Equal(FindingSeverity.Warning, finding.Severity);
        Assert.Contains("dotnet test X -p:MagsagUpdateBaseline=true", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_a_price_fails_unless_the_baseline_accepted_it()
    {
        LedgerRecord unknown = Call(model: "nobody-knows", cost: null);

        Assert.True(Judge([Call()], [Call(), unknown]).Failed);
        Verdict accepted = Judge([Call(), unknown], [Call(), unknown]);
        Assert.Equal("warnings", accepted.Status);
        Assert.StartsWith("Magsag: 2 calls, at least $0.00021", accepted.Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rise_that_rounds_to_the_threshold_is_told_as_above_it()
    {
        Verdict verdict = Judge([Call(input: 10000, output: 0)], [Call(input: 12001, output: 0)]);

        Assert.All(verdict.Findings, static finding => Assert.Contains("(just above +20 %, allowed is +20 %)", finding.Text, StringComparison.Ordinal));
        Assert.Equal(2, verdict.Findings.Count);
    }

    [Fact]
    public void A_call_without_a_price_does_not_look_like_money_saved()
    {
        LedgerRecord unknown = Call(model: "nobody-knows", cost: null);

        Verdict verdict = Judge([Call()], [unknown]);

        Assert.Contains("baseline $0.00021 (change unknown): failed", verdict.Headline, StringComparison.Ordinal);
        Assert.Contains("baseline $0.00021 (at least +1,567 %): failed", Judge([Call()], [Call(model: "gpt-4o"), unknown]).Headline, StringComparison.Ordinal);
        Assert.Contains("| Tests.A | 1 | $0.00021 | at least $0 | unknown |", VerdictFile.ToMarkdown(verdict), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rise_beside_calls_of_unknown_cost_is_told_as_a_lower_bound()
    {
        LedgerRecord unknown = Call(model: "nobody-knows", cost: null);

        Verdict verdict = Judge([Call(), unknown], [Call(model: "gpt-4o"), unknown]);

        Assert.Contains("rose from at least $0.00021 to at least $0.0035", verdict.Findings.First(finding => finding.Code == "MAG200").Text, StringComparison.Ordinal);
        ScopeChange test = verdict.Changes.First(change => change.Scope == "test");
        Assert.Equal("nobody-knows", Assert.Single(test.CurrentCost!.Value.Missing).Model);
        Assert.Contains("| at least $0.00021 | at least $0.0035 |", VerdictFile.ToMarkdown(verdict), StringComparison.Ordinal);
        Assert.Contains("\"cost_kind\": \"unpriced\"", System.Text.Encoding.UTF8.GetString(VerdictFile.ToBytes(verdict with { Cost = default })), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rise_of_counted_usage_is_told_as_an_estimate()
    {
        LedgerRecord counted = Call() with { UsageSource = UsageSource.Counted };

        Assert.Contains("rose from $0.00021 to about $0.00042", Judge([Call()], [Call(), counted]).Findings[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void More_calls_without_usage_than_the_baseline_has_fail()
    {
        Verdict verdict = Judge([Call()], [Unmetered()]);

        Assert.Contains("MAG208", Codes(verdict));
        Assert.True(verdict.Failed);
    }

    [Fact]
    public void More_calls_that_are_known_in_part_than_the_baseline_has_fail_as_unknown_ones_do()
    {
        Verdict verdict = Judge([Call()], [Call() with { IsLowerBound = true }]);

        Assert.Contains("MAG208", Codes(verdict));
        Assert.True(verdict.Failed);
    }

    [Fact]
    public void Calls_that_are_known_in_part_now_and_in_the_baseline_pass() =>
        Assert.False(Judge([Call() with { IsLowerBound = true }], [Call() with { IsLowerBound = true }]).Failed);

    [Fact]
    public void Calls_that_report_their_usage_at_last_are_no_rise_from_nothing()
    {
        Verdict verdict = Judge([Unmetered(), Call("Tests.B")], [Call(), Call("Tests.B")]);

        Finding finding = Assert.Single(verdict.Findings);
        Assert.Equal(("MAG208", FindingSeverity.Warning), (finding.Code, finding.Severity));
        Assert.StartsWith("The usage of 1 call is known now and isn't in the baseline", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Beside_calls_that_report_their_usage_at_last_other_rises_still_fail()
    {
        Verdict verdict = Judge([Unmetered(), Call("Tests.B")], [Call(), Call("Tests.B", model: "gpt-4o")]);

        Assert.Equal(["MAG200", "MAG201", "MAG208"], Codes(verdict));
    }

    [Fact]
    public void A_filtered_run_is_compared_with_the_tests_that_ran()
    {
        GateSettings partial = Settings with { PartialRun = true };
        LedgerRecord[] baseline = [Call("Tests.A"), Call("Tests.B")];

        Assert.Equal("Magsag: 1 call, $0.00021, baseline $0.00021 of the tests that ran (±0 %): passed", Judge(baseline, [Call("Tests.A")], partial).Headline);
        Assert.True(Judge(baseline, [Call("Tests.A", model: "gpt-4o")], partial).Failed);
        Assert.False(Judge(baseline, [], partial).Failed);
    }

    [Fact]
    public void More_than_ten_rises_are_counted_not_listed()
    {
        LedgerRecord[] before = [.. Enumerable.Range(0, 15).Select(i => Call($"Tests.T{i}", site: $"src/F{i:00}.cs:1", member: $"F{i:00}.M"))];
        LedgerRecord[] now = [.. before.Select(call => call with { InputTokens = 100_000 })];

        Verdict verdict = Judge(before, now);

        Assert.Equal(11, verdict.Findings.Count(finding => finding.Code == "MAG201"));
        Assert.Contains(verdict.Findings, finding => finding.Text.StartsWith("5 more", StringComparison.Ordinal));
    }
}
