using Magsag.Pricing.Permissions;

namespace Magsag.Gating.Tests;

public sealed class PolicyAnalyzerConfigTests : PolicyFixture
{
    [Fact]
    public void The_rules_for_all_agents_are_written_the_most_specific_approval_first() => Assert.Equal(
        "is_global = true\nmagsag.policy_forbidden_models = gpt-4-32k, o3-*\nmagsag.policy_allowed_models = gpt-*, o1-*\nmagsag.policy_approval_models = !o1-mini, o1-*, default\n",
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

    [Theory]
    [InlineData("- { name: model_rules, forbidden: [default] }")]
    [InlineData("- { name: model_rules, allowed: [\"a,b\"] }")]
    [InlineData("- { name: model_rules, allowed: [\" gpt-4o\"], forbidden: [\"o1;\"] }")]
    [InlineData("- { name: model_rules, allowed: [\"!gpt-4o-mini\", \"gpt-*\"] }")]
    [InlineData("- { name: model_rules, forbidden: [\"!gpt-4o\", \"gpt-4*\"] }")]
    [InlineData("- { name: model_budget_limits, limits: { default: { require_approval: false }, \"*\": { require_approval: true } } }")]
    [InlineData("- { name: model_budget_limits, limits: { default: { require_approval: true }, \"gpt-*\": { require_approval: false }, GPT-4o: { require_approval: true } } }")]
    [InlineData("- { name: model_budget_limits, limits: { \"!gpt-4o\": { require_approval: true } } }")]
    [InlineData("- { name: model_budget_limits, limits: { \"gpt-4*\": { require_approval: true }, \"*-mini\": { require_approval: false }, gpt-4o-mini: { require_approval: true } } }")]
    public void The_analyzers_judge_a_model_as_the_gate_does(string rules)
    {
        CostPolicy policy = Read($"policies:\n  {rules}\n");
        Dictionary<string, string> written = PolicyAnalyzerConfig.TextOf(policy).Split('\n').Where(static line => line.StartsWith("magsag.", StringComparison.Ordinal)).ToDictionary(static line => line[..line.IndexOf(" = ", StringComparison.Ordinal)], static line => line[(line.IndexOf(" = ", StringComparison.Ordinal) + 3)..]);
        IReadOnlyList<ModelRule> read = ModelRuleLists.Read(written.GetValueOrDefault);

        string[] models = ["gpt-4o", "gpt-4o-2024-08-06", "openai/gpt-4o", "GPT-4o", "gpt-4o-mini", "o1", "o1-mini-2024-09-12", "default", "claude-sonnet-4-5"];
        Assert.Equal(
            models.Select(model => (model, policy.PermissionOf(model).Permission)),
            models.Select(model => (model, ModelRules.Judge(read, model, null).Permission)));
    }
}
