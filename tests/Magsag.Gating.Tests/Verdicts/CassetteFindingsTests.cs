using Magsag.Gating.Findings;
using Magsag.Gating.Verdicts;
using Magsag.Ledger.Sessions;

namespace Magsag.Gating.Tests;

public sealed class CassetteFindingsTests
{
    private static readonly Verdict Passed = new() { Headline = "Magsag: 3 calls, $0.0421: passed" };

    [Fact]
    public void A_call_that_a_cassette_lacks_fails_the_gate_also_where_the_app_swallowed_the_error()
    {
        Verdict verdict = CassetteFindings.Add(Passed, [new CassetteEvent(CassetteEvent.Missed, "TriageTests.Refund.json", null, 0) { Test = "Support.TriageTests.Refund" }]);

        Assert.True(verdict.Failed);
        Assert.Equal("Magsag: 3 calls, $0.0421: passed; 1 call is not in its cassette: failed", verdict.Headline);
        Finding finding = Assert.Single(verdict.Findings);
        Assert.Equal((GateCode.CassetteMissed, "Support.TriageTests.Refund: 1 call is not in TriageTests.Refund.json; the test's own output says what differs. Record again, with a key: MAGSAG_CASSETTES=record dotnet test --filter \"FullyQualifiedName~Support.TriageTests.Refund\""), (finding.Code, finding.Text));
    }

    [Fact]
    public void A_prompt_that_has_changed_is_told_once_and_passes()
    {
        CassetteEvent drifted = new(CassetteEvent.Drifted, "a.json", "0123", 1) { Text = "Refund: the prompt has changed" };

        Verdict verdict = CassetteFindings.Add(Passed, [drifted, drifted, new CassetteEvent(CassetteEvent.Played, "a.json", "4567", 1)]);

        Assert.False(verdict.Failed);
        Assert.Equal((Passed.Headline, "MAG211 Refund: the prompt has changed"), (verdict.Headline, Assert.Single(verdict.Findings) is var finding ? $"{finding.Code} {finding.Text}" : ""));
    }

    [Fact]
    public void Events_are_read_as_they_were_written_and_a_line_that_was_cut_is_passed_over()
    {
        using var directory = new TemporaryDirectory();
        string path = Path.Combine(directory.Path, "session.cassettes");
        CassetteEvent missed = new(CassetteEvent.Missed, "a.json", null, 0) { Test = "T\"é", Text = "two\nlines" };
        File.WriteAllBytes(path, [.. missed.ToLine(), .. missed.ToLine().AsSpan(0, 20)]);

        Assert.Equal([missed], CassetteEvent.Read(path));
        Assert.Empty(CassetteEvent.Read(path + ".none"));
    }
}
