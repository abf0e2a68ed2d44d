using System.Buffers;

namespace Magsag.Gating.Tests;

public sealed class ArrivalTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);
    private static readonly Guid Built = Guid.Parse("11111111-2222-3333-4444-555555555555");

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void All_calls_of_several_hosts_that_arrived_are_judged()
    {
        Record(calls: 2, counts: new SessionCalls { Recorded = 2, IsOver = true });
        Record(calls: 3, counts: new SessionCalls { Recorded = 3, IsOver = true });

        Assert.Equal((5, "warnings"), (Judge().Calls, Judge().Status));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fewer_calls_than_the_host_recorded_fail_after_the_tests_and_in_every_build(bool afterTests)
    {
        Record(calls: 151, counts: new SessionCalls { ProcessId = 4711, Recorded = 5001, IsOver = true });

        Verdict verdict = Judge(afterTests);

        Assert.Equal("Magsag: 151 of 5,001 calls arrived: not judged: failed (MAG205)", verdict.Headline);
        Assert.Contains("(process 4711) recorded 5,001 calls, of which 151 arrived", Assert.Single(verdict.Findings).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_the_calls_is_never_accepted_as_baseline()
    {
        Record(calls: 1, counts: new SessionCalls { Recorded = 2, IsOver = true });

        Assert.True(ProjectGate.Run(Request() with { UpdateBaseline = true }).Failed);
        Assert.False(File.Exists(_directory.File("cost-baseline.json")));
    }

    [Fact]
    public void More_calls_than_the_host_recorded_fail_too()
    {
        Record(calls: 4, counts: new SessionCalls { Recorded = 2, IsOver = true });

        Assert.Equal("Magsag: 4 calls where 2 were recorded: not judged: failed (MAG205)", Judge().Headline);
    }

    [Fact]
    public void One_host_whose_calls_are_missing_is_not_made_up_for_by_another_with_too_many()
    {
        Record(calls: 1, counts: new SessionCalls { Recorded = 2, IsOver = true });
        Record(calls: 2, counts: new SessionCalls { Recorded = 1, IsOver = true });

        Assert.True(Judge().Failed);
    }

    [Fact]
    public void Counts_that_are_gone_fail()
    {
        Record(calls: 1, counts: null);

        Assert.Equal("Magsag: 1 call, not counted: not judged: failed (MAG205)", Judge().Headline);
    }

    [Fact]
    public void Counts_that_cannot_be_read_fail()
    {
        string path = Record(calls: 1, counts: new SessionCalls { Recorded = 1 });
        File.WriteAllText(path, "{\"v\":1,\"recorded\":");

        Assert.Equal(GateCode.Unreadable, Assert.Single(Judge().Findings).Code);
    }

    [Fact]
    public void A_host_that_was_killed_before_its_tests_were_over_fails_the_next_build()
    {
        Record(calls: 3, counts: new SessionCalls { ProcessId = 4711, Begun = 4, Ended = 3, Recorded = 3 });

        Verdict verdict = Judge(afterTests: false);

        Assert.Equal("Magsag: 3 calls of tests that were cut off: not judged: failed (MAG205)", verdict.Headline);
        Assert.Contains("ended before its tests were over. It had begun 4 calls, of which 3 arrived. Run the tests again.", Assert.Single(verdict.Findings).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_was_killed_after_tests_that_passed_is_judged_then_and_in_later_builds()
    {
        Record(calls: 3, counts: new SessionCalls { Begun = 3, Ended = 3, Recorded = 3 });

        Assert.False(Judge(afterTests: true).Failed);
        Assert.False(Judge(afterTests: false).Failed);
    }

    [Fact]
    public void Tests_that_were_started_and_did_not_pass_are_not_judged_though_their_host_ended_in_order()
    {
        Record(calls: 3, counts: new SessionCalls { Begun = 3, Ended = 3, Recorded = 3, IsOver = true });
        UnfinishedTests.Begin(_directory.File(".runs"), "Desk.Tests", "net10.0", Start);

        Verdict verdict = Judge(afterTests: false);

        Assert.Equal("Magsag: 3 calls of tests that failed or were cut off: not judged (MAG206)", verdict.Headline);
        Assert.False(verdict.Failed);
        Assert.EndsWith("Run the tests again.", Assert.Single(verdict.Findings).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_recorded_before_such_tests_is_judged_and_so_is_what_passed()
    {
        Record(calls: 3, counts: new SessionCalls { Begun = 3, Ended = 3, Recorded = 3, IsOver = true });
        UnfinishedTests.Begin(_directory.File(".runs"), "Desk.Tests", "net10.0", Start.AddMinutes(2));
        Assert.False(Judge(afterTests: false).Failed);

        UnfinishedTests.Begin(_directory.File(".runs"), "Desk.Tests", "net10.0", Start);
        UnfinishedTests.End(_directory.File(".runs"), "Desk.Tests", "net10.0");
        Assert.False(Judge(afterTests: false).Failed);
    }

    [Fact]
    public void A_host_that_is_still_running_is_not_judged_and_fails_no_build()
    {
        string path = Record(calls: 3, counts: new SessionCalls { Begun = 4, Ended = 3, Recorded = 3 });
        using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);

        Verdict verdict = Judge(afterTests: false);

        Assert.Equal(("passed", GateCode.OtherBinaries), (verdict.Status, Assert.Single(verdict.Findings).Code));
    }

    [Fact]
    public void Calls_that_had_not_ended_are_told()
    {
        Record(calls: 1, counts: new SessionCalls { Begun = 3, Ended = 1, Recorded = 1, IsOver = true });

        Verdict verdict = Judge();

        Assert.EndsWith("; 2 calls hadn't ended when the test host did", verdict.Headline, StringComparison.Ordinal);
        Assert.Contains(verdict.Findings, finding => finding is { Code: GateCode.CostUnknown, Severity: FindingSeverity.Warning });
    }

    [Fact]
    public void Ledgers_of_an_older_Magsag_that_counts_nothing_are_judged_as_ever()
    {
        Record(calls: 2, counts: null, countsCalls: false);

        Assert.Equal(2, Judge(afterTests: false).Calls);
    }

    private Verdict Judge(bool afterTests = true) => ProjectGate.Run(Request() with { TestsStarted = afterTests ? Start : null });

    private ProjectGateRequest Request() => new()
    {
        RunsDirectory = _directory.File(".runs"),
        Assembly = "Desk.Tests",
        Framework = "net10.0",
        Modules = new Dictionary<string, Guid> { ["Desk"] = Built },
        TestsStarted = Start,
        BaselinePath = _directory.File("cost-baseline.json"),
    };

    private string Record(int calls, SessionCalls? counts, bool countsCalls = true)
    {
        var session = Guid.NewGuid();
        DateTimeOffset at = Start.AddMinutes(1);
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new LedgerLineWriter(buffer);
        writer.Write(new LedgerSession { Id = session, Timestamp = at, Assembly = "Desk.Tests", Framework = "net10.0", CountsCalls = countsCalls, Modules = new Dictionary<string, Guid> { ["Desk"] = Built } });
        for (int call = 0; call < calls; call++)
        {
            writer.Write(new LedgerRecord { Id = Guid.NewGuid(), Timestamp = at, Test = "Tests.A", Model = "gpt-4o-mini", InputTokens = 1000, OutputTokens = 100, UsageSource = UsageSource.Reported, CostUsd = 0.001m });
        }

        string directory = _directory.File(".runs/costs");
        Directory.CreateDirectory(directory);
        File.WriteAllBytes(Path.Combine(directory, $"{session}.jsonl"), buffer.WrittenSpan.ToArray());
        string path = SessionCalls.PathOf(directory, session);
        if (counts is not null)
        {
            File.WriteAllBytes(path, (counts with { Session = session }).ToLine());
        }

        return path;
    }
}
