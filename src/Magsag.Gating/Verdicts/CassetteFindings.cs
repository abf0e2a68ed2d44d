using Magsag.Gating.Findings;
using Magsag.Ledger.Figures;
using Magsag.Ledger.Sessions;

namespace Magsag.Gating.Verdicts;

/// <summary>What happened with cassettes while the tests ran: prompts that have changed (MAG211), and calls that weren't recorded (MAG213), whatever the app did with the error.</summary>
internal static class CassetteFindings
{
    /// <summary>Adds the findings to a verdict.</summary>
    public static Verdict Add(Verdict verdict, IReadOnlyList<CassetteEvent> events)
    {
        Finding[] findings = [.. Missed(events), .. Drifted(events)];
        if (findings.Length == 0)
        {
            return verdict;
        }

        int missed = events.Count(static happened => happened.Kind == CassetteEvent.Missed);
        string headline = missed == 0 ? verdict.Headline : $"{verdict.Headline}; {Calls(missed)} not in {(missed == 1 ? "its cassette" : "their cassettes")}: failed";
        return verdict with { Headline = headline, Findings = [.. findings.Where(static finding => finding.Severity == FindingSeverity.Error), .. verdict.Findings, .. findings.Where(static finding => finding.Severity != FindingSeverity.Error)] };
    }

    private static IEnumerable<Finding> Missed(IReadOnlyList<CassetteEvent> events) => events
        .Where(static happened => happened.Kind == CassetteEvent.Missed)
        .GroupBy(static happened => (happened.File, happened.Test, happened.Text))
        .Select(static group => new Finding(GateCode.CassetteMissed, FindingSeverity.Error, $"{group.Key.Test ?? "A test"}: {group.Key.Text ?? $"{Calls(group.Count())} not in {group.Key.File}; the test's own output says what differs."} Record again, with a key: MAGSAG_CASSETTES=record dotnet test{Filter(group.Key.Test)}") { Scope = "test", Name = group.Key.Test });

    private static IEnumerable<Finding> Drifted(IReadOnlyList<CassetteEvent> events) => events
        .Where(static happened => happened is { Kind: CassetteEvent.Drifted, Text: not null })
        .GroupBy(static happened => happened.Text!, StringComparer.Ordinal)
        .Select(static group => new Finding(GateCode.PromptDrifted, FindingSeverity.Message, group.Key) { Scope = "test", Name = group.First().Test });

    private static string Calls(int count) => count == 1 ? "1 call is" : $"{MoneyText.Count(count)} calls are";

    private static string Filter(string? test) => test is null ? "" : $" --filter \"FullyQualifiedName~{test}\"";
}
