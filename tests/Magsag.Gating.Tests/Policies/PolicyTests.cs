namespace Magsag.Gating.Tests;

public sealed class PolicyTests : IDisposable
{
    private const string Seed = """
        policies:
          - name: agent_budget_limits
            description: Maximum spending per agent
            limits:
              offer-orchestrator:
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

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private CostPolicy Read(string yaml)
    {
        File.WriteAllText(_directory.File("policy.yaml"), yaml);
        return PolicyFile.Read(_directory.File("policy.yaml"));
    }

    private static CostSummary Spend(params (string Run, string Agent, string Model, int Day, decimal Cost)[] calls)
    {
        var builder = new SummaryBuilder();
        foreach ((string run, string agent, string model, int day, decimal cost) in calls)
        {
            builder.Add(new LedgerRecord { Timestamp = new DateTimeOffset(2026, 11, day, 12, 0, 0, TimeSpan.Zero), RunId = run, Agent = agent, Model = model, InputTokens = 1, UsageSource = UsageSource.Reported, CostUsd = cost });
        }

        return builder.ToSummary();
    }

    private string[] Judge(CostSummary summary) => [.. Read(Seed).Judge(summary).Select(finding => $"{finding.Code}:{finding.Line}")];

    [Fact]
    public void Spend_within_every_limit_finds_nothing() =>
        Assert.Empty(Judge(Spend(("r1", "offer-orchestrator", "gpt-4o-mini", 1, 0.9m))));

    [Fact]
    public void A_run_over_its_agents_limit_is_found_with_the_line_of_the_limit() =>
        Assert.Equal(["MAG202:6", "MAG207:16"], Judge(Spend(("r1", "offer-orchestrator", "gpt-4o-mini", 1, 2.01m))));

    [Fact]
    public void Exactly_the_limit_is_within_it() =>
        Assert.Equal(["MAG207:16"], Judge(Spend(("r1", "offer-orchestrator", "gpt-4o-mini", 1, 2.0m))));

    [Fact]
    public void Days_and_months_add_runs_up() =>
        Assert.Equal(["MAG202:7", "MAG202:8"], Judge(Spend(
            ("r1", "offer-orchestrator", "m", 1, 1.0m), ("r2", "offer-orchestrator", "m", 1, 1.0m), ("r3", "offer-orchestrator", "m", 1, 1.0m), ("r4", "offer-orchestrator", "m", 1, 0.5m),
            ("r5", "offer-orchestrator", "m", 2, 1.0m))));

    [Theory]
    [InlineData("gpt-4o-2024-08-06", 1)]
    [InlineData("GPT-4o", 1)]
    [InlineData("gpt-4o-mini", 0)]
    public void A_models_limit_holds_for_its_snapshots_and_not_for_its_relatives(string model, int found) =>
        Assert.Equal(found, Read(Seed).Judge(Spend(("r1", "other", model, 1, 0.9m), ("r2", "other", model, 1, 0.9m), ("r3", "other", model, 1, 0.9m))).Count());

    [Fact]
    public void A_violation_names_the_three_largest_contributors()
    {
        Finding finding = Read(Seed).Judge(Spend(("r1", "a", "x", 1, 3m), ("r1", "b", "x", 1, 2m), ("r1", "c", "x", 1, 1m), ("r1", "d", "x", 1, 0.1m))).First(found => found.Code == "MAG202");

        Assert.Contains("Largest: a with x $3.00, b with x $2.00, c with x $1.00.", finding.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("policies:\n  - name: agent_budget_limits\n    limits:\n      a:\n        max_cost_per_rum_usd: 1", 5, "'max_cost_per_rum_usd'")]
    [InlineData("policies:\n  - name: agent_budget_limits\n    limits:\n      a:\n        max_cost_per_run_usd: -1", 5, "'-1'")]
    [InlineData("policies:\n  - name: agent_budget_limits\n    limits:\n      a:\n        max_cost_per_run_usd: 1,5", 5, "'1,5'")]
    [InlineData("policies:\n  - name: budget", 2, "'budget'")]
    [InlineData("policies:\n  - limits: {}", 2, "no")]
    [InlineData("polices: []", 1, "'polices'")]
    [InlineData("schema: 2", 1, "schema 2")]
    [InlineData("policies: [", 2, "YAML")]
    [InlineData("", 1, "empty")]
    public void A_policy_that_cannot_be_understood_is_an_error_with_its_line(string yaml, int line, string says)
    {
        var error = Assert.Throws<UnreadableInputException>(() => Read(yaml));

        Assert.Equal(line, error.Line);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }
}
