namespace Magsag.Gating.Tests;

public sealed class PolicyTests : PolicyFixture
{
    private const string Seed = """
        policies:
          - name: agent_budget_limits
            description: Maximum spending per agent
            limits:
              offer-orchestrator-mag:
                max_cost_per_run_usd: 2.0
                max_cost_per_day_usd: 3.0
                max_cost_per_month_usd: 4.0
          - name: model_budget_limits
            limits:
              gpt-4o:
                max_daily_spend_usd: 2.5
                require_approval: true
          - name: cost_alerts
            thresholds:
              warn_cost_per_run_usd: 1.0
              error_cost_per_run_usd: 5.0
        """;

    private const string Agent = "offer-orchestrator-mag";

    [Fact]
    public void Spend_within_every_limit_finds_nothing() => Assert.Empty(Judge(Seed, Call(0.9m, agent: Agent)));

    [Fact]
    public void A_run_over_its_agents_limit_is_found_with_the_line_of_the_limit() => Assert.Equal(["MAG202:6", "MAG207:16"], Judge(Seed, Call(2.01m, agent: Agent)));

    [Fact]
    public void Exactly_the_limit_is_within_it() => Assert.Equal(["MAG207:16"], Judge(Seed, Call(2.0m, agent: Agent)));

    [Fact]
    public void Days_and_months_add_runs_up() => Assert.Equal(["MAG202:7", "MAG202:8"], Judge(
        Seed,
        Call(1.0m, run: "r1", agent: Agent),
        Call(1.0m, run: "r2", agent: Agent),
        Call(1.0m, run: "r3", agent: Agent),
        Call(0.5m, run: "r4", agent: Agent),
        Call(1.0m, "2026-11-02T12:00:00Z", "r5", Agent)));

    [Theory]
    [InlineData("gpt-4o-2024-08-06", 1)]
    [InlineData("GPT-4o", 1)]
    [InlineData("gpt-4o-mini", 0)]
    public void A_models_limit_holds_for_its_dated_versions_and_not_for_its_relatives(string model, int found) =>
        Assert.Equal(found, Judge(Seed, Call(0.9m, run: "r1", model: model), Call(0.9m, run: "r2", model: model), Call(0.9m, run: "r3", model: model)).Length);

    [Fact]
    public void A_violation_names_rule_place_limit_actual_and_the_three_largest_contributors()
    {
        Finding finding = Read(Seed)
            .Judge(Spend(Call(3m, agent: "a", model: "x"), Call(2m, agent: "b", model: "x"), Call(1m, agent: "c", model: "x"), Call(0.1m, agent: "d", model: "x")))
            .First(found => found.Code == "MAG202");

        Assert.Equal("cost_alerts.error_cost_per_run_usd: all calls spent $6.10 in run r1, allowed is $5.00. Largest: a with x $3.00, b with x $2.00, c with x $1.00.", finding.Text);
        Assert.Equal(("cost_alerts.error_cost_per_run_usd", 17, 7, 5.0m, 6.1m), (finding.Rule, finding.Line, finding.Column, finding.ExpectedUsd, finding.ActualUsd));
        Assert.EndsWith("policy.yaml", finding.File, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_of_unknown_cost_make_an_exceeded_limit_a_lower_bound() =>
        Assert.Contains("spent at least $6.00 in run r1, allowed is $5.00. The cost of 1 call to own is unknown and not in it.", Read(Seed).Judge(Spend(Call(6m), Call(null, model: "own"))).First(found => found.Code == "MAG202").Text, StringComparison.Ordinal);

    [Fact]
    public void A_limit_that_a_lower_bound_may_exceed_is_said_to_be_unproven() =>
        Assert.Equal(["MAG208:17"], Judge(Seed, Call(0.1m) with { IsLowerBound = true }));

    [Fact]
    public void Counted_usage_makes_an_exceeded_limit_an_estimate() =>
        Assert.Contains("spent about $6.00 in run r1, allowed is $5.00. Largest", Read(Seed).Judge(Spend(Call(6m) with { UsageSource = UsageSource.Counted })).First(found => found.Code == "MAG202").Text, StringComparison.Ordinal);

    [Fact]
    public void A_limit_that_unknown_costs_may_exceed_is_said_to_be_unproven() =>
        Assert.Equal(["MAG208:17"], Judge(Seed, Call(0.1m), Call(null, model: "own")));

    [Fact]
    public void Calls_and_tokens_are_limited_too()
    {
        const string Yaml = "policies:\n  - name: customer_budget_limits\n    limits:\n      acme:\n        max_calls_per_day: 1\n        max_tokens_per_run: 150\n";
        LedgerRecord call = Call(0.1m) with { Customer = "acme" };

        Finding[] findings = [.. Read(Yaml).Judge(Spend(call, call))];

        Assert.Equal("customer_budget_limits.max_calls_per_day: customer 'acme' made 2 calls in 2026-11-01, allowed is 1 call. Largest: no agent with gpt-4o-mini 2 calls.", findings[0].Text);
        Assert.Contains("used 200 tokens in run r1, allowed is 150 tokens", findings[1].Text, StringComparison.Ordinal);
        Assert.Null(findings[0].ExpectedUsd);
    }

    [Fact]
    public void Days_are_those_of_the_policys_time_zone()
    {
        const string Yaml = "time_zone: Asia/Kathmandu\npolicies:\n  - name: total_budget_limits\n    limits:\n      max_cost_per_day_usd: 1.5\n";

        // 18:15 UTC is midnight in Kathmandu (UTC+5:45).
        Assert.Empty(Judge(Yaml, Call(1m, "2026-11-01T18:14:59Z"), Call(1m, "2026-11-01T18:15:00Z")));
        Assert.Equal(["MAG202:5"], Judge(Yaml, Call(1m, "2026-11-01T18:15:00Z"), Call(1m, "2026-11-02T18:14:00Z")));
    }

    [Fact]
    public void A_rolling_window_is_judged_over_its_dearest_stretch()
    {
        const string Yaml = "policies:\n  - name: total_budget_limits\n    limits:\n      rolling_windows:\n        - { window: 1h, max_cost_usd: 2 }\n";

        Assert.Empty(Judge(Yaml, Call(1m, "2026-11-01T12:00:00Z"), Call(1m, "2026-11-01T12:50:00Z"), Call(1m, "2026-11-01T13:05:00Z")));
        Assert.Equal(["MAG202:5"], Judge(Yaml, Call(1m, "2026-11-01T12:20:00Z"), Call(1m, "2026-11-01T12:50:00Z"), Call(1m, "2026-11-01T13:05:00Z")));
    }

    [Fact]
    public void A_forbidden_model_that_was_used_is_found()
    {
        const string Yaml = "policies:\n  - name: model_rules\n    forbidden: [o1-*]\n";

        Assert.Equal(
            "model_rules.forbidden: model 'o1-preview' is forbidden, yet 2 calls used it ($3.00). By: no agent, planner.",
            Assert.Single(Read(Yaml).Judge(Spend(Call(1m, model: "o1-preview"), Call(2m, model: "o1-preview", agent: "planner"), Call(1m)))).Text);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("schema: 1\npolicies: []")]
    [InlineData("policies:\n  - name: cost_alerts")]
    public void A_policy_that_limits_nothing_says_so_and_fails_nothing(string yaml)
    {
        Finding finding = Assert.Single(Read(yaml).Judge(Spend(Call(100m))));

        Assert.Equal((GateCode.EmptyPolicy, FindingSeverity.Message, "The policy limits nothing: it states neither a limit nor a rule."), (finding.Code, finding.Severity, finding.Text));
        Assert.EndsWith("policy.yaml", finding.File, StringComparison.Ordinal);
    }
}
