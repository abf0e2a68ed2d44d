using Magsag.Pricing.Permissions;

namespace Magsag.Gating.Tests;

public sealed class ModelRuleTests : PolicyFixture
{
    private const string Yaml = """
        policies:
          - name: model_rules
            allowed: ["gpt-*", "o1-*", claude-sonnet-4-5]
            forbidden: [gpt-4-32k]
          - name: agent_budget_limits
            limits:
              "support-*": { allowed_models: ["*-mini"], forbidden_models: [gpt-3.5-turbo] }
              support-vip: { allowed_models: [gpt-4o] }
          - name: model_budget_limits
            limits:
              "o1-*": { require_approval: true }
              o1-mini: { require_approval: false }
        """;

    [Theory]
    [InlineData("gpt-4o", null, ModelPermission.Granted)]
    [InlineData("gpt-4-32k-0613", null, ModelPermission.Forbidden)]
    [InlineData("gemini-2.5-pro", null, ModelPermission.NotAllowed)]
    [InlineData("claude-sonnet-4-5-20250929", null, ModelPermission.Granted)]
    [InlineData("o1-preview", null, ModelPermission.NeedsApproval)]
    [InlineData("o1-mini", null, ModelPermission.Granted)]
    [InlineData("gpt-4o", "support-chat", ModelPermission.NotAllowed)]
    [InlineData("gpt-4o-mini", "support-chat", ModelPermission.Granted)]
    [InlineData("phi-4-mini", "support-chat", ModelPermission.NotAllowed)]
    [InlineData("gpt-4o", "support-vip", ModelPermission.Granted)]
    [InlineData("gpt-3.5-turbo", "support-vip", ModelPermission.Forbidden)]
    public void A_model_has_to_pass_the_rules_for_all_and_those_of_its_agent(string model, string? agent, ModelPermission expected) =>
        Assert.Equal(expected, Read(Yaml).PermissionOf(model, agent).Permission);

    [Fact]
    public void A_verdict_names_the_rule_and_its_line()
    {
        ModelVerdict verdict = Read(Yaml).PermissionOf("gpt-4-32k");

        Assert.Equal(("model_rules.forbidden", 4), (verdict.Rule!.Rule, verdict.Rule.Line));
    }
}
