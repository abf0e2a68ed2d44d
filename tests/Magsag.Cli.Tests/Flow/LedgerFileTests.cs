using System.Text;

namespace Magsag.Cli.Tests.Flow;

/// <summary>Ledgers as disks, editors and other programs leave them.</summary>
public sealed class LedgerFileTests
{
    private static readonly string[] Commands = ["flow summarize", "ingest --to sqlite:costs.db", "baseline accept"];

    [Fact]
    public async Task An_empty_ledger_has_no_calls()
    {
        using var workspace = new Workspace();
        workspace.Write("a.jsonl", "");

        Assert.Contains("\"calls\": 0", (await workspace.RunAsync("flow", "summarize", "a.jsonl")).Succeeded());
    }

    [Fact]
    public async Task Line_ends_of_Windows_are_read()
    {
        using Workspace workspace = Recorded();
        workspace.Write("a.jsonl", workspace.Read("a.jsonl").ReplaceLineEndings("\r\n"));

        Assert.Contains("\"calls\": 2", (await workspace.RunAsync("flow", "summarize", "a.jsonl")).Succeeded());
    }

    [Fact]
    public async Task A_last_line_that_breaks_off_is_skipped_and_counted()
    {
        using Workspace workspace = Recorded();
        workspace.Write("a.jsonl", workspace.Read("a.jsonl")[..^100]);

        Assert.Contains("1 torn line was skipped", (await workspace.RunAsync("flow", "summarize", "a.jsonl", "--text")).Succeeded());
    }

    [Fact]
    public async Task A_byte_order_mark_at_the_beginning_is_read_past()
    {
        using Workspace workspace = Recorded();
        Mark(workspace, "a.jsonl");

        string summary = (await workspace.RunAsync("flow", "summarize", "a.jsonl")).Succeeded();
        ToolResult ingested = await workspace.RunAsync("ingest", "a.jsonl", "--to", "sqlite:costs.db");

        Assert.Contains("\"calls\": 2", summary);
        Assert.StartsWith("Magsag: 2 new records of 1 file", ingested.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_before_a_summary_a_baseline_a_policy_and_own_prices_is_read_past()
    {
        using Workspace workspace = Recorded();
        workspace.Write("policy.yaml", "policies:\n  - name: total_budget_limits\n    limits:\n      max_cost_per_run_usd: 1\n");
        workspace.Write("prices.yaml", "version: 1\nmodels:\n  - model: ours\n    provider: openai\n    prices:\n      - input: 1\n        output: 2\n");
        await workspace.RunAsync("flow", "summarize", "a.jsonl", "--output", "summary.json");
        await workspace.RunAsync("baseline", "accept", "a.jsonl");
        foreach (string name in new[] { "summary.json", "cost-baseline.json", "policy.yaml", "prices.yaml" })
        {
            Mark(workspace, name);
        }

        string verdict = (await workspace.RunAsync("flow", "gate", "summary.json", "--baseline", "cost-baseline.json", "--policy", "policy.yaml", "--prices", "prices.yaml")).Succeeded();

        Assert.Contains("2 calls, $0.0133, baseline $0.0133 (±0 %): passed", verdict);
    }

    [Fact]
    public async Task A_binary_file_is_named_and_steers_no_terminal()
    {
        using Workspace workspace = Recorded();
        File.WriteAllBytes(workspace.PathOf("a.jsonl"), [0x1b, .. "[31m"u8, 0x07, 0xff, 0xfe, 0x00, (byte)'\n', 1, 2, 3]);

        await RefusedAsync(workspace, "a.jsonl(1): Expected a ledger line (a JSON object), found '␛[31m␇");
    }

    [Fact]
    public async Task A_line_that_is_not_UTF_8_is_named()
    {
        using Workspace workspace = Recorded();
        File.WriteAllBytes(workspace.PathOf("a.jsonl"), [.. File.ReadAllBytes(workspace.PathOf("a.jsonl")), .. "{\"v\":1,\"agent\":\"tri"u8, 0xff, 0xfe, .. "age\"}\n"u8]);

        await RefusedAsync(workspace, "a.jsonl(4): Expected a ledger line");
    }

    [Fact]
    public async Task A_line_of_50_MB_is_named_without_being_printed()
    {
        using Workspace workspace = Recorded();
        File.AppendAllText(workspace.PathOf("a.jsonl"), new string('x', 50_000_000) + "\n");

        string error = (await workspace.RunAsync("flow", "summarize", "a.jsonl")).Refused(3);

        Assert.Contains("a.jsonl(4): Expected a ledger line", error);
        Assert.InRange(error.Length, 1, 300);
    }

    [Fact]
    public async Task A_line_of_a_later_format_is_named()
    {
        using Workspace workspace = Recorded();
        workspace.Write("a.jsonl", "{\"v\":99}\n");

        await RefusedAsync(workspace, "The line is of format version 99; this Magsag reads version 1.");
    }

    [Fact]
    public async Task A_folder_in_the_place_of_a_ledger_is_named()
    {
        using var workspace = new Workspace();
        Directory.CreateDirectory(workspace.PathOf("a.jsonl"));

        await RefusedAsync(workspace, "a.jsonl holds no ledger");
    }

    [Fact]
    public async Task A_path_that_is_not_there_leaves_no_store_behind()
    {
        using var workspace = new Workspace();

        (await workspace.RunAsync("ingest", "nope.jsonl", "--to", "sqlite:costs.db")).Refused(3);

        Assert.False(File.Exists(workspace.PathOf("costs.db")));
    }

    private static async Task RefusedAsync(Workspace workspace, string says)
    {
        foreach (string command in Commands)
        {
            ToolResult result = await workspace.RunAsync([.. command.Split(' '), "a.jsonl"]);

            Assert.Equal((3, ""), (result.ExitCode, result.Output));
            Assert.Contains(says, result.Error);
            Assert.DoesNotContain("   at ", result.Error);
        }

        Assert.False(File.Exists(workspace.PathOf("cost-baseline.json")));
    }

    private static void Mark(Workspace workspace, string name) => File.WriteAllText(workspace.PathOf(name), workspace.Read(name), new UTF8Encoding(true));

    private static Workspace Recorded()
    {
        var workspace = new Workspace();
        workspace.Record("a.jsonl", Calls.Triage(), Calls.Answer());
        return workspace;
    }
}
