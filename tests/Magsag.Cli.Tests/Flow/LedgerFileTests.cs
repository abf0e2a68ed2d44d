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
    public async Task Lines_of_a_later_format_are_read_as_far_as_they_are_known_and_told()
    {
        using Workspace workspace = Recorded();
        workspace.Write("a.jsonl", """
            {"v":99,"ts":"2026-11-23T18:00:00Z","model":"gpt-4o","usage_source":"reported","input_tokens":10,"cost_usd":0.5,"carbon_grams":7}
            {"v":99,"kind":"carbon"}

            """);

        ToolResult summary = await workspace.RunAsync("flow", "summarize", "a.jsonl");
        ToolResult ingested = await workspace.RunAsync("ingest", "a.jsonl", "--to", "sqlite:costs.db");

        Assert.Equal(0, summary.ExitCode);
        Assert.Contains("\"total_cost_usd\": 0.5", summary.Output);
        Assert.Contains("1 line and 1 member and 1 line of a later format that only a later Magsag knows passed over", summary.Error);
        Assert.Equal(0, ingested.ExitCode);
    }

    [Theory]
    [InlineData("{\"v\":1,\"ts\":\"2026-11-23T18:00:00Z\",\"cost_usd\":0.5,\"cost_usd\":999}\n", "a.jsonl(1): Expected a ledger line (a JSON object), found '{\"v\":1,\"ts\":\"2026-11-23T18:00:00Z\",\"cost…': The member 'cost_usd' stands twice in the line.")]
    [InlineData("{\"v\":1,\"ts\":\"2026-11-23T18:00:00Z\"}\r{\"v\":1,\"ts\":\"2026-11-23T18:00:00Z\"}\r", "Its lines end in carriage returns; end them in line feeds, as Magsag writes them.")]
    [InlineData("\0\0\0\0\0\0\0\0", "a.jsonl(1): Expected a ledger line (a JSON object), found 8 zero bytes")]
    [InlineData("{\"v\":1,\"ts\":\"2026-11-23T18:00:00Z\",\"cost_usd\":79228162514264337593543950335}\n", "'cost_usd' is 79228162514264337593543950335; expected an amount of money, 0 or more and below 1,000,000 US dollars for one call.")]
    [InlineData("{\"v\":1,\"ts\":\"2026-11-23T18:00:00Z\",\"input_tokens\":9223372036854775807}\n", "A token count is 9223372036854775807; expected a whole number of 0 or more and below 1,000,000,000,000.")]
    public async Task Lines_that_cannot_be_right_are_named(string ledger, string says)
    {
        using Workspace workspace = Recorded();
        workspace.Write("a.jsonl", ledger);

        await RefusedAsync(workspace, says);
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

    private static Workspace Recorded() => Workspace.Recorded("a.jsonl", Calls.Triage(), Calls.Answer());
}
