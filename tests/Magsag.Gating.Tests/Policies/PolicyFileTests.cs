using System.Text;
using Magsag.Pricing.Permissions;

namespace Magsag.Gating.Tests;

public sealed class PolicyFileTests : PolicyFixture
{
    private const string Agent = "policies:\n  - name: agent_budget_limits\n    limits:\n      a:\n        ";

    [Theory]
    [InlineData(Agent + "max_cost_per_rum_usd: 1", 5, 9, "did you mean 'max_cost_per_run_usd'?")]
    [InlineData(Agent + "max_cost_per_run_usd: -1", 5, 31, "found '-1'")]
    [InlineData(Agent + "max_cost_per_run_usd: .nan", 5, 31, "found '.nan'")]
    [InlineData(Agent + "max_cost_per_run_usd: NaN", 5, 31, "found 'NaN'")]
    [InlineData(Agent + "max_cost_per_run_usd: .inf", 5, 31, "found '.inf'")]
    [InlineData(Agent + "max_cost_per_run_usd: 1e3", 5, 31, "found '1e3'")]
    [InlineData(Agent + "max_cost_per_run_usd: 1,5", 5, 31, "found '1,5'")]
    [InlineData(Agent + "max_cost_per_run_usd: \"1.5\"", 5, 31, "found '\"1.5\"'")]
    [InlineData(Agent + "max_cost_per_run_usd:", 5, 30, "found ''")]
    [InlineData(Agent + "max_cost_per_run_usd: [1]", 5, 31, "found 'a list'")]
    [InlineData(Agent + "max_cost_per_run_usd: { a: 1 }", 5, 31, "found 'keys with values'")]
    [InlineData(Agent + "max_calls_per_run: 1.5", 5, 28, "a number of calls")]
    [InlineData(Agent + "max_cost_per_day_usd: 1\n        max_daily_spend_usd: 2", 6, 9, "states already")]
    [InlineData(Agent + "max_cost_per_day_usd: 1\n        max_cost_per_day_usd: 2", 6, 9, "Duplicate key")]
    [InlineData("policies:\n\t- name: cost_alerts", 2, 1, "indented with a tab")]
    [InlineData(Agent + "allowed_models: gpt-4o", 5, 25, "Expected a list of models")]
    [InlineData(Agent + "allowed_models: []", 5, 25, "an empty one")]
    [InlineData(Agent + "inherit: maybe", 5, 18, "Expected true or false")]
    [InlineData(Agent + "require_approval: true", 5, 9, "isn't known here")]
    [InlineData(Agent + "rolling_windows: [{ window: 10m, max_calls: 1 }]", 5, 37, "a multiple of 15m")]
    [InlineData(Agent + "rolling_windows: [{ max_calls: 1 }]", 5, 27, "lacks its length")]
    [InlineData(Agent + "rolling_windows: [{ window: 1h, max_call: 1 }]", 5, 41, "did you mean 'max_calls'")]
    [InlineData("policies:\n  - name: model_budget_limits\n    limits:\n      m:\n        require_approval: yes", 5, 27, "Expected true or false")]
    [InlineData("policies:\n  - name: tag_budget_limits\n    limits:\n      search: { max_calls_per_run: 1 }", 4, 7, "'feature=search'")]
    [InlineData("policies:\n  - name: agent_budget_limit", 2, 11, "did you mean 'agent_budget_limits'?")]
    [InlineData("policies:\n  - name: model_rules\n    forbiden: [x]", 3, 5, "did you mean 'forbidden'?")]
    [InlineData("policies:\n  - name: cost_alerts\n    thresholds: { warn_cost_per_rum_usd: 1 }", 3, 19, "did you mean 'warn_cost_per_run_usd'?")]
    [InlineData("policies:\n  - name: cost_alerts\n    limits: {}", 3, 5, "expected one of name, description, thresholds")]
    [InlineData("policies:\n  - name: regression_thresholds\n    thresholds: { test: { a: { max_increase_percent: 1 } } }", 3, 19, "did you mean 'tests'?")]
    [InlineData("policies:\n  - name: cost_alerts\n  - name: cost_alerts", 3, 11, "stands twice")]
    [InlineData("policies:\n  - limits: {}", 2, 5, "found none")]
    [InlineData("policies: many", 1, 11, "Expected a list of policies")]
    [InlineData("polices: []", 1, 1, "did you mean 'policies'?")]
    [InlineData("schema: 2", 1, 9, "schema 2")]
    [InlineData("time_zone: Mars/Olympus", 1, 12, "isn't known on this machine")]
    [InlineData("time_zone: Europe", 1, 12, "isn't known on this machine")]
    [InlineData("time_zone: zone.tab", 1, 12, "isn't known on this machine")]
    [InlineData("time_zone: ../../../etc/passwd", 1, 12, "isn't known on this machine")]
    [InlineData("time_zone: /", 1, 12, "isn't known on this machine")]
    [InlineData("time_zone: \"Euro\\0pe\"", 1, 12, "isn't known on this machine")]
    [InlineData("policies: [", 2, 1, "YAML")]
    [InlineData("policies: []\n---\npolicies: []", 1, 1, "found several")]
    [InlineData("- policies", 1, 1, "the keys 'schema: 1' and 'policies'")]
    [InlineData("", 1, 1, "an empty file")]
    [InlineData("policies: &p []\nteams: *p", 1, 11, "Anchors and aliases")]
    public void A_policy_that_cannot_be_understood_is_an_error_with_line_and_column(string yaml, int line, int column, string says)
    {
        var error = Assert.Throws<UnreadableInputException>(() => Read(yaml));

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (error.Line, error.Column));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_on_their_line()
    {
        byte[] content = Encoding.UTF8.GetBytes("schema: 1\npolicies:\n  - name: total_budget_limits~\n");
        content[Array.IndexOf(content, (byte)'~')] = 0xFF;

        var error = Assert.Throws<UnreadableInputException>(() => ReadBytes(content));

        Assert.Equal(3, error.Line);
        Assert.Contains("UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_anchor_bomb_is_refused_at_its_first_anchor()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 12; level++)
        {
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 9))}]\n");
        }

        var error = Assert.Throws<UnreadableInputException>(() => Read(bomb.ToString()));

        Assert.Equal((1, 5), (error.Line, error.Column));
    }

    [Fact]
    public void A_file_of_10_megabytes_is_refused()
    {
        var error = Assert.Throws<UnreadableInputException>(() => Read(new string('#', 10 * 1024 * 1024)));

        Assert.Contains("at most", error.Message, StringComparison.Ordinal);
        Assert.Equal((1, 1), (error.Line, error.Column));
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Nesting_without_end_is_refused(char opening) =>
        Assert.Contains("nests deeper", Assert.Throws<UnreadableInputException>(() => Read(new string(opening, 500_000))).Message, StringComparison.Ordinal);

    [Fact]
    public void Damaged_policies_are_read_or_refused_with_a_line_and_never_hang()
    {
        string sound = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cost_governance.example.yaml"));
        var random = new Random(20261124);

        // No limit of time: one that hangs never ends, and a busy machine may take long.
        for (int round = 0; round < 2_000; round++)
        {
            string damaged = Damage(sound, random);
            try
            {
                Read(damaged);
            }
            catch (UnreadableInputException error)
            {
                Assert.True(error.Line > 0 && error.Column > 0, $"Refused without a place: {error.Message}\n{damaged}");
            }
        }
    }

    private static string Damage(string text, Random random)
    {
        string[] shrapnel = ["\t", ":", "- ", "\"", "'", "{", "}", "[", "]", "&a ", "*a ", "!!int ", "|", ">", "%", "\0", "\u2028", "-1", "NaN", "? ", "\n", "# ", "---\n", "<<: ", "😀"];
        int at = random.Next(text.Length);
        return random.Next(4) switch
        {
            0 => text.Remove(at, random.Next(Math.Min(40, text.Length - at) + 1)),
            1 => text.Insert(at, shrapnel[random.Next(shrapnel.Length)]),
            2 => text[..at],
            _ => text.Insert(random.Next(text.Length), text.Substring(at, random.Next(Math.Min(200, text.Length - at)))),
        };
    }

    [Fact]
    public void The_shape_that_teams_have_already_is_read_as_it_stands()
    {
        CostPolicy policy = Read("""
            policies:
              - name: agent_budget_limits
                description: Maximum spending per agent
                limits:
                  offer-orchestrator-mag:
                    max_cost_per_run_usd: 2.0
                    max_cost_per_day_usd: 50.0
                    max_cost_per_month_usd: 1000.0

                  compensation-advisor-sag:
                    max_cost_per_run_usd: 0.5
                    max_cost_per_day_usd: 20.0

              - name: model_budget_limits
                description: Maximum spending per model
                limits:
                  o1-preview:
                    max_daily_spend_usd: 100.0
                    require_approval: true

                  gpt-4o:
                    max_daily_spend_usd: 200.0

              - name: cost_alerts
                description: Alert thresholds
                thresholds:
                  warn_cost_per_run_usd: 1.0
                  error_cost_per_run_usd: 5.0
            """);

        Assert.Equal([2m, 50m, 1000m, 0.5m, 20m, 100m, 200m, 1m, 5m], policy.Limits.Select(static limit => limit.Max));
        Assert.Equal(ModelPermission.NeedsApproval, policy.PermissionOf("o1-preview").Permission);
    }
}
