using System.Buffers;

namespace Magsag.Gating.Tests;

/// <summary>What ran, and whose it is: told from the recording, for runs of some tests, runs that are retried and runs that overlap.</summary>
public sealed class TestRunTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);
    private static readonly Guid Built = Guid.Parse("11111111-2222-3333-4444-555555555555");
    private static readonly string[] All = ["Tests.A", "Tests.B", "Tests.WithoutCalls"];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private ProjectGateRequest Request(string? run = null, bool afterTests = true, bool update = false) => new()
    {
        RunsDirectory = _directory.File(".runs"),
        Assembly = "Desk.Tests",
        Modules = new Dictionary<string, Guid> { ["Desk"] = Built },
        TestsStarted = afterTests ? Start : null,
        TestRun = run,
        BaselinePath = _directory.File("cost-baseline.json"),
        UpdateBaseline = update,
    };

    private void Record(int minute, string? run, string[] tests, SessionTests? told = null, Guid? host = null)
    {
        var session = new LedgerSession { Id = Guid.NewGuid(), Timestamp = Start.AddMinutes(minute), Assembly = "Desk.Tests", TestRun = run, Host = host ?? Guid.NewGuid(), Modules = new Dictionary<string, Guid> { ["Desk"] = Built } };
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new LedgerLineWriter(buffer);
        writer.Write(session);
        foreach (string test in tests)
        {
            writer.Write(new LedgerRecord { Id = Guid.NewGuid(), Timestamp = session.Timestamp, Test = test, Model = "gpt-4o-mini", InputTokens = 1000, OutputTokens = 100, UsageSource = UsageSource.Reported, CostUsd = 0.001m });
        }

        Directory.CreateDirectory(_directory.File(".runs/costs"));
        File.WriteAllBytes(_directory.File($".runs/costs/{session.Id}.jsonl"), buffer.WrittenSpan.ToArray());
        (told is null ? null : told with { Session = session.Id, Exist = All })?.Write(SessionTests.PathOf(_directory.File(".runs/costs"), session.Id));
    }

    private void Accept()
    {
        Record(1, "first", ["Tests.A", "Tests.B"]);
        Assert.StartsWith("Magsag: baseline made: 2 calls", ProjectGate.Run(Request("first", update: true)).Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_editor_ran_is_compared_with_the_tests_that_it_recorded()
    {
        Accept();
        Record(2, run: null, ["Tests.A"]);

        Assert.Equal("Magsag: 1 call, $0.00021, baseline $0.00021 of the tests that ran (±0 %): passed", ProjectGate.Run(Request(afterTests: false)).Headline);
    }

    [Fact]
    public void An_update_after_what_an_editor_ran_keeps_what_the_baseline_has_of_the_others()
    {
        Accept();
        Record(2, run: null, ["Tests.A", "Tests.A"]);

        ProjectGate.Run(Request(afterTests: false, update: true));

        Assert.Equal([("Tests.A", 2L), ("Tests.B", 1L)], BaselineFile.Read(_directory.File("cost-baseline.json")).Entries.Select(static entry => (entry.Key.Test!, entry.Totals.Calls)));
    }

    [Fact]
    public void A_build_knows_of_the_filter_that_the_tests_before_it_had()
    {
        Accept();
        Record(2, "second", ["Tests.A"], new SessionTests { IsFiltered = true });

        Assert.Contains("of the tests that ran (±0 %): passed", ProjectGate.Run(Request(afterTests: false)).Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void A_build_after_all_tests_of_a_command_compares_them_with_the_whole_baseline()
    {
        Accept();
        Record(2, "second", ["Tests.A"]);

        Assert.DoesNotContain("of the tests that ran", ProjectGate.Run(Request(afterTests: false)).Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_tell_which_tests_ran_whatever_the_command_line_said()
    {
        Accept();
        Record(2, "second", ["Tests.A"], new SessionTests { Ran = ["Tests.A", "Tests.WithoutCalls"] });

        Assert.Contains("of the tests that ran (±0 %): passed", ProjectGate.Run(Request("second")).Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_that_ran_and_recorded_nothing_is_told_by_its_name()
    {
        Accept();
        Record(2, "second", ["Tests.A"], new SessionTests { Ran = All });

        Finding finding = Assert.Single(ProjectGate.Run(Request("second")).Findings);

        Assert.Equal((GateCode.NothingRecorded, FindingSeverity.Warning), (finding.Code, finding.Severity));
        Assert.Contains("Tests.B", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Attempts_of_a_run_that_is_retried_are_judged_together_and_a_test_counts_as_in_its_last_attempt()
    {
        Accept();
        Record(2, "retried", ["Tests.A", "Tests.B", "Tests.B"], new SessionTests { Ran = All });
        Record(3, "retried", ["Tests.B"], new SessionTests { Ran = ["Tests.B"] });

        ProjectGateRequest last = Request("retried") with { TestsStarted = Start.AddMinutes(3) };

        Assert.Equal("Magsag: 2 calls, $0.00042, baseline $0.00042 (±0 %): passed", ProjectGate.Run(last).Headline);
        Assert.Equal("Magsag: 2 calls, $0.00042, baseline $0.00042 (±0 %): passed", ProjectGate.Run(Request(afterTests: false)).Headline);
    }

    [Fact]
    public void Runs_that_overlap_do_not_add_up()
    {
        Accept();
        Record(2, "mine", ["Tests.A", "Tests.B"]);
        Record(3, "other", ["Tests.A", "Tests.B"]);

        Assert.Equal(2, ProjectGate.Run(Request("mine")).Calls);
        Assert.Equal(2, ProjectGate.Run(Request("other")).Calls);
    }

    [Fact]
    public void A_run_that_overlaps_with_another_one_takes_only_its_own_mark_away()
    {
        string runs = _directory.File(".runs");
        UnfinishedTests.Begin(runs, "Desk.Tests", "net10.0", Start, "mine");
        UnfinishedTests.Begin(runs, "Desk.Tests", "net10.0", Start.AddMinutes(1), "other");
        LedgerSession Of(string run) => new() { Assembly = "Desk.Tests", Framework = "net10.0", Timestamp = Start.AddMinutes(2), TestRun = run };

        UnfinishedTests.End(runs, "Desk.Tests", "net10.0", "mine");

        Assert.Equal((false, true), (UnfinishedTests.Include(Path.Combine(runs, "costs"), Of("mine")), UnfinishedTests.Include(Path.Combine(runs, "costs"), Of("other"))));
    }

    [Fact]
    public void A_process_that_records_in_two_ledgers_is_one_host()
    {
        Guid host = Guid.NewGuid();
        Record(2, "mine", ["Tests.A"], host: host);
        Record(2, "mine", ["Tests.A"], host: host);

        Assert.Equal(2, ProjectGate.Run(Request("mine")).Calls);
    }
}
