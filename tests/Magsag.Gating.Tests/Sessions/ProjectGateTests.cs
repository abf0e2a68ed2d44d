using System.Buffers;

namespace Magsag.Gating.Tests;

public sealed class ProjectGateTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);
    private static readonly Guid Built = Guid.Parse("11111111-2222-3333-4444-555555555555");
    private static readonly Guid Older = Guid.Parse("99999999-2222-3333-4444-555555555555");

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private ProjectGateRequest Request(bool afterTests = true) => new()
    {
        RunsDirectory = _directory.File(".runs"),
        Assembly = "Desk.Tests",
        Framework = "net10.0",
        Modules = new Dictionary<string, Guid> { ["Desk"] = Built },
        TestsStarted = afterTests ? Start : null,
        BaselinePath = _directory.File("cost-baseline.json"),
    };

    private void Record(string file, DateTimeOffset at, Guid? module = null, int calls = 1, string model = "gpt-4o-mini", string assembly = "Desk.Tests", string framework = "net10.0", Guid? session = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new LedgerLineWriter(buffer);
        writer.Write(new LedgerSession { Id = session ?? Guid.NewGuid(), Timestamp = at, Assembly = assembly, Framework = framework, Modules = new Dictionary<string, Guid> { ["Desk"] = module ?? Built } });
        for (int call = 0; call < calls; call++)
        {
            writer.Write(new LedgerRecord { Id = Guid.NewGuid(), Timestamp = at, Test = "Tests.A", Model = model, InputTokens = 1000, OutputTokens = 100, UsageSource = UsageSource.Reported, CostUsd = 0.001m });
        }

        Directory.CreateDirectory(_directory.File(".runs/costs"));
        File.WriteAllBytes(_directory.File($".runs/costs/{file}.jsonl"), buffer.WrittenSpan.ToArray());
    }

    [Fact]
    public void Nothing_recorded_and_no_baseline_is_said_and_passes()
    {
        Verdict verdict = ProjectGate.Run(Request());

        Assert.Equal("Magsag: 0 calls, no baseline: nothing to judge", verdict.Headline);
        Assert.Empty(verdict.Findings);
    }

    [Fact]
    public void Accepting_the_costs_makes_the_baseline_that_the_next_run_is_judged_by()
    {
        Record("one", Start.AddMinutes(1));

        Verdict accepted = ProjectGate.Run(Request() with { UpdateBaseline = true });
        Verdict next = ProjectGate.Run(Request());

        Assert.StartsWith("Magsag: baseline made: 1 call", accepted.Headline, StringComparison.Ordinal);
        Assert.Equal("passed", next.Status);
    }

    [Fact]
    public void Only_the_sessions_since_the_tests_began_count()
    {
        Record("old", Start.AddMinutes(-1), calls: 50);
        Record("one", Start.AddMinutes(1), calls: 2);
        Record("two", Start.AddMinutes(2), calls: 3);

        Assert.Equal(5, ProjectGate.Run(Request()).Calls);
    }

    [Fact]
    public void Ledgers_that_were_joined_are_refused()
    {
        Record("one", Start.AddMinutes(1));
        Record("other", Start.AddMinutes(1), module: Older, calls: 3);
        File.AppendAllText(_directory.File(".runs/costs/one.jsonl"), File.ReadAllText(_directory.File(".runs/costs/other.jsonl")));

        Finding finding = Assert.Single(ProjectGate.Run(Request()).Findings);

        Assert.Equal((GateCode.Unreadable, 4), (finding.Code, finding.Line));
        Assert.Contains("ledgers were joined", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_later_version_wrote_and_what_is_dated_ahead_is_told()
    {
        Record("one", Start.AddMinutes(1));
        File.AppendAllText(_directory.File(".runs/costs/one.jsonl"), """
            {"v":1,"kind":"later"}
            {"v":1,"ts":"2999-11-23T18:00:00Z","model":"gpt-4o-mini","outcome":"later","usage_source":"reported","input_tokens":10,"output_tokens":1,"cost_usd":0.001}

            """);

        Assert.Contains(
            "2 calls, $0.0002, 1 line and 1 word that only a later Magsag knows passed over, 1 call dated ahead of this machine's clock, ",
            ProjectGate.Run(Request()).Headline.Replace("$0.000212", "$0.0002", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Sessions_of_other_test_projects_and_frameworks_do_not_count()
    {
        Record("one", Start.AddMinutes(1));
        Record("other", Start.AddMinutes(1), assembly: "Other.Tests");
        Record("windows", Start.AddMinutes(1), framework: "net10.0-windows");

        Assert.Equal(1, ProjectGate.Run(Request()).Calls);
    }

    [Fact]
    public void A_build_is_judged_by_the_last_session_of_these_very_binaries()
    {
        Record("first", Start.AddMinutes(1), calls: 7);
        Record("last", Start.AddMinutes(2), calls: 3);
        Record("newer-code", Start.AddMinutes(3), Older, calls: 9);

        Assert.Equal(3, ProjectGate.Run(Request(afterTests: false)).Calls);
    }

    [Fact]
    public void All_files_of_a_session_that_rotated_count()
    {
        Guid session = Guid.NewGuid();
        Record("part1", Start.AddMinutes(1), calls: 7, session: session);
        Record("part2", Start.AddMinutes(1), calls: 3, session: session);

        Assert.Equal(10, ProjectGate.Run(Request(afterTests: false)).Calls);
    }

    [Fact]
    public void A_build_of_changed_code_is_not_judged_and_says_so()
    {
        Record("one", Start.AddMinutes(1), Older);

        Verdict verdict = ProjectGate.Run(Request(afterTests: false));

        Finding finding = Assert.Single(verdict.Findings);
        Assert.Equal("MAG206", finding.Code);
        Assert.Equal(FindingSeverity.Message, finding.Severity);
        Assert.Contains("2026-11-23 18:01:00 UTC", finding.Text, StringComparison.Ordinal);
        Assert.False(verdict.Failed);
    }

    [Fact]
    public void A_corrupt_ledger_line_fails_with_its_file_and_line()
    {
        Record("one", Start.AddMinutes(1));
        string ledger = _directory.File(".runs/costs/one.jsonl");
        File.AppendAllText(ledger, "garbage\n" + File.ReadAllLines(ledger)[1] + "\n");

        Finding finding = Assert.Single(ProjectGate.Run(Request()).Findings);

        Assert.Equal(("MAG205", ledger, 3), (finding.Code, finding.File, finding.Line));
    }

    [Fact]
    public void A_torn_last_line_is_skipped_and_counted_in_the_headline()
    {
        Record("one", Start.AddMinutes(1));
        File.AppendAllText(_directory.File(".runs/costs/one.jsonl"), "{\"v\":1,\"id\":\"0193");

        Verdict verdict = ProjectGate.Run(Request());

        Assert.Contains("1 call, $0.00021, 1 torn line skipped", verdict.Headline, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".runs")]
    [InlineData(".runs/")]
    public void A_runs_directory_that_is_a_file_fails_with_the_remedy(string runs)
    {
        File.WriteAllText(_directory.File(".runs"), "");

        Finding finding = Assert.Single(ProjectGate.Run(Request() with { RunsDirectory = _directory.File(runs) }).Findings);

        Assert.Equal("MAG205", finding.Code);
        Assert.Contains("MagsagRunsDirectory", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_is_missing_fails()
    {
        Finding finding = Assert.Single(ProjectGate.Run(Request() with { PolicyPath = _directory.File("policy.yaml") }).Findings);

        Assert.Equal(("MAG205", _directory.File("policy.yaml")), (finding.Code, finding.File));
    }

    [Fact]
    public void A_policy_limit_that_is_exceeded_fails_beside_the_baseline()
    {
        Record("one", Start.AddMinutes(1));
        File.WriteAllText(_directory.File("policy.yaml"), "policies:\n  - name: cost_alerts\n    thresholds:\n      warn_cost_per_run_usd: 0.0001\n      error_cost_per_run_usd: 0.0002\n");

        Verdict verdict = ProjectGate.Run(Request() with { PolicyPath = _directory.File("policy.yaml") });

        Assert.Equal(["MAG202", "MAG203", "MAG207"], verdict.Findings.Select(finding => finding.Code).Order(StringComparer.Ordinal));
        Assert.True(verdict.Failed);
    }

    [Fact]
    public void A_model_that_only_the_team_has_a_price_for_is_judged_by_it()
    {
        File.WriteAllText(_directory.File("magsag.prices.yaml"), "version: 1\ndeployments:\n  support-prod: gpt-4o-mini\n");
        Record("one", Start.AddMinutes(1), model: "support-prod");

        Verdict verdict = ProjectGate.Run(Request() with { PricesPath = _directory.File("magsag.prices.yaml") });

        Assert.StartsWith("Magsag: 1 call, $0.00021,", verdict.Headline, StringComparison.Ordinal);
        Assert.DoesNotContain(verdict.Findings, finding => finding.Code == "MAG208");
    }

    [Fact]
    public void Own_prices_that_can_not_be_read_fail_with_their_line()
    {
        File.WriteAllText(_directory.File("magsag.prices.yaml"), "version: 1\ndeployment:\n  support-prod: gpt-4o-mini\n");
        Record("one", Start.AddMinutes(1));

        Finding finding = Assert.Single(ProjectGate.Run(Request() with { PricesPath = _directory.File("magsag.prices.yaml") }).Findings);

        Assert.Equal(("MAG205", _directory.File("magsag.prices.yaml"), 2), (finding.Code, finding.File, finding.Line));
    }

    [Fact]
    public void Nothing_recorded_never_overwrites_a_baseline_that_expects_calls()
    {
        Record("one", Start.AddMinutes(1));
        ProjectGate.Run(Request() with { UpdateBaseline = true });
        Directory.Delete(_directory.File(".runs"), recursive: true);

        Verdict verdict = ProjectGate.Run(Request() with { UpdateBaseline = true });

        Assert.Equal("MAG204", Assert.Single(verdict.Findings).Code);
        Assert.Single(BaselineFile.Read(_directory.File("cost-baseline.json")).Entries);
    }

    [Fact]
    public void Accepting_the_costs_replaces_a_baseline_that_can_not_be_read()
    {
        Record("one", Start.AddMinutes(1));
        File.WriteAllText(_directory.File("cost-baseline.json"), "{\"schema\": 2}");

        Verdict accepted = ProjectGate.Run(Request() with { UpdateBaseline = true });

        Assert.StartsWith("Magsag: baseline updated: 1 call", accepted.Headline, StringComparison.Ordinal);
        Assert.Single(BaselineFile.Read(_directory.File("cost-baseline.json")).Entries);
    }

    [Fact]
    public void Accepting_the_costs_of_some_tests_keeps_a_baseline_that_can_not_be_read()
    {
        Record("one", Start.AddMinutes(1));
        File.WriteAllText(_directory.File("cost-baseline.json"), "{\"schema\": 2}");

        Verdict verdict = ProjectGate.Run(Request() with { UpdateBaseline = true, Settings = new GateSettings { PartialRun = true } });

        Assert.Equal("MAG205", Assert.Single(verdict.Findings).Code);
        Assert.Equal("{\"schema\": 2}", File.ReadAllText(_directory.File("cost-baseline.json")));
    }

    [Fact]
    public void Costs_that_were_not_judged_are_absent_not_zero()
    {
        Verdict refused = ProjectGate.Refuse(new UnreadableInputException("policy.yaml", 3, "It can't be read."));

        string json = System.Text.Encoding.UTF8.GetString(VerdictFile.ToBytes(refused));

        Assert.DoesNotContain("cost_usd", json);
        Assert.DoesNotContain("calls", json);
    }

    [Fact]
    public void The_verdict_is_written_for_programs_and_for_people()
    {
        Record("one", Start.AddMinutes(1));
        ProjectGate.Run(Request() with { UpdateBaseline = true });
        Record("one", Start.AddMinutes(1), model: "gpt-4o");
        Verdict verdict = ProjectGate.Run(Request());

        VerdictFile.WriteJson(_directory.File("v.json"), verdict);
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(_directory.File("v.json")));

        Assert.Equal("failed", json.RootElement.GetProperty("status").GetString());
        Assert.Equal("MAG200", json.RootElement.GetProperty("findings")[0].GetProperty("code").GetString());
        Assert.Contains("| Tests.A | 1 | $0.00021 | $0.0035 | +1,567 % |", VerdictFile.ToMarkdown(verdict), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tests_that_recorded_other_binaries_than_those_built_are_not_judged_and_not_taken_for_tests_without_calls(bool withBaseline)
    {
        if (withBaseline)
        {
            Record("one", Start.AddMinutes(1));
            ProjectGate.Run(Request() with { UpdateBaseline = true });
        }

        Record("one", Start.AddMinutes(1), Older);

        Verdict verdict = ProjectGate.Run(Request());

        Finding finding = Assert.Single(verdict.Findings);
        Assert.Equal(("MAG206", withBaseline ? FindingSeverity.Error : FindingSeverity.Warning), (finding.Code, finding.Severity));
        Assert.Equal("Magsag: no costs of the binaries just built: not judged (MAG206)", verdict.Headline);
    }

    [Fact]
    public void A_file_system_whose_clock_is_behind_loses_no_recording()
    {
        Record("one", Start.AddMinutes(1));
        File.SetLastWriteTimeUtc(_directory.File(".runs/costs/one.jsonl"), Start.UtcDateTime.AddMinutes(-30));

        Assert.Equal(1, ProjectGate.Run(Request()).Calls);
    }

    [Fact]
    public void A_recording_of_which_only_torn_lines_are_left_is_not_nothing_to_judge()
    {
        Record("one", Start.AddMinutes(1), calls: 0);
        File.AppendAllText(_directory.File(".runs/costs/one.jsonl"), "{\"v\":1,\"id\":\"0193");

        Assert.Contains("1 torn line skipped", ProjectGate.Run(Request()).Headline, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("79228162514264337593543950335")]
    [InlineData("1000000000000000")]
    public void A_threshold_of_any_height_is_compared_with(string percent)
    {
        Record("one", Start.AddMinutes(1));
        ProjectGate.Run(Request() with { UpdateBaseline = true });
        Record("one", Start.AddMinutes(1), calls: 100_000, model: "gpt-4o");
        File.WriteAllText(_directory.File("policy.yaml"), $"policies:\n  - name: regression_thresholds\n    thresholds:\n      total: {{ max_increase_percent: {percent} }}\n");

        Verdict verdict = ProjectGate.Run(Request() with { PolicyPath = _directory.File("policy.yaml") });

        Assert.DoesNotContain(verdict.Findings, static finding => finding.Code == "MAG200");
    }
}
