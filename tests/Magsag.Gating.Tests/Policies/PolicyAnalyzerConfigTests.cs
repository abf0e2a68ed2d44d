namespace Magsag.Gating.Tests;

public sealed class PolicyAnalyzerConfigTests : PolicyFixture
{
    [Fact]
    public void The_rules_for_all_agents_are_written_the_most_specific_approval_first() => Assert.Equal(
        "is_global = true\nmagsag.policy_forbidden_models = gpt-4-32k, o3-*\nmagsag.policy_allowed_models = gpt-*, o1-*\nmagsag.policy_approval_models = !o1-mini, o1-*, *\n",
        PolicyAnalyzerConfig.TextOf(Read("""
            policies:
              - name: model_rules
                allowed: ["gpt-*", "o1-*"]
                forbidden: [gpt-4-32k, "o3-*"]
              - name: agent_budget_limits
                limits: { triage: { forbidden_models: [gpt-4o] } }
              - name: model_budget_limits
                limits:
                  default: { require_approval: true }
                  "o1-*": { require_approval: true }
                  o1-mini: { require_approval: false }
            """)));
}
