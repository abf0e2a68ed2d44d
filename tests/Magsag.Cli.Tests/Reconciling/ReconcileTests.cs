using System.Text.Json;

namespace Magsag.Cli.Tests.Reconciling;

public sealed class ReconcileTests
{
    private const string Day = "\"start_time\": 1795392000, \"end_time\": 1795478400";

    // Ours of 2026-11-23: two calls to gpt-4o, 8,000 and 500 tokens, $0.025.
    private static readonly LedgerRecord[] Two = [Calls.Triage(hour: 8), Calls.Triage(hour: 9)];

    [Fact]
    public async Task What_agrees_is_said_to_agree()
    {
        JsonElement report = await ReconcileAsync(Two, Usage(2, 8000, 500), Costs(0.025m));

        Assert.Equal("1 of 1", report.GetProperty("agreeing").GetString());
        Assert.Equal((0.025m, 0.025m, 0m), (report.GetProperty("cost_usd").GetDecimal(), report.GetProperty("provider_cost_usd").GetDecimal(), report.GetProperty("difference_usd").GetDecimal()));
        Assert.False(report.GetProperty("days")[0].TryGetProperty("likely_cause", out _));
    }

    [Theory]
    [InlineData("retries", 3, 12_000, 750, 0, 0.0375, "1 call more with 4,250 tokens")]
    [InlineData("missing_process", 9, 36_000, 2_250, 0, 0.1125, "7 calls more with 29,750 tokens")]
    [InlineData("cache_split", 2, 8_000, 500, 4_000, 0.02, "the same tokens, 4,000 of them cached instead of 0")]
    [InlineData("tiers", 2, 8_000, 500, 0, 0.0125, "the price of batch")]
    [InlineData("prices", 2, 8_000, 500, 0, 0.02125, "the same tokens at 85 % of our price")]
    [InlineData("not_in_report", 1, 4_000, 250, 0, 0.0125, "4,250 tokens were recorded that the report lacks")]
    [InlineData("unexplained", 2, 8_000, 600, 0, 0.026, "as many calls, 100 tokens more: usage that the answers didn't state")]
    public async Task A_difference_has_a_likely_cause(string cause, int calls, int input, int output, int cached, double usd, string evidence)
    {
        JsonElement day = (await ReconcileAsync(Two, Usage(calls, input, output, cached), Costs((decimal)usd))).GetProperty("days")[0];

        Assert.Equal((cause, evidence), (day.GetProperty("likely_cause").GetString(), day.GetProperty("evidence").GetString()));
    }

    [Fact]
    public async Task Streams_of_unknown_usage_are_the_cause_where_the_provider_has_more_tokens_for_as_many_calls()
    {
        LedgerRecord left = Calls.Triage(hour: 10) with { InputTokens = null, CachedInputTokens = null, OutputTokens = null, UsageSource = UsageSource.Unknown, CostUsd = null, Outcome = CallOutcome.Cancelled };

        JsonElement report = await ReconcileAsync([.. Two, left], Usage(3, 12_000, 700));

        Assert.Equal("unmetered_streams", report.GetProperty("days")[0].GetProperty("likely_cause").GetString());
        Assert.Equal("the usage of 1 call is unknown, 4,200 tokens are missing", report.GetProperty("days")[0].GetProperty("evidence").GetString());
    }

    [Fact]
    public async Task A_model_that_nobody_recorded_and_one_that_the_report_lacks_are_named()
    {
        JsonElement days = (await ReconcileAsync(Two, Usage(1, 10, 5).Replace("gpt-4o-2024-08-06", "o3-2025-04-16", StringComparison.Ordinal))).GetProperty("days");

        Assert.Equal([("gpt-4o", "not_in_report"), ("o3", "missing_process")], days.EnumerateArray().Select(static day => (day.GetProperty("model").GetString(), day.GetProperty("likely_cause").GetString())));
    }

    [Fact]
    public async Task Days_of_another_time_zone_are_recognised()
    {
        const string Shifted = """
            { "data": [ { "start_time": 1795392000, "end_time": 1795478400, "results": [ { "input_tokens": 4000, "output_tokens": 250, "num_model_requests": 1, "model": "gpt-4o-2024-08-06" } ] },
                        { "start_time": 1795478400, "end_time": 1795564800, "results": [ { "input_tokens": 4000, "output_tokens": 250, "num_model_requests": 1, "model": "gpt-4o-2024-08-06" } ] } ] }
            """;

        JsonElement days = (await ReconcileAsync(Two, Shifted)).GetProperty("days");

        Assert.All(days.EnumerateArray(), static day => Assert.Equal("day_boundary", day.GetProperty("likely_cause").GetString()));
    }

    [Fact]
    public async Task Only_the_providers_own_calls_on_the_days_of_the_export_are_compared()
    {
        LedgerRecord[] others = [Calls.Triage(run: "other") with { Provider = "azure.ai.openai" }, Calls.Triage(run: "later", day: 24), Calls.Triage(run: "hit") with { Outcome = CallOutcome.CacheHit, CostUsd = null }];

        Assert.Equal("1 of 1", (await ReconcileAsync([.. Two, .. others], Usage(2, 8000, 500))).GetProperty("agreeing").GetString());
    }

    [Fact]
    public async Task The_Consoles_rounded_costs_agree_within_half_a_cent_a_row()
    {
        using var workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage() with { Provider = "anthropic", Model = "claude-haiku-4-5-20251001", CostUsd = 0.00525m });
        workspace.Write("cost.csv", "usage_date_utc,model,token_type,cost_usd\n2026-11-23,Claude Haiku 4.5,input_no_cache,0.00\n2026-11-23,Claude Haiku 4.5,output,0.00\n");

        Assert.Contains("\"1 of 1\"", (await workspace.RunAsync("data", "reconcile", "--usage", "cost.csv", "--json")).Succeeded());
    }

    [Theory]
    [InlineData("10", 0)]
    [InlineData("5", 1)]
    public async Task A_difference_above_the_limit_answers_1(string limit, int exitCode)
    {
        using Workspace workspace = Prepared(Two, Usage(2, 8000, 500), Costs(0.027m));

        Assert.Equal(exitCode, (await workspace.RunAsync("data", "reconcile", "--usage", "0.json", "--usage", "1.json", "--max-difference", limit)).ExitCode);
    }

    [Fact]
    public async Task The_same_export_twice_is_refused()
    {
        using Workspace workspace = Prepared(Two, Usage(2, 8000, 500), Usage(2, 8000, 500));

        Assert.Equal("magsag: 0.json and 1.json are the same export: its figures would count twice.", (await workspace.RunAsync("data", "reconcile", "--usage", "0.json", "--usage", "1.json")).Refused(2));
    }

    [Fact]
    public async Task People_see_both_sides_in_80_columns()
    {
        using Workspace workspace = Prepared(Two, Usage(3, 12_000, 750), Costs(0.0375m));

        string text = (await workspace.RunAsync(static terminal => terminal with { Width = 80 }, "data", "reconcile", "--usage", "0.json", "--usage", "1.json", "--text")).Succeeded();

        Assert.Contains(" 2026-11-23   gpt-4o", text);
        Assert.Contains("1 call more with 4,250 tokens", text);
        Assert.All(text.Split('\n'), static line => Assert.InRange(line.Length, 0, 80));
    }

    private static string Usage(int calls, int input, int output, int cached = 0) =>
        $$"""{ "data": [ { {{Day}}, "results": [ { "input_tokens": {{input}}, "output_tokens": {{output}}, "input_cached_tokens": {{cached}}, "num_model_requests": {{calls}}, "model": "gpt-4o-2024-08-06" } ] } ] }""";

    private static string Costs(decimal usd) => FormattableString.Invariant(
        $$"""{ "data": [ { {{Day}}, "results": [ { "amount": { "value": {{usd}}, "currency": "usd" }, "line_item": "gpt-4o-2024-08-06, input" } ] } ] }""");

    private static async Task<JsonElement> ReconcileAsync(LedgerRecord[] records, params string[] exports)
    {
        using Workspace workspace = Prepared(records, exports);
        string json = (await workspace.RunAsync(["data", "reconcile", .. exports.SelectMany(static (_, index) => new[] { "--usage", $"{index}.json" }), "--json"])).Succeeded();
        return JsonDocument.Parse(json).RootElement;
    }

    private static Workspace Prepared(LedgerRecord[] records, params string[] exports)
    {
        var workspace = Workspace.Recorded(".runs/costs/a.jsonl", records);
        foreach ((int index, string export) in exports.Index())
        {
            workspace.Write($"{index}.json", export);
        }

        return workspace;
    }
}
