using System.Globalization;
using System.Text.Json;

namespace Magsag.Cli.Tests.Reports;

public sealed class ReportTests
{
    [Fact]
    public async Task An_agent_is_reported_with_period_runs_cost_average_and_models()
    {
        using Workspace workspace = Recorded();

        string text = (await workspace.RunAsync("report", "agent", "triage")).Succeeded();

        Assert.Equal(
            """
            Agent: triage
            From: 2026-11-09 08:00:00Z
            To: 2026-11-23 08:00:00Z
            Total runs: 3
            Calls: 3
            Total cost: $0.08
            Average cost per run: $0.0267

            Models used
             Model                    Calls   Input tokens   Output tokens    Cost    Share
            ────────────────────────────────────────────────────────────────────────────────
             gpt-4o-2024-08-06            2             8k             500   $0.06   75.0 %
             gpt-4o-mini-2024-07-18       1             4k             250   $0.02   25.0 %

            Months
             Month     Calls    Cost
            ─────────────────────────
             2026-11       3   $0.08

            Newest source of the prices: 2026-11-30

            """,
            text);
    }

    [Fact]
    public async Task All_agents_are_reported_the_dearest_first()
    {
        using Workspace workspace = Recorded();

        Assert.Equal(
            "agent,runs,calls,total_tokens,cost_usd,share,cost_per_run_usd\r\ntriage,3,3,12750,0.08,0.8,0.026666666667\r\nanswering,1,1,4250,0.02,0.2,0.02\r\n",
            (await workspace.RunAsync("report", "agent", "--csv")).Succeeded());
    }

    [Fact]
    public async Task A_run_counts_for_every_agent_that_has_calls_in_it()
    {
        using Workspace workspace = Recorded();

        JsonElement report = JsonDocument.Parse((await workspace.RunAsync("report", "agent", "answering", "--json")).Succeeded()).RootElement;

        Assert.Equal((1, 0.02m), (report.GetProperty("total_runs").GetInt64(), report.GetProperty("avg_cost_per_run_usd").GetDecimal()));
    }

    [Fact]
    public async Task A_customer_is_reported_by_month()
    {
        using Workspace workspace = Recorded();

        JsonElement report = JsonDocument.Parse((await workspace.RunAsync("report", "customer", "globex", "--json")).Succeeded()).RootElement;

        Assert.Equal("2026-11", report.GetProperty("months")[0].GetProperty("month").GetString());
        Assert.Equal(0.02m, report.GetProperty("months")[0].GetProperty("cost_usd").GetDecimal());
    }

    [Fact]
    public async Task A_name_without_calls_names_the_nearest()
    {
        using Workspace workspace = Recorded();

        Assert.EndsWith("Did you mean triage?", (await workspace.RunAsync("report", "agent", "triaje")).Refused(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_are_reported_per_call_and_per_thousand_tokens()
    {
        using Workspace workspace = Recorded();

        string csv = (await workspace.RunAsync("report", "model", "--csv")).Succeeded();

        Assert.Contains("openai,gpt-4o-2024-08-06,2,8000,500,0.06,0.6,0.03,0.007058823529\r\n", csv);
    }

    [Fact]
    public async Task Efficiency_has_the_three_figures()
    {
        using Workspace workspace = Recorded();

        JsonElement report = JsonDocument.Parse((await workspace.RunAsync("report", "efficiency", "--json")).Succeeded()).RootElement;

        Assert.Equal(0.033333333333m, report.GetProperty("cost_per_successful_task").GetDecimal());
        Assert.Equal(0.005882352941m, report.GetProperty("cost_per_1k_tokens").GetDecimal());
        Assert.Equal(0.0625m, report.GetProperty("token_efficiency").GetDecimal());
    }

    [Fact]
    public async Task Of_parts_of_runs_nobody_knows_how_many_succeeded()
    {
        using Workspace workspace = Recorded();

        JsonElement report = JsonDocument.Parse((await workspace.RunAsync("report", "efficiency", "--json", "--agent", "answering")).Succeeded()).RootElement;

        Assert.Equal(1, report.GetProperty("total_runs").GetInt64());
        Assert.False(report.TryGetProperty("successful_tasks", out _));
        Assert.False(report.TryGetProperty("cost_per_successful_task", out _));
        Assert.Contains("isn't known of parts of runs", report.GetProperty("notes")[0].GetString());
    }

    [Fact]
    public async Task Efficiency_of_nothing_is_unknown()
    {
        using Workspace workspace = Recorded();

        JsonElement report = JsonDocument.Parse((await workspace.RunAsync("report", "efficiency", "--json", "--until", "2020-01-01")).Succeeded()).RootElement;

        Assert.False(report.TryGetProperty("cost_per_successful_task", out _));
        Assert.False(report.TryGetProperty("token_efficiency", out _));
    }

    [Fact]
    public async Task Trends_compare_weeks()
    {
        using Workspace workspace = Recorded();

        Assert.Equal(
            "week,runs,calls,total_tokens,cost_usd,change,cost_per_run_usd\r\n"
            + "2026-11-02,0,0,0,0,,\r\n2026-11-09,1,1,4250,0.02,new,0.02\r\n2026-11-16,0,0,0,0,-100 %,\r\n2026-11-23,2,3,12750,0.08,new,0.04\r\n",
            (await workspace.RunAsync("report", "trends", "--weeks", "4", "--csv")).Succeeded());
    }

    [Fact]
    public async Task Tokens_are_reported_by_agent_and_model()
    {
        using Workspace workspace = Recorded();

        Assert.Contains("triage,gpt-4o-2024-08-06,2,8000,0,500,0,4000,250,0,0.06\r\n", (await workspace.RunAsync("report", "tokens", "--csv")).Succeeded());
    }

    [Fact]
    public async Task A_day_below_the_threshold_answers_0()
    {
        using Workspace workspace = Recorded();

        Assert.Contains("Alert: no", (await workspace.RunAsync("report", "daily", "--date", "2026-11-23", "--alert-above", "100")).Succeeded());
    }

    [Fact]
    public async Task A_day_above_the_threshold_answers_1_and_posts_what_Slack_understands()
    {
        using Workspace workspace = Recorded();
        using var slack = new LoopbackWebhook();

        ToolResult result = await workspace.RunAsync("report", "daily", "--date", "2026-11-23", "--alert-above", "0.05", "--webhook", slack.Address, "--json");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("magsag: LLM cost alert: $0.08 was spent, the threshold is $0.05.\n", result.Error);
        JsonElement posted = JsonDocument.Parse(await slack.ReceivedAsync()).RootElement;
        Assert.Equal("LLM cost alert: $0.08 was spent, the threshold is $0.05.", posted.GetProperty("text").GetString());
        Assert.Equal(0.08m, posted.GetProperty("total_cost_usd").GetDecimal());
        Assert.Equal("yes", JsonDocument.Parse(result.Output).RootElement.GetProperty("alert").GetString());
    }

    [Fact]
    public async Task A_webhook_that_does_not_answer_does_not_hide_the_alert()
    {
        using Workspace workspace = Recorded();

        ToolResult result = await workspace.RunAsync("report", "daily", "--date", "2026-11-23", "--alert-above", "0.05", "--webhook", "http://127.0.0.1:1/secret");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("nobody was told", result.Error);
        Assert.DoesNotContain("secret", result.Error);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(302)]
    public async Task A_webhook_that_refuses_is_told_with_its_answer(int status)
    {
        using Workspace workspace = Recorded();
        using var slack = new LoopbackWebhook(status);

        ToolResult result = await workspace.RunAsync("report", "daily", "--date", "2026-11-23", "--alert-above", "0.05", "--webhook", slack.Address);

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith($"magsag: The webhook at 127.0.0.1 answered {status}; nobody was told of the alert.\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_that_hangs_does_not_hang_the_report()
    {
        using Workspace workspace = Recorded();
        using var slack = new LoopbackWebhook(status: null);

        ToolResult result = await workspace.RunAsync(
            static terminal => terminal with { WebhookPatience = TimeSpan.FromMilliseconds(200) },
            "report", "daily", "--date", "2026-11-23", "--alert-above", "0.05", "--webhook", slack.Address);

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith("magsag: The webhook at 127.0.0.1 doesn't answer; nobody was told of the alert.\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_knows_the_price_of_costs_no_zero()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage(), Calls.Answer(cost: null) with { Model = "gpt-99" });

        Assert.Contains("openai,gpt-99,1,4000,250,,,,\r\n", (await workspace.RunAsync("report", "model", "--csv")).Succeeded());
        Assert.Contains("gpt-99,1,4000,250,,\r\n", (await workspace.RunAsync("flow", "summarize", "--csv")).Succeeded());
        Assert.Contains("The cost is a lower bound: 1 call", (await workspace.RunAsync("report", "trends")).Succeeded());
    }

    [Fact]
    public async Task The_rows_of_a_table_add_up_to_its_total()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage(cost: 0.03m), Calls.Answer(cost: 0.01m) with { Customer = null, Agent = null });

        Assert.Contains(" –              1             4k             250   $0.01   25.0 %\n", (await workspace.RunAsync("flow", "summarize", "--text")).Succeeded());
        Assert.Contains("triage,1,4000,250,0.03,0.75\r\n,1,4000,250,0.01,0.25\r\n", (await workspace.RunAsync("report", "daily", "--date", "2026-11-23", "--csv")).Succeeded());
    }

    [Fact]
    public async Task Calls_are_counted_once_in_the_rows_of_a_charge()
    {
        using Workspace workspace = Recorded();

        JsonElement[] charges = [.. JsonDocument.Parse((await workspace.RunAsync("report", "chargeback", "--json")).Succeeded()).RootElement.EnumerateArray()];

        Assert.Equal(4, charges.Sum(static charge => charge.TryGetProperty("x_Calls", out JsonElement calls) ? calls.GetInt64() : 0));
    }

    [Fact]
    public async Task People_see_who_used_what_of_a_charge()
    {
        using Workspace workspace = Recorded();

        Assert.StartsWith("| BilledCost | BillingPeriodStart | ConsumedQuantity | ListCost | ResourceId | ServiceName | SkuMeter | SubAccountId |\n", (await workspace.RunAsync("report", "chargeback", "--markdown")).Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chargeback_is_FOCUS_and_adds_up_to_the_recorded_cost()
    {
        using Workspace workspace = Recorded();

        string[] lines = (await workspace.RunAsync("report", "chargeback", "--month", "2026-11")).Succeeded().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        string[] mandatory = ["BilledCost", "BillingAccountId", "BillingAccountName", "BillingCurrency", "BillingPeriodStart", "BillingPeriodEnd", "ChargeCategory", "ChargeClass", "ChargeDescription", "ChargePeriodStart", "ChargePeriodEnd", "ContractedCost", "EffectiveCost", "InvoiceIssuerName", "ListCost", "PricingQuantity", "PricingUnit", "ProviderName", "PublisherName", "ServiceCategory", "ServiceName"];
        Assert.Empty(mandatory.Except(lines[0].Split(',')));
        Assert.Equal(0.1m, lines.Skip(1).Sum(static line => decimal.Parse(line.Split(',')[0], CultureInfo.InvariantCulture)));
        Assert.Contains(lines, static line => line.Contains("2026-11-01T00:00:00Z,2026-12-01T00:00:00Z,Usage,,\"gpt-4o-2024-08-06, input\",Usage-Based", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("chargeback", "--month", "November")]
    [InlineData("trends", "--weeks", "0")]
    [InlineData("daily", "--webhook", "slack")]
    [InlineData("daily", "--date", "someday")]
    public async Task A_setting_that_cannot_be_is_refused(string report, string option, string value)
    {
        using Workspace workspace = Recorded();

        Assert.Equal(2, (await workspace.RunAsync("report", report, option, value)).ExitCode);
    }

    private static Workspace Recorded()
    {
        var workspace = new Workspace();
        workspace.Record(
            ".runs/costs/a.jsonl",
            Calls.Triage("run-1", 0.04m),
            Calls.Triage("run-2", 0.02m),
            Calls.Answer("run-2", 0.02m),
            Calls.Triage("run-3", 0.02m, day: 9) with { Model = "gpt-4o-mini-2024-07-18" });
        return workspace;
    }

    [Fact]
    public async Task A_cost_that_is_not_all_known_is_a_lower_bound_wherever_it_stands()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage(), Calls.Triage(cost: null, hour: 10) with { InputTokens = 37_000_000 });

        string agents = (await workspace.RunAsync("report", "agent", "--text")).Succeeded();
        string efficiency = (await workspace.RunAsync("report", "efficiency", "--text")).Succeeded();

        Assert.Contains("Total cost: ≥ $0.0125", agents);
        Assert.Contains("Average cost per run: ≥ $0.0125", agents);
        Assert.Matches(@" triage +1 +2 +37M +≥ \$0\.0125 ", agents);
        Assert.Contains("The cost is a lower bound: 1 call with 37,000,250 tokens to models without a known price.", agents);
        Assert.Contains("Cost per 1k tokens: $0.00294", efficiency);
        Assert.Contains("\"total_cost_usd\": 0.0125,", (await workspace.RunAsync("report", "agent", "--json")).Succeeded());
        Assert.Contains("triage,1,2,37004500,0.0125,1,0.0125", (await workspace.RunAsync("report", "agent", "--csv")).Succeeded());
    }

    [Fact]
    public async Task A_cost_of_counted_tokens_is_an_estimate_wherever_it_stands()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage() with { UsageSource = UsageSource.Counted });

        Assert.Contains("Total cost: ≈ $0.0125", (await workspace.RunAsync("report", "agent", "--text")).Succeeded());
        Assert.Contains("Total cost: ≈ $0.0125", (await workspace.RunAsync("flow", "summarize", "--markdown")).Succeeded());
    }
}
