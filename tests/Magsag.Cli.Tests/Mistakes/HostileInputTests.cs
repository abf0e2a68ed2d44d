using System.Text;
using Magsag.Cli.Flow.Verdicts;

namespace Magsag.Cli.Tests.Mistakes;

/// <summary>Input that nobody would write by hand ends in one line with file and line and exit code 3, never in a stack trace.</summary>
public sealed class HostileInputTests
{
    private const string Baseline = """
        {
          "schema": 1,
          "entries": [
            {"test":"A.One","site":"T/Tests.cs","member":"A.One","operation":"chat","provider":"openai","model":"gpt-4o-mini",%CALLS%"output_tokens":5,"cost_usd":0.000153}
          ]
        }
        """;

    private static Workspace Recorded() => Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());

    [Theory]
    [InlineData("\"calls\":9223372036854775807,\"input_tokens\":1,", "cost-baseline.json(4): Expected a whole number from 0 to 1000000000000000, found 9223372036854775807.")]
    [InlineData("\"calls\":1,\"input_tokens\":1,\"input_tokens\":2,", "cost-baseline.json(4): The member 'input_tokens' stands twice in one object; keep the one that is right.")]
    [InlineData("\"agent\":\"a\\ud800\",", "cost-baseline.json(4): Expected text in UTF-8, found bytes or \\u escapes that stand for no character; save the file as UTF-8.")]
    public async Task A_baseline_that_would_mislead_ends_the_gate(string members, string told)
    {
        using Workspace workspace = Recorded();
        workspace.Write("cost-baseline.json", Baseline.Replace("%CALLS%", members, StringComparison.Ordinal));

        Assert.StartsWith("magsag: " + told, (await workspace.RunAsync("flow", "gate")).Refused(3), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("time_zone: Europe\n", "policy.yaml(1,12): The time zone 'Europe' isn't known on this machine; expected UTC or a name such as Europe/Berlin.")]
    [InlineData("policies:\n  - name: total_budget_limits\n    limits:\n      max_cost_per_day_usd: 79228162514264337593543950335\n", "policy.yaml(4,29): Expected an amount in US dollars of 0 or more")]
    public async Task A_policy_that_cant_be_meant_ends_the_gate(string policy, string told)
    {
        using Workspace workspace = Recorded();
        workspace.Write("policy.yaml", policy);

        Assert.StartsWith("magsag: " + told, (await workspace.RunAsync("flow", "gate", "--policy", "policy.yaml")).Refused(3), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_prices_with_an_empty_period_end_the_gate()
    {
        using Workspace workspace = Recorded();
        workspace.Write("magsag.prices.yaml", "version: 1\nmodels:\n  - provider: openai\n    model: m\n    prices:\n      - input: 1\n      - from: 2026-12-01\n");

        Assert.StartsWith("magsag: magsag.prices.yaml(7,9): The price lists no prices; expected 'input' and the like.", (await workspace.RunAsync("flow", "gate")).Refused(3), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("litellm", "{\n\"gpt-4o\": {\"litellm_provider\":\"openai\",\"input_cost_per_token\":1e-06},\n\"text-\\ud800small\": {}\n}", 3)]
    [InlineData("litellm", "{\n\"gpt-~4o\": {}\n}", 2)]
    [InlineData("genai-prices", "[\n{\"id\":\"open\\udfffai\",\"models\":[]}\n]", 2)]
    [InlineData("genai-prices", "[\n{\"id\":\"open~ai\",\"models\":[]}\n]", 2)]
    public async Task A_price_list_that_isnt_text_is_refused(string format, string list, int line)
    {
        using var workspace = new Workspace();
        File.WriteAllBytes(workspace.PathOf("list.json"), [.. Encoding.UTF8.GetBytes(list).Select(static letter => letter == (byte)'~' ? (byte)0xFF : letter)]);

        foreach (string[] command in (string[][])[["prices", "import"], ["prices", "diff"]])
        {
            Assert.StartsWith($"magsag: list.json({line}): Expected text in UTF-8", (await workspace.RunAsync([.. command, "list.json", "--from", format])).Refused(3), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_threshold_that_is_no_threshold_is_refused()
    {
        using Workspace workspace = Recorded();

        (await workspace.RunAsync("flow", "gate", "--max-increase", "79228162514264337593543950335")).Refused(2);
    }

    [Fact]
    public async Task A_mistake_of_the_tool_is_one_line_that_says_what_to_report()
    {
        using var workspace = new Workspace();
        workspace.Write("list.json", "{}");
        Func<Terminal, Terminal> broken = static terminal => terminal with { Clock = new BrokenClock() };

        string told = (await workspace.RunAsync(broken, "prices", "diff", "list.json")).Refused(3);
        ToolResult traced = await workspace.RunAsync(terminal => broken(terminal) with { Variable = static name => name == "MAGSAG_TRACE" ? "1" : null }, "prices", "diff", "list.json");

        Assert.Contains("This is a mistake of magsag", told, StringComparison.Ordinal);
        Assert.Contains("InvalidTimeZoneException: The clock stands still.", told, StringComparison.Ordinal);
        Assert.Contains("MAGSAG_TRACE=1", told, StringComparison.Ordinal);
        Assert.Contains("   at Magsag.", traced.Error, StringComparison.Ordinal);
        Assert.Equal(3, traced.ExitCode);
    }

    [Fact]
    public async Task Several_errors_at_once_are_told_as_the_first_that_says_something()
    {
        using var workspace = new Workspace();
        workspace.Write("list.json", "{}");

        string told = (await workspace.RunAsync(
            static terminal => terminal with { Clock = new BrokenClock(new AggregateException(new AggregateException(new InvalidOperationException("no"), new UnreadableInputException("a.jsonl", 7, "Found a riddle.")))) },
            "prices", "diff", "list.json")).Refused(3);

        Assert.Equal("magsag: a.jsonl(7): Found a riddle.", told);
    }

    [Theory]
    [InlineData("--policy", "The file has more than 1048576 bytes")]
    [InlineData("--prices", "The file has more than 1048576 bytes")]
    public async Task A_file_that_never_ends_is_refused(string option, string told)
    {
        if (!File.Exists("/dev/zero"))
        {
            return;
        }

        using Workspace workspace = Recorded();

        Assert.Contains(told, (await workspace.RunAsync("flow", "gate", option, "/dev/zero")).Refused(3), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--policy")]
    [InlineData("--baseline")]
    [InlineData("--prices")]
    public async Task What_nests_without_end_is_refused(string option)
    {
        using Workspace workspace = Recorded();
        workspace.Write("deep", $"{{\"schema\": 1, \"version\": 1, \"entries\": {new string('[', 100_000)}");

        (await workspace.RunAsync("flow", "gate", option, "deep")).Refused(3);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    public async Task The_verdict_has_the_same_bytes_in_every_culture(string culture)
    {
        using Workspace workspace = Recorded();
        workspace.Write("cost-baseline.json", Baseline.Replace("%CALLS%", "\"calls\":1,\"input_tokens\":1000,", StringComparison.Ordinal));
        foreach (string format in VerdictFormats.Names)
        {
            string expected = (await workspace.RunAsync("flow", "gate", "--format", format)).Output;
            Assert.Equal(expected, await Task.Run(async () =>
            {
                System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo(culture);
                return (await workspace.RunAsync("flow", "gate", "--format", format)).Output;
            }));
        }
    }

    private sealed class BrokenClock(Exception? error = null) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw error ?? new InvalidTimeZoneException("The clock stands still.");
    }
}
