using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Magsag.Cli.Tests.Data;

public sealed class DataTests
{
    [Fact]
    public async Task Runs_are_listed_newest_first_as_JSON_for_jq()
    {
        using Workspace workspace = Recorded();

        JsonElement[] runs = Rows((await workspace.RunAsync("data", "query", "--agent", "triage", "--limit", "100")).Succeeded());

        Assert.Equal(["run-2", "run-1"], runs.Select(static run => run.GetProperty("run_id").GetString()));
        Assert.Equal([0.05m, 0.0125m], runs.Select(static run => run.GetProperty("total_cost_usd").GetDecimal()));
    }

    [Fact]
    public async Task One_run_is_found_with_all_its_calls()
    {
        using Workspace workspace = Recorded();

        JsonElement run = Assert.Single(Rows((await workspace.RunAsync("data", "query", "--run-id", "run-1")).Succeeded()));

        Assert.Equal((2, 0.01325m), (run.GetProperty("calls").GetInt64(), run.GetProperty("total_cost_usd").GetDecimal()));
        Assert.Equal(2, Rows((await workspace.RunAsync("data", "query", "--run-id", "run-1", "--calls")).Succeeded()).Length);
    }

    [Fact]
    public async Task All_agents_customers_and_models_of_a_run_are_listed_the_dearest_first()
    {
        using Workspace workspace = RecordedByThree();

        JsonElement run = Assert.Single(Rows((await workspace.RunAsync("data", "query", "--json")).Succeeded()));

        string[] NamesOf(string key) => [.. run.GetProperty(key).EnumerateArray().Select(static name => name.GetString()!)];
        Assert.Equal(["zoe", "triage", "answering"], NamesOf("agents"));
        Assert.Equal(["globex", "acme"], NamesOf("customers"));
        Assert.Equal(2, NamesOf("models").Length);
    }

    [Fact]
    public async Task A_terminal_shows_the_dearest_agent_and_how_many_others_there_are()
    {
        using Workspace workspace = RecordedByThree();

        Assert.Contains(" zoe +2 ", (await workspace.RunAsync("data", "query", "--text")).Succeeded(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--csv", "\"zoe, triage, answering\",\"globex, acme\"")]
    [InlineData("--markdown", "| zoe, triage, answering | globex, acme |")]
    public async Task Files_have_the_names_of_all_agents_of_a_run(string format, string names)
    {
        using Workspace workspace = RecordedByThree();

        Assert.Contains(names, (await workspace.RunAsync("data", "query", format)).Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_asked_for_by_one_agent_names_that_agent_alone()
    {
        using Workspace workspace = RecordedByThree();

        JsonElement run = Assert.Single(Rows((await workspace.RunAsync("data", "query", "--agent", "triage")).Succeeded()));

        Assert.Equal(["triage"], run.GetProperty("agents").EnumerateArray().Select(static name => name.GetString()!));
        Assert.Equal(1, run.GetProperty("calls").GetInt64());
    }

    [Fact]
    public async Task A_run_that_other_conditions_leave_out_is_not_called_unknown()
    {
        using Workspace workspace = Recorded();

        Assert.Contains("Run 'run-1' has no call that passes the other conditions.", (await workspace.RunAsync("data", "query", "--run-id", "run-1", "--agent", "nobody")).Refused(2));
    }

    [Fact]
    public async Task A_run_whose_cost_nobody_knows_has_none()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage(cost: null));

        Assert.False(Rows((await workspace.RunAsync("data", "query")).Succeeded())[0].TryGetProperty("total_cost_usd", out _));
    }

    [Fact]
    public async Task What_is_recorded_after_a_query_is_in_the_next_one()
    {
        using Workspace workspace = Recorded();
        await workspace.RunAsync("data", "query");

        workspace.Record(".runs/costs/b.jsonl", Calls.Answer("run-3", hour: 20));

        Assert.Equal(3, Rows((await workspace.RunAsync("data", "query")).Succeeded()).Length);
    }

    [Theory]
    [InlineData("cost_usd", 3)]
    [InlineData("agent:triage", 2)]
    [InlineData("cost_usd:>0.02", 1)]
    [InlineData("-agent:triage", 1)]
    public async Task Calls_are_found_by_words_and_terms(string text, int found)
    {
        using Workspace workspace = Recorded();

        Assert.Equal(found, Rows((await workspace.RunAsync("data", "search", text, "--limit", "50")).Succeeded()).Length);
    }

    [Fact]
    public async Task A_search_that_cannot_be_understood_is_refused()
    {
        using Workspace workspace = Recorded();

        string line = (await workspace.RunAsync("data", "search", "\"open")).Refused(2);

        Assert.Contains("isn't closed", line);
        Assert.DoesNotContain("Parameter", line);
    }

    [Theory]
    [InlineData("agnet:triage", "magsag: There is no field 'agnet'; expected one of agent, batch,")]
    [InlineData(null, "magsag: The search has 3000 words; expected 100 at most.")]
    public async Task A_search_that_would_find_nothing_or_end_the_database_is_refused(string? text, string says)
    {
        using Workspace workspace = Recorded();

        Assert.StartsWith(says, (await workspace.RunAsync("data", "search", text ?? string.Join(' ', Enumerable.Repeat("w", 3000)))).Refused(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_run_names_the_nearest()
    {
        using Workspace workspace = Recorded();

        Assert.StartsWith("magsag: There is no run 'run-7'. Did you mean run-1 or run-2?", (await workspace.RunAsync("data", "query", "--run-id", "run-7")).Refused(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_store_yet_is_said_with_the_command_that_makes_one()
    {
        using var workspace = new Workspace();

        Assert.Contains("`magsag ingest --to sqlite:costs.db` makes one", (await workspace.RunAsync("data", "query", "--store", "sqlite:costs.db")).Refused(3));
        Assert.False(File.Exists(workspace.PathOf("costs.db")));
        Assert.Contains("nothing was recorded here yet", (await workspace.RunAsync("data", "query")).Refused(3));
    }

    [Fact]
    public async Task A_store_of_another_schema_is_refused()
    {
        using Workspace workspace = Recorded();
        await workspace.RunAsync("ingest", "--to", "sqlite:costs.db");
        await using (var connection = new SqliteConnection($"Data Source={workspace.PathOf("costs.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 9999";
            await command.ExecuteNonQueryAsync();
        }

        Assert.Contains("version", (await workspace.RunAsync("data", "query", "--store", "sqlite:costs.db")).Refused(3));
    }

    [Fact]
    public async Task A_store_that_was_cut_off_is_refused()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());
        await workspace.RunAsync("ingest", "--to", "sqlite:whole.db");
        File.WriteAllBytes(workspace.PathOf("cut.db"), File.ReadAllBytes(workspace.PathOf("whole.db"))[..20_000]);

        string error = (await workspace.RunAsync("data", "query", "--store", "sqlite:cut.db")).Refused(3);

        Assert.Contains("is damaged", error);
        Assert.EndsWith("Delete it: it is made again from the ledgers.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        using var workspace = new Workspace();
        workspace.Write("costs.db", new string('x', 5000));

        (await workspace.RunAsync("data", "query", "--store", "sqlite:costs.db")).Refused(3);
    }

    [Fact]
    public async Task A_PostgreSQL_that_is_down_is_said_in_one_line_without_the_password()
    {
        using var workspace = new Workspace();

        string line = (await workspace.RunAsync("data", "query", "--store", "postgres://magsag:secret@127.0.0.1:1/costs")).Refused(3);

        Assert.DoesNotContain("secret", line);
    }

    [Theory]
    [InlineData("mysql://host/db")]
    [InlineData("sqlite:")]
    public async Task An_address_of_no_store_is_refused(string address)
    {
        using var workspace = new Workspace();

        Assert.Contains("Expected a store such as", (await workspace.RunAsync("data", "query", "--store", address)).Refused(2));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("many")]
    public async Task A_limit_that_cannot_be_is_refused(string limit)
    {
        using Workspace workspace = Recorded();

        (await workspace.RunAsync("data", "query", "--limit", limit)).Refused(2);
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_read_leaves_no_hole_unnoticed()
    {
        using Workspace workspace = Recorded();
        File.AppendAllText(workspace.PathOf(".runs/costs/a.jsonl"), "oops\n");

        Assert.Contains("a.jsonl(5)", (await workspace.RunAsync("data", "query")).Refused(3));
    }

    private static Workspace Recorded() => Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage(), Calls.Answer(), Calls.Triage("run-2", 0.05m, hour: 11));

    private static Workspace RecordedByThree() => Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage(cost: 0.01m), Calls.Answer(), Calls.Triage(cost: 0.75m) with { Agent = "zoe", Customer = "globex" });

    private static JsonElement[] Rows(string json) => [.. JsonDocument.Parse(json).RootElement.EnumerateArray()];

    [Fact]
    public async Task What_several_projects_record_gets_into_their_common_store_each_time()
    {
        using Workspace workspace = Workspace.Recorded("tests/A/.runs/costs/a.jsonl", Calls.Triage());
        workspace.Record("tests/B/.runs/costs/b.jsonl", Calls.Answer());
        await workspace.RunAsync("report", "model");
        workspace.Record("tests/B/.runs/costs/c.jsonl", Calls.Answer("run-2"));

        Assert.Contains("\"calls\": 3,", (await workspace.RunAsync("report", "model", "--json")).Succeeded());
        Assert.Contains("\"calls\": 3,", (await workspace.RunAsync("flow", "summarize")).Succeeded());
        Assert.True(File.Exists(workspace.PathOf(".runs/costs.db")));
    }
}
