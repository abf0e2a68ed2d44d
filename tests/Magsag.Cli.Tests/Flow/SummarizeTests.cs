using System.Text.Json;

namespace Magsag.Cli.Tests.Flow;

public sealed class SummarizeTests
{
    [Fact]
    public async Task The_recorded_costs_below_the_working_directory_are_added_up_into_a_file()
    {
        using Workspace workspace = Workspace.Recorded("tests/Desk.Tests/.runs/costs/a.jsonl", Calls.Triage(), Calls.Answer());
        workspace.Record("tests/Shop.Tests/.runs/costs/b.jsonl", Calls.Answer("run-2"));

        ToolResult result = await workspace.RunAsync("flow", "summarize", "--output", "summary.json");

        Assert.Equal((0, "", "Magsag: 3 calls, $0.014, in summary.json\n"), (result.ExitCode, result.Output, result.Error));
        Assert.Equal(0.014m, JsonDocument.Parse(workspace.Read("summary.json")).RootElement.GetProperty("total_cost_usd").GetDecimal());
    }

    [Fact]
    public async Task Redirected_output_is_the_summary_itself()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());

        JsonElement stats = JsonDocument.Parse((await workspace.RunAsync("flow", "summarize")).Succeeded()).RootElement.GetProperty("model_stats")[0];

        Assert.Equal(("gpt-4o-2024-08-06", 4250), (stats.GetProperty("model").GetString(), stats.GetProperty("total_tokens").GetInt64()));
    }

    [Fact]
    public async Task People_get_tables()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage(), Calls.Answer(), Calls.Triage(cost: null));

        string text = (await workspace.RunAsync("flow", "summarize", "--text")).Succeeded();

        Assert.Equal(
            """
            LLM cost summary
            From: 2026-11-23 08:00:00Z
            To: 2026-11-23 09:00:00Z
            Runs: 1
            Calls: 3
            Cache hits: 0
            Failed calls: 0
            Tokens: 12.8k
            Total cost: ≥ $0.0133

            Models
             Model                    Calls   Input tokens   Output tokens        Cost    Share
            ────────────────────────────────────────────────────────────────────────────────────
             gpt-4o-2024-08-06            2             8k             500   ≥ $0.0125   94.3 %
             gpt-4o-mini-2024-07-18       1             4k             250    $0.00075    5.7 %

            Agents
             Agent       Calls   Input tokens   Output tokens        Cost    Share
            ───────────────────────────────────────────────────────────────────────
             triage          2             8k             500   ≥ $0.0125   94.3 %
             answering       1             4k             250    $0.00075    5.7 %

            Customers
             Customer   Calls   Input tokens   Output tokens        Cost    Share
            ──────────────────────────────────────────────────────────────────────
             acme           2             8k             500   ≥ $0.0125   94.3 %
             globex         1             4k             250    $0.00075    5.7 %

            The cost is a lower bound: 1 call with 4,250 tokens to models without a known price.

            """,
            text);
    }

    [Fact]
    public async Task Colour_is_for_terminals_only()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());

        ToolResult coloured = await workspace.RunAsync(static terminal => terminal with { HasColour = true, IsOutputRedirected = false }, "flow", "summarize");
        ToolResult plain = await workspace.RunAsync(static terminal => terminal with { IsOutputRedirected = false }, "flow", "summarize");

        Assert.Contains('\u001b', coloured.Output);
        Assert.DoesNotContain('\u001b', plain.Output);
    }

    [Theory]
    [InlineData("--agent", "triage", 1)]
    [InlineData("--customer", "globex", 1)]
    [InlineData("--model", "gpt-4o", 1)]
    [InlineData("--run-id", "run-2", 1)]
    [InlineData("--since", "2026-11-23T08:30", 1)]
    [InlineData("--until", "2026-11-23", 0)]
    [InlineData("--since", "4d", 2)]
    public async Task Only_the_calls_that_are_asked_for_are_added_up(string option, string value, int calls)
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage(), Calls.Answer("run-2"));

        string json = (await workspace.RunAsync("flow", "summarize", option, value)).Succeeded();

        Assert.Equal(calls, JsonDocument.Parse(json).RootElement.GetProperty("calls").GetInt64());
    }

    [Fact]
    public async Task A_time_is_read_in_the_wanted_time_zone()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage(hour: 8));

        string json = (await workspace.RunAsync("flow", "summarize", "--since", "2026-11-23T09:30", "--tz", "Europe/Berlin")).Succeeded();

        Assert.Equal(0, JsonDocument.Parse(json).RootElement.GetProperty("calls").GetInt64());
    }

    [Fact]
    public async Task Summaries_of_shards_add_up()
    {
        using Workspace workspace = Workspace.Recorded("one/a.jsonl", Calls.Triage());
        workspace.Record("two/a.jsonl", Calls.Answer("run-2"));
        await workspace.RunAsync("flow", "summarize", "one", "-o", "shards/summary-1.json");
        await workspace.RunAsync("flow", "summarize", "two", "-o", "shards/summary-2.json");

        string both = (await workspace.RunAsync("flow", "summarize", "shards")).Succeeded();
        string whole = (await workspace.RunAsync("flow", "summarize", "one", "two")).Succeeded();

        Assert.Equal(whole, both);
    }

    [Fact]
    public async Task The_summaries_beside_ledgers_do_not_count_twice()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());
        await workspace.RunAsync("flow", "summarize", "--run-id", "run-1", "-o", ".runs/agents/run-1/summary.json");

        string json = (await workspace.RunAsync("flow", "summarize")).Succeeded();

        Assert.Equal(1, JsonDocument.Parse(json).RootElement.GetProperty("calls").GetInt64());
    }

    [Fact]
    public async Task A_run_in_a_ledger_and_in_a_summary_is_refused()
    {
        using Workspace workspace = Workspace.Recorded("a.jsonl", Calls.Triage());
        await workspace.RunAsync("flow", "summarize", "a.jsonl", "-o", "summary.json");

        Assert.Contains("would count twice", (await workspace.RunAsync("flow", "summarize", "a.jsonl", "summary.json")).Refused(2));
    }

    [Fact]
    public async Task A_copy_of_a_ledger_is_left_out_and_named()
    {
        using Workspace workspace = Workspace.Recorded("shard-1/a.jsonl", Calls.Triage());
        Directory.CreateDirectory(workspace.PathOf("shard-2"));
        File.Copy(workspace.PathOf("shard-1/a.jsonl"), workspace.PathOf("shard-2/a.jsonl"));

        ToolResult result = await workspace.RunAsync("flow", "summarize", "shard-1", "shard-2");

        Assert.Contains("is a copy of", result.Error);
        Assert.Equal(1, JsonDocument.Parse(result.Output).RootElement.GetProperty("calls").GetInt64());
    }

    [Fact]
    public async Task A_renamed_copy_of_a_ledger_is_left_out_and_named()
    {
        using Workspace workspace = Workspace.Recorded("one/a.jsonl", Calls.Triage());
        Directory.CreateDirectory(workspace.PathOf("two"));
        File.Copy(workspace.PathOf("one/a.jsonl"), workspace.PathOf("two/a (1).jsonl"));

        ToolResult result = await workspace.RunAsync("flow", "summarize", "one", "two");

        Assert.Contains("is a copy of", result.Error);
        Assert.Equal(1, JsonDocument.Parse(result.Output).RootElement.GetProperty("calls").GetInt64());
    }

    [Fact]
    public async Task A_cost_that_is_known_in_part_is_said_to_be_the_least()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage() with { IsLowerBound = true });

        string text = (await workspace.RunAsync("flow", "summarize", "--text")).Succeeded();
        using JsonDocument json = JsonDocument.Parse((await workspace.RunAsync("flow", "summarize")).Succeeded());

        Assert.Contains("The cost is a lower bound: of 1 call only a part of what was billed is known.", text);
        Assert.Equal((1L, "unpriced"), (json.RootElement.GetProperty("lower_bound_calls").GetInt64(), json.RootElement.GetProperty("cost_kind").GetString()));
    }

    [Fact]
    public async Task Tests_that_were_repeated_or_split_over_several_runs_count_once()
    {
        using var workspace = new Workspace();
        LedgerRecord other = Calls.Answer() with { Test = "Desk.Tests.AnswerTests.An_answer_is_short" };
        workspace.Record("runs/shard-1/a.jsonl", Guid.NewGuid(), Workspace.Now.AddMinutes(-9), Calls.Triage());
        workspace.Record("runs/shard-2/b.jsonl", Guid.NewGuid(), Workspace.Now.AddMinutes(-9), other);
        workspace.Record("runs/shard-2-repeated/c.jsonl", Guid.NewGuid(), Workspace.Now.AddMinutes(-5), other, other);

        string json = (await workspace.RunAsync("flow", "summarize", "runs", "--latest-of-each-test")).Succeeded();

        Assert.Equal(0.0125m + (2 * 0.00075m), JsonDocument.Parse(json).RootElement.GetProperty("total_cost_usd").GetDecimal());
    }

    [Fact]
    public async Task Which_test_came_last_cannot_be_told_of_summaries()
    {
        using Workspace workspace = Workspace.Recorded("a.jsonl", Calls.Triage());
        await workspace.RunAsync("flow", "summarize", "a.jsonl", "-o", "summary.json");

        Assert.StartsWith("magsag: summary.json is a summary", (await workspace.RunAsync("flow", "summarize", "summary.json", "--latest-of-each-test")).Refused(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tests_that_call_no_model_are_nothing_to_stumble_over()
    {
        using Workspace workspace = Workspace.Recorded("tests/A/.runs/costs/a.jsonl", Calls.Triage());
        workspace.Write("tests/B/.runs/verdicts/B.net10.0.json", "{}");

        string json = (await workspace.RunAsync("flow", "summarize")).Succeeded();

        Assert.Equal(0.0125m, JsonDocument.Parse(json).RootElement.GetProperty("total_cost_usd").GetDecimal());
    }

    [Fact]
    public async Task Latest_takes_the_last_recording_only()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Guid.NewGuid(), Workspace.Now.AddHours(-2), Calls.Triage());
        workspace.Record(".runs/costs/b.jsonl", Guid.NewGuid(), Workspace.Now.AddHours(-1), Calls.Answer(), Calls.Answer("run-2"));

        string json = (await workspace.RunAsync("flow", "summarize", "--latest")).Succeeded();

        Assert.Equal(2, JsonDocument.Parse(json).RootElement.GetProperty("calls").GetInt64());
    }

    [Fact]
    public async Task Nothing_recorded_yet_is_said_in_one_line()
    {
        using var workspace = new Workspace();

        Assert.Contains("nothing was recorded here yet", (await workspace.RunAsync("flow", "summarize")).Refused(3));
    }

    [Fact]
    public async Task An_unknown_run_names_the_nearest()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage("nightly-41"));

        string line = (await workspace.RunAsync("flow", "summarize", "--run-id", "nightly-14")).Refused(2);

        Assert.Equal("magsag: There is no run 'nightly-14'. Did you mean nightly-41?", line);
    }

    [Theory]
    [InlineData("--since", "yesterdai")]
    [InlineData("--until", "2026-13-01")]
    [InlineData("--since", "99")]
    public async Task A_date_that_does_not_parse_is_refused_with_what_would(string option, string value)
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());

        string line = (await workspace.RunAsync("flow", "summarize", option, value)).Refused(2);

        Assert.StartsWith($"magsag: {option} '{value}' isn't a time; expected one such as 2026-11-23", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_period_that_ends_before_it_begins_is_refused()
    {
        using var workspace = new Workspace();

        Assert.Contains("no call lies between them", (await workspace.RunAsync("flow", "summarize", "--since", "today", "--until", "yesterday")).Refused(2));
    }

    [Fact]
    public async Task An_unknown_time_zone_is_refused()
    {
        using var workspace = new Workspace();

        Assert.Contains("isn't a time zone", (await workspace.RunAsync("flow", "summarize", "--tz", "Mars/Olympus")).Refused(2));
    }

    [Fact]
    public async Task A_broken_line_is_named_with_its_file_and_number()
    {
        using Workspace workspace = Workspace.Recorded("a.jsonl", Calls.Triage());
        File.AppendAllText(workspace.PathOf("a.jsonl"), "oops\n");

        Assert.StartsWith("magsag: a.jsonl(3): Expected a ledger line", (await workspace.RunAsync("flow", "summarize", "a.jsonl")).Refused(3), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_summary_of_another_kind_is_named()
    {
        using var workspace = new Workspace();
        workspace.Write("summary.json", "{}");

        Assert.Contains("Expected a summary", (await workspace.RunAsync("flow", "summarize", "summary.json")).Refused(3));
    }

    [Fact]
    public async Task A_folder_without_ledgers_is_named()
    {
        using var workspace = new Workspace();
        Directory.CreateDirectory(workspace.PathOf("empty.jsonl"));

        Assert.Contains("empty.jsonl holds no ledger", (await workspace.RunAsync("flow", "summarize", "empty.jsonl")).Refused(3));
    }

    [Fact]
    public async Task A_file_that_may_not_be_read_is_named()
    {
        using Workspace workspace = Workspace.Recorded("a.jsonl", Calls.Triage());
        using (File.Open(workspace.PathOf("a.jsonl"), FileMode.Open, FileAccess.Read, FileShare.None))
        {
            Assert.StartsWith("magsag: a.jsonl: The ledger can't be opened", (await workspace.RunAsync("flow", "summarize", "a.jsonl")).Refused(3), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_output_that_cannot_be_written_leaves_nothing_behind()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());
        workspace.Write("taken", "");

        string line = (await workspace.RunAsync("flow", "summarize", "--output", "taken/summary.json")).Refused(2);

        Assert.StartsWith("magsag: taken/summary.json can't be written", line, StringComparison.Ordinal);
        Assert.Equal([".git", ".runs", "taken"], Directory.GetFileSystemEntries(workspace.Directory).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Two_formats_at_once_are_refused()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());

        Assert.Contains("found several", (await workspace.RunAsync("flow", "summarize", "--json", "--csv")).Refused(2));
    }

    [Fact]
    public async Task An_option_that_does_not_exist_is_refused()
    {
        using var workspace = new Workspace();

        Assert.Contains("There is no option '--nope'.", (await workspace.RunAsync("flow", "summarize", "--nope")).Refused(2));
    }

    [Fact]
    public async Task Stopping_a_command_is_said_in_one_line()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        ToolResult result = await workspace.RunAsync(stopped.Token, "flow", "summarize", "-o", "summary.json");

        result.Refused(130);
        Assert.False(File.Exists(workspace.PathOf("summary.json")));
    }

    [Fact]
    public async Task An_estimated_cost_says_so_and_how_much_of_it_is()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage(), Calls.Answer() with { UsageSource = UsageSource.Counted });

        string text = (await workspace.RunAsync("flow", "summarize", "--text")).Succeeded();
        string report = (await workspace.RunAsync("report", "model", "--json")).Succeeded();

        Assert.Contains("The cost is in part an estimate: of 1 call (50.0 % of all) the provider reported no usage, so the tokens were counted.", text);
        Assert.Contains("\"estimated_calls\": 1", report);
        Assert.StartsWith("Magsag: 2 calls, about $0.0133,", (await workspace.RunAsync("flow", "summarize", "--output", "summary.json")).Error, StringComparison.Ordinal);
    }
}
