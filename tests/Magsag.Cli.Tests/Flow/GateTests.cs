using System.Text.Json;
using System.Xml.Linq;

namespace Magsag.Cli.Tests.Flow;

public sealed class GateTests
{
    private const string Policy = """
        schema: 1
        policies:
          - name: agent_budget_limits
            limits:
              triage:
                max_cost_per_run_usd: 0.01

        """;

    [Fact]
    public async Task Costs_within_policy_and_baseline_pass()
    {
        using Workspace workspace = await WithBaselineAsync();

        ToolResult result = await workspace.RunAsync("flow", "gate", "summary.json");

        Assert.Equal((0, "Magsag: 2 calls, $0.0133, baseline $0.0133 (±0 %): passed\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task A_limit_that_is_exceeded_fails()
    {
        using Workspace workspace = await WithBaselineAsync();
        workspace.Write("policy.yaml", Policy);

        ToolResult result = await workspace.RunAsync("flow", "gate", "summary.json", "--policy", "policy.yaml");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("policy.yaml(6): error MAG202: agent_budget_limits.max_cost_per_run_usd: agent 'triage' spent $0.0125 in run run-1, allowed is $0.01.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_costs_are_judged_in_the_same_bytes_on_any_day()
    {
        using Workspace workspace = await RisenAsync();
        DateTimeOffset[] days = [new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2026, 8, 31, 23, 59, 59, TimeSpan.Zero), new(2026, 9, 1, 4, 0, 0, TimeSpan.Zero), new(2027, 1, 14, 17, 0, 0, TimeSpan.Zero), new(2031, 6, 1, 12, 0, 0, TimeSpan.Zero)];
        var verdicts = new HashSet<string>(StringComparer.Ordinal);
        foreach (DateTimeOffset day in days)
        {
            verdicts.Add((await workspace.RunAsync(terminal => terminal with { Clock = new FixedClock(day) }, "flow", "gate", "summary.json", "--format", "json")).Output);
            verdicts.Add((await workspace.RunAsync("flow", "gate", "summary.json", "--format", "json")).Output);
        }

        Assert.Contains("MAG200", Assert.Single(verdicts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_baseline_that_is_named_twice_counts_once()
    {
        using Workspace workspace = await RisenAsync();

        ToolResult result = await workspace.RunAsync("flow", "gate", "summary.json", "--baseline", "cost-baseline.json", "--baseline", "./cost-baseline.json");

        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public async Task A_baseline_that_kept_both_sides_of_a_merge_is_unreadable()
    {
        using Workspace workspace = await WithBaselineAsync();
        string[] lines = File.ReadAllLines(Path.Combine(workspace.Directory, "cost-baseline.json"));
        string entry = lines[4].TrimEnd(',');
        File.WriteAllLines(Path.Combine(workspace.Directory, "cost-baseline.json"), [.. lines[..4], entry + ",", .. lines[4..]]);

        ToolResult result = await workspace.RunAsync("flow", "gate", "summary.json");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("stands twice, first in line 5: a merge may have kept both sides", result.Error, StringComparison.Ordinal);
        Assert.Contains("cost-baseline.json", result.Error, StringComparison.Ordinal);
        Assert.Contains("-p:MagsagUpdateBaseline=true", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_says_the_same_and_answers_0()
    {
        using Workspace workspace = await WithBaselineAsync();
        workspace.Write("catalog/policies/cost_governance.yaml", Policy);

        ToolResult judged = await workspace.RunAsync("flow", "gate", "summary.json");
        ToolResult dry = await workspace.RunAsync("flow", "gate", "summary.json", "--dry-run");

        Assert.Equal((1, 0), (judged.ExitCode, dry.ExitCode));
        Assert.Equal(judged.Output, dry.Output);
    }

    [Fact]
    public async Task A_rise_over_the_threshold_fails_at_the_call_site()
    {
        using Workspace workspace = await RisenAsync();

        ToolResult result = await workspace.RunAsync("flow", "gate", "summary.json");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("cost-baseline.json: error MAG200: The total cost rose from $0.0133 to $0.0258", result.Output);
        Assert.Contains("src/Triage.cs(42): error MAG201: The cost of the calls in src/Triage.cs (Desk.Triage.ClassifyAsync) rose from $0.0125 to $0.025", result.Output);
    }

    [Fact]
    public async Task A_threshold_can_be_set()
    {
        using Workspace workspace = await RisenAsync();

        Assert.Equal(0, (await workspace.RunAsync("flow", "gate", "summary.json", "--max-increase", "150")).ExitCode);
        Assert.Equal(0, (await workspace.RunAsync("flow", "gate", "summary.json", "--min-increase-usd", "0.05")).ExitCode);
    }

    [Theory]
    [InlineData("error", 1)]
    [InlineData("warning", 0)]
    [InlineData("none", 0)]
    public async Task A_missing_baseline_is_as_bad_as_one_says(string severity, int exitCode)
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());

        ToolResult result = await workspace.RunAsync("flow", "gate", "--missing-baseline", severity);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(severity != "none", result.Output.Contains("MAG203", StringComparison.Ordinal));
        Assert.Contains("no baseline", result.Output);
    }

    [Fact]
    public async Task A_baseline_that_was_named_and_is_missing_is_named_with_the_command_that_makes_it()
    {
        using Workspace workspace = await WithBaselineAsync();

        ToolResult result = await workspace.RunAsync("flow", "gate", "summary.json", "--baseline", "accepted/costs.json");

        Assert.Contains("There is no baseline at accepted/costs.json", result.Output.Replace(workspace.Directory + "/", "", StringComparison.Ordinal));
        Assert.Contains("magsag baseline accept summary.json --baseline accepted/costs.json", result.Output);
    }

    [Fact]
    public async Task One_missing_baseline_of_several_is_an_error()
    {
        using Workspace workspace = await WithBaselineAsync();

        Assert.Equal(
            "magsag: nope.json doesn't exist; expected a baseline.",
            (await workspace.RunAsync("flow", "gate", "summary.json", "--baseline", "cost-baseline.json", "--baseline", "nope.json")).Refused(3));
    }

    [Fact]
    public async Task Baselines_beside_the_projects_add_up()
    {
        using Workspace workspace = Workspace.Recorded("tests/A/.runs/costs/a.jsonl", Calls.Triage());
        workspace.Record("tests/B/.runs/costs/b.jsonl", Calls.Answer());
        await workspace.RunAsync("baseline", "accept", "tests/A", "--baseline", "tests/A/cost-baseline.json");
        await workspace.RunAsync("baseline", "accept", "tests/B", "--baseline", "tests/B/cost-baseline.json");

        Assert.Equal("Magsag: 2 calls, $0.0133, baseline $0.0133 (±0 %): passed\n", (await workspace.RunAsync("flow", "gate")).Succeeded());
    }

    [Fact]
    public async Task Tests_that_stopped_calling_fail_where_the_baseline_expects_calls()
    {
        using Workspace workspace = Workspace.Recorded("a.jsonl", Calls.Triage());
        await workspace.RunAsync("baseline", "accept", "a.jsonl", "--baseline", "tests/A/cost-baseline.json");
        workspace.Write("tests/A/.runs/verdicts/A.net10.0.json", "{}");

        ToolResult result = await workspace.RunAsync("flow", "gate");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("tests/A/cost-baseline.json: error MAG204: No call was recorded, but the baseline expects 1.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Baselines_of_several_target_frameworks_add_up()
    {
        using Workspace workspace = Workspace.Recorded("tests/A/.runs/costs/a.jsonl", Calls.Triage());
        workspace.Write("tests/A/.runs/costs/a.jsonl", workspace.Read("tests/A/.runs/costs/a.jsonl").Replace("net10.0", "net8.0", StringComparison.Ordinal));
        workspace.Record("tests/A/.runs/costs/b.jsonl", Calls.Answer());
        await workspace.RunAsync("baseline", "accept", "tests/A/.runs/costs/a.jsonl", "--baseline", "tests/A/cost-baseline.net8.0.json");
        await workspace.RunAsync("baseline", "accept", "tests/A/.runs/costs/b.jsonl", "--baseline", "tests/A/cost-baseline.net10.0.json");

        Assert.Equal("Magsag: 2 calls, $0.0133, baseline $0.0133 (±0 %): passed\n", (await workspace.RunAsync("flow", "gate")).Succeeded());
    }

    [Fact]
    public async Task A_project_without_a_baseline_beside_those_of_others_is_named_with_the_command_that_makes_it()
    {
        using Workspace workspace = Workspace.Recorded("tests/A/.runs/costs/a.jsonl", Calls.Triage());
        workspace.Record("tests/B/.runs/costs/b.jsonl", Calls.Answer());
        workspace.Record("tests/Silent/.runs/costs/c.jsonl");
        await workspace.RunAsync("baseline", "accept", "tests/A", "--baseline", "tests/A/cost-baseline.json");

        string verdict = (await workspace.RunAsync("flow", "gate")).Output;

        Assert.StartsWith("warning MAG203: tests/B has no baseline, so its calls count as new. Accept them and commit the file: dotnet test -p:MagsagUpdateBaseline=true\n", verdict, StringComparison.Ordinal);
        Assert.Contains("passed with warnings (MAG203)", verdict);
    }

    [Fact]
    public async Task Baselines_beside_the_projects_are_accepted_by_their_tests()
    {
        using Workspace workspace = Workspace.Recorded("tests/A/.runs/costs/a.jsonl", Calls.Triage());
        await workspace.RunAsync("flow", "summarize", "-o", "summary.json");

        ToolResult missing = await workspace.RunAsync("flow", "gate", "summary.json");
        await workspace.RunAsync("baseline", "accept", "tests/A", "--baseline", "tests/A/cost-baseline.json");
        workspace.Record("tests/A/.runs/costs/a.jsonl", Calls.Triage(), Calls.Triage(hour: 10));
        ToolResult risen = await workspace.RunAsync("flow", "gate");

        Assert.Contains("commit the file: dotnet test -p:MagsagUpdateBaseline=true\n", missing.Output);
        Assert.Contains("accept it: dotnet test -p:MagsagUpdateBaseline=true\n", risen.Output);
    }

    [Fact]
    public async Task A_summary_outside_the_working_directory_is_not_named_in_the_command_that_accepts()
    {
        using Workspace workspace = await RisenAsync();
        workspace.Write("deep/cost-baseline.json", workspace.Read("cost-baseline.json"));

        ToolResult result = await workspace.RunAsync(terminal => terminal with { Directory = workspace.PathOf("deep") }, "flow", "gate", workspace.PathOf("summary.json"));

        Assert.Contains("accept it: magsag baseline accept --latest\n", result.Output);
    }

    [Fact]
    public async Task Accepting_the_rise_makes_the_gate_pass()
    {
        using Workspace workspace = await RisenAsync();
        await workspace.RunAsync("baseline", "accept", "summary.json");

        Assert.Equal(0, (await workspace.RunAsync("flow", "gate", "summary.json")).ExitCode);
    }

    [Fact]
    public async Task Json_is_the_verdict_as_every_front_end_writes_it()
    {
        using Workspace workspace = await RisenAsync();

        JsonElement verdict = JsonDocument.Parse((await workspace.RunAsync("flow", "gate", "summary.json", "--format", "json")).Output).RootElement;

        Assert.Equal("failed", verdict.GetProperty("status").GetString());
        Assert.Equal(["MAG200", "MAG201"], verdict.GetProperty("findings").EnumerateArray().Select(static finding => finding.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Markdown_has_the_findings_as_a_table()
    {
        using Workspace workspace = await RisenAsync();

        string markdown = (await workspace.RunAsync("flow", "gate", "summary.json", "--format", "markdown")).Output;

        Assert.StartsWith("**Magsag: 3 calls, $0.0258, baseline $0.0133 (+94.3 %): failed (MAG200, MAG201)**\n\n| | code | where | what |\n", markdown, StringComparison.Ordinal);
        Assert.Contains("| error | MAG201 | `src/Triage.cs:42` |", markdown);
    }

    [Fact]
    public async Task Markdown_and_json_name_files_below_the_repository()
    {
        using Workspace workspace = await RisenAsync();

        string markdown = (await workspace.RunAsync("flow", "gate", "summary.json", "--format", "markdown")).Output;
        string json = (await workspace.RunAsync("flow", "gate", "summary.json", "--format", "json")).Output;

        Assert.Contains("| error | MAG200 | `cost-baseline.json` |", markdown);
        Assert.DoesNotContain(workspace.Directory, markdown + json);
    }

    [Fact]
    public async Task Dotenv_has_the_figures_to_the_last_digit()
    {
        using Workspace workspace = await RisenAsync();

        Assert.Equal(
            "passed=false\nstatus=failed\ncalls=3\ncost_usd=0.02575\ncost_kind=money\nbaseline_usd=0.01325\nchange_percent=94.34\n",
            (await workspace.RunAsync("flow", "gate", "summary.json", "--format", "dotenv")).Output);
    }

    [Fact]
    public async Task Dotenv_leaves_empty_what_is_not_known()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());

        Assert.EndsWith("cost_kind=money\nbaseline_usd=\nchange_percent=\n", (await workspace.RunAsync("flow", "gate", "--format", "dotenv")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_judgement_is_written_in_as_many_formats_as_asked_for()
    {
        using Workspace workspace = await RisenAsync();

        ToolResult result = await workspace.RunAsync("flow", "gate", "summary.json", "--format", "github", "-o", "verdict.json", "-o", "out/verdict.md", "-o", "v.sarif", "-o", "v.xml", "-o", "v.env");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("::error ", result.Output, StringComparison.Ordinal);
        Assert.StartsWith("{", workspace.Read("verdict.json"), StringComparison.Ordinal);
        Assert.StartsWith("**Magsag: ", workspace.Read("out/verdict.md"), StringComparison.Ordinal);
        Assert.Contains("sarif-2.1.0", workspace.Read("v.sarif"));
        Assert.Contains("<testsuites", workspace.Read("v.xml"));
        Assert.StartsWith("passed=false\n", workspace.Read("v.env"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_says_no_format_is_refused()
    {
        using Workspace workspace = await WithBaselineAsync();

        Assert.StartsWith(
            "magsag: 'verdict.pdf' isn't a name for a verdict; expected one that ends with .json, .md, .sarif, .xml, .env, or FORMAT=FILE with one of text, json, markdown, sarif, github, gitlab, gitlab-note, azure, bitbucket, junit, dotenv.",
            (await workspace.RunAsync("flow", "gate", "summary.json", "-o", "verdict.pdf")).Refused(2),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task GitLab_gets_an_issue_at_the_line_that_stays_the_same_while_figures_change()
    {
        using Workspace workspace = await RisenAsync();

        await workspace.RunAsync("flow", "gate", "summary.json", "-o", "gitlab=quality.json", "-o", "gitlab-note=note.md");
        JsonElement[] issues = [.. JsonDocument.Parse(workspace.Read("quality.json")).RootElement.EnumerateArray()];
        JsonElement site = issues.Single(static issue => issue.GetProperty("check_name").GetString() == "MAG201");

        Assert.Equal(("critical", "src/Triage.cs", 42), (site.GetProperty("severity").GetString(), site.GetProperty("location").GetProperty("path").GetString(), site.GetProperty("location").GetProperty("lines").GetProperty("begin").GetInt32()));
        Assert.Equal(issues.Length, issues.Select(static issue => issue.GetProperty("fingerprint").GetString()).Distinct().Count());
        Assert.StartsWith("**Magsag: ", workspace.Read("note.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Azure_Pipelines_gets_issues_of_the_run_at_the_lines()
    {
        using Workspace workspace = await RisenAsync();

        string[] lines = (await workspace.RunAsync("flow", "gate", "summary.json", "--format", "azure")).Output.Split('\n');

        Assert.Contains(lines, static line => line.StartsWith("##vso[task.logissue type=error;sourcepath=src/Triage.cs;linenumber=42;code=MAG201;]The cost of the calls in src/Triage.cs ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bitbucket_gets_a_report_and_its_annotations()
    {
        using Workspace workspace = await RisenAsync();

        JsonElement root = JsonDocument.Parse((await workspace.RunAsync("flow", "gate", "summary.json", "--format", "bitbucket")).Output).RootElement;

        Assert.Equal(("FAILED", "TEST"), (root.GetProperty("report").GetProperty("result").GetString(), root.GetProperty("report").GetProperty("report_type").GetString()));
        Assert.Contains(root.GetProperty("annotations").EnumerateArray(), static annotation => annotation.GetProperty("title").GetString() == "MAG201" && annotation.GetProperty("path").GetString() == "src/Triage.cs" && annotation.GetProperty("line").GetInt32() == 42);
    }

    [Fact]
    public async Task A_policy_that_cannot_be_read_is_a_verdict_too()
    {
        using Workspace workspace = await WithBaselineAsync();
        workspace.Write("policy.yaml", Policy.Replace("max_cost_per_run_usd", "max_cost_per_rum_usd", StringComparison.Ordinal));

        ToolResult result = await workspace.RunAsync("flow", "gate", "summary.json", "--policy", "policy.yaml", "--format", "github", "-o", "verdict.env");

        Assert.Equal(3, result.ExitCode);
        Assert.StartsWith("::error file=policy.yaml,line=6,title=MAG205::", result.Output, StringComparison.Ordinal);
        Assert.Equal("passed=false\nstatus=failed\ncalls=\ncost_usd=\ncost_kind=\nbaseline_usd=\nchange_percent=\n", workspace.Read("verdict.env"));
    }

    [Fact]
    public async Task GitHub_gets_annotations_at_the_lines()
    {
        using Workspace workspace = await RisenAsync();

        string[] lines = (await workspace.RunAsync("flow", "gate", "summary.json", "--format", "github")).Output.Split('\n');

        Assert.StartsWith("::error file=cost-baseline.json,title=MAG200::The total cost rose", lines[0], StringComparison.Ordinal);
        Assert.Contains("+94.3 %25", lines[0]);
        Assert.StartsWith("::error file=src/Triage.cs,line=42,title=MAG201::", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sarif_names_rule_level_and_place()
    {
        using Workspace workspace = await RisenAsync();

        JsonElement run = JsonDocument.Parse((await workspace.RunAsync("flow", "gate", "summary.json", "--format", "sarif")).Output).RootElement.GetProperty("runs")[0];

        JsonElement result = run.GetProperty("results")[1];
        JsonElement place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal(("MAG201", "error"), (result.GetProperty("ruleId").GetString(), result.GetProperty("level").GetString()));
        Assert.Equal("MAG201", run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
        Assert.Equal(("src/Triage.cs", 42), (place.GetProperty("artifactLocation").GetProperty("uri").GetString(), place.GetProperty("region").GetProperty("startLine").GetInt32()));
    }

    [Fact]
    public async Task Sarif_has_a_place_for_every_result_since_code_scanning_refuses_one_without()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());

        JsonElement run = JsonDocument.Parse((await workspace.RunAsync("flow", "gate", "--format", "sarif")).Output).RootElement.GetProperty("runs")[0];

        JsonElement result = Assert.Single(run.GetProperty("results").EnumerateArray());
        Assert.Equal("MAG203", result.GetProperty("ruleId").GetString());
        Assert.Equal("cost-baseline.json", result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString());
    }

    [Fact]
    public async Task JUnit_has_a_case_for_everything_that_was_compared()
    {
        using Workspace workspace = await RisenAsync();

        XElement suite = XDocument.Parse((await workspace.RunAsync("flow", "gate", "summary.json", "--format", "junit")).Output).Root!.Element("testsuite")!;

        XElement failed = suite.Elements("testcase").Single(static test => (string?)test.Attribute("classname") == "magsag.site" && test.Element("failure") is not null);
        Assert.Equal("src/Triage.cs (Desk.Triage.ClassifyAsync)", (string?)failed.Attribute("name"));
        Assert.Equal("MAG201", (string?)failed.Element("failure")!.Attribute("type"));
        Assert.Equal(("2", "0"), ((string?)suite.Attribute("failures"), (string?)suite.Attribute("errors")));
    }

    [Fact]
    public async Task JUnit_takes_an_unknown_cost_for_an_error()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage(cost: null) with { Model = "acme-large-7", RequestedModel = null });

        XElement suite = XDocument.Parse((await workspace.RunAsync("flow", "gate", "--format", "junit", "--missing-baseline", "none")).Output).Root!.Element("testsuite")!;

        Assert.Equal(("0", "1"), ((string?)suite.Attribute("failures"), (string?)suite.Attribute("errors")));
    }

    [Theory]
    [InlineData("--policy", "none.yaml", "none.yaml doesn't exist; expected a policy.")]
    [InlineData("--policy", ".git", ".git is a folder; expected a policy.")]
    [InlineData("--baseline", ".git", ".git is a folder; expected a baseline.")]
    public async Task A_file_that_is_not_there_is_named(string option, string value, string problem)
    {
        using Workspace workspace = await WithBaselineAsync();

        Assert.Equal("magsag: " + problem, (await workspace.RunAsync("flow", "gate", "summary.json", option, value)).Refused(3));
    }

    [Fact]
    public async Task A_policy_with_a_typing_error_is_named_with_its_line()
    {
        using Workspace workspace = await WithBaselineAsync();
        workspace.Write("policy.yaml", Policy.Replace("max_cost_per_run_usd", "max_cost_per_rum_usd", StringComparison.Ordinal));

        Assert.StartsWith("magsag: policy.yaml(6", (await workspace.RunAsync("flow", "gate", "summary.json", "--policy", "policy.yaml")).Refused(3), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--max-increase", "-1")]
    [InlineData("--format", "xml")]
    [InlineData("--missing-baseline", "fatal")]
    public async Task A_setting_that_cannot_be_is_refused(string option, string value)
    {
        using Workspace workspace = await WithBaselineAsync();

        (await workspace.RunAsync("flow", "gate", "summary.json", option, value)).Refused(2);
    }

    private static async Task<Workspace> WithBaselineAsync()
    {
        var workspace = new Workspace();
        workspace.Record("a.jsonl", Calls.Triage(), Calls.Answer());
        await workspace.RunAsync("flow", "summarize", "a.jsonl", "-o", "summary.json");
        await workspace.RunAsync("baseline", "accept", "summary.json");
        return workspace;
    }

    private static async Task<Workspace> RisenAsync()
    {
        Workspace workspace = await WithBaselineAsync();
        workspace.Record("b.jsonl", Calls.Triage(), Calls.Triage(hour: 10), Calls.Answer());
        await workspace.RunAsync("flow", "summarize", "b.jsonl", "-o", "summary.json");
        return workspace;
    }

    [Fact]
    public async Task A_policy_that_limits_nothing_is_said_in_one_line_and_passes()
    {
        using Workspace workspace = await WithBaselineAsync();
        workspace.Write("policy.yaml", "{}\n");

        string verdict = (await workspace.RunAsync("flow", "gate", "summary.json", "--policy", "policy.yaml")).Succeeded();

        Assert.StartsWith("policy.yaml: message MAG210: The policy limits nothing: it states neither a limit nor a rule.\nMagsag: ", verdict, StringComparison.Ordinal);
        Assert.EndsWith(": passed\n", verdict, StringComparison.Ordinal);
    }
}
