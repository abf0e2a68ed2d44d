namespace Magsag.Gating.Tests;

public sealed class PolicyPrecedenceTests : PolicyFixture
{
    private const string Agents = """
        policies:
          - name: agent_budget_limits
            limits:
              default: { max_cost_per_run_usd: 1, max_cost_per_day_usd: 10, max_cost_per_month_usd: 100 }
              "support-*": { max_cost_per_run_usd: 2, max_cost_per_day_usd: 20 }
              "support-v*": { max_cost_per_run_usd: 3 }
              support-vip: { max_cost_per_run_usd: 4, max_cost_per_month_usd: unlimited }
              alone: { inherit: false, max_calls_per_run: 5 }
        """;

    private string[] For(string? agent) => Applied(Read(Agents), new CallAttribution { Agent = agent });

    [Fact]
    public void Each_key_is_taken_from_the_most_specific_name_that_states_it() =>
        Assert.Equal(["Day UsDollars 20 agent:support-vox", "Month UsDollars 100 agent:support-vox", "Run UsDollars 3 agent:support-vox"], For("support-vox"));

    [Fact]
    public void The_name_itself_beats_every_pattern_and_unlimited_lifts_what_it_would_inherit() =>
        Assert.Equal(["Day UsDollars 20 agent:support-vip", "Run UsDollars 4 agent:support-vip"], For("support-vip"));

    [Fact]
    public void An_entry_that_inherits_nothing_has_only_its_own_limits() => Assert.Equal(["Run Calls 5 agent:alone"], For("alone"));

    [Fact]
    public void A_call_without_an_agent_is_held_to_the_default() =>
        Assert.Equal(["Day UsDollars 10 agent:", "Month UsDollars 100 agent:", "Run UsDollars 1 agent:"], For(null));

    [Fact]
    public void The_order_of_the_file_decides_between_equally_specific_patterns()
    {
        CostPolicy policy = Read("policies:\n  - name: agent_budget_limits\n    limits:\n      \"a*b\": { max_calls_per_run: 1 }\n      \"ab*\": { max_calls_per_run: 2 }\n");

        Assert.Equal(["Run Calls 1 agent:abb"], Applied(policy, new CallAttribution { Agent = "abb" }));
    }

    [Fact]
    public void Limits_of_all_subjects_hold_at_once()
    {
        CostPolicy policy = Read("""
            teams:
              growth: ["offer-*"]
            policies:
              - name: total_budget_limits
                limits: { max_cost_per_day_usd: 100 }
              - name: agent_budget_limits
                limits: { default: { max_cost_per_day_usd: 1 } }
              - name: model_budget_limits
                limits: { "gpt-*": { max_daily_spend_usd: 2 } }
              - name: customer_budget_limits
                limits: { acme: { max_cost_per_day_usd: 3 } }
              - name: billing_tier_budget_limits
                limits: { free: { max_cost_per_day_usd: 0.1, per_customer: true } }
              - name: team_budget_limits
                limits: { growth: { max_cost_per_day_usd: 5 } }
              - name: tag_budget_limits
                limits: { "feature=search": { max_cost_per_day_usd: 6 } }
            """);
        var call = new CallAttribution { Agent = "offer-maker", Model = "gpt-4o-2024-08-06", Customer = "acme", BillingTier = "free", Tags = new Dictionary<string, string> { ["feature"] = "search" } };

        Assert.Equal(
            [
                "Day UsDollars 0.1 billingtier:free/customer:acme", "Day UsDollars 1 agent:offer-maker", "Day UsDollars 100 all",
                "Day UsDollars 2 model:gpt-4o", "Day UsDollars 3 customer:acme", "Day UsDollars 5 team:growth", "Day UsDollars 6 tag:feature=search",
            ],
            Applied(policy, call));
    }

    [Fact]
    public void A_team_that_the_policy_does_not_define_is_named_by_the_tag_team()
    {
        CostPolicy policy = Read("policies:\n  - name: team_budget_limits\n    limits: { ops: { max_calls_per_run: 1 } }\n");

        Assert.Equal(["Run Calls 1 team:ops"], Applied(policy, new CallAttribution { Tags = new Dictionary<string, string> { ["team"] = "ops" } }));
    }

    [Fact]
    public void Each_value_of_a_tag_has_its_own_account_and_so_have_calls_without_the_tag()
    {
        CostPolicy policy = Read("policies:\n  - name: tag_budget_limits\n    limits: { \"feature=*\": { max_calls_per_run: 1 } }\n");

        Assert.Equal(["Run Calls 1 tag:feature=chat"], Applied(policy, new CallAttribution { Tags = new Dictionary<string, string> { ["feature"] = "chat" } }));
        Assert.Equal(["Run Calls 1 tag:feature="], Applied(policy, new CallAttribution()));
    }

    [Theory]
    [InlineData("gpt-4o", "Day UsDollars 5 model:gpt-4o")]
    [InlineData("gpt-4o-2024-08-06", "Day UsDollars 5 model:gpt-4o")]
    [InlineData("gpt-4o-2024-05-13", "Day UsDollars 1 model:gpt-4o-2024-05-13")]
    [InlineData("claude-sonnet-4-5-20250929", "Day UsDollars 9 model:claude-sonnet-4-5")]
    public void A_dated_version_shares_its_models_account_unless_it_is_named_itself(string model, string applied)
    {
        CostPolicy policy = Read("""
            policies:
              - name: model_budget_limits
                limits:
                  default: { max_daily_spend_usd: 9 }
                  gpt-4o: { max_daily_spend_usd: 5 }
                  gpt-4o-2024-05-13: { max_daily_spend_usd: 1 }
            """);

        Assert.Equal([applied], Applied(policy, new CallAttribution { Model = model }));
    }
}
