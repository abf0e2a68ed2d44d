using Magsag.Gating.Findings;
using Magsag.Ledger.Figures;
using Magsag.Ledger.Sessions;

namespace Magsag.Gating.Verdicts;

/// <summary>Refuses to judge what is only a part: test hosts count their calls, so that a call that didn't arrive, or a host that was killed, is seen.</summary>
internal static class ArrivalCheck
{
    private const string RunAgain = "Run the tests again.";

    /// <summary>The verdict when calls are missing, or the tests are still running or didn't pass; null when all calls arrived.</summary>
    /// <param name="hosts">What the test hosts counted.</param>
    /// <param name="afterTests">True right after the tests: whoever ran them knows that they came to their end.</param>
    /// <param name="unfinished">How much it weighs that the tests are still running or didn't pass.</param>
    /// <param name="remedy">What to do about calls that are missing.</param>
    public static Verdict? Refuse(IReadOnlyList<HostCalls> hosts, bool afterTests, FindingSeverity unfinished, string remedy = RunAgain) =>
        hosts.Select(host => Refuse(host, afterTests, unfinished, remedy)).FirstOrDefault(static refused => refused is not null);

    private static Verdict? Refuse(HostCalls host, bool afterTests, FindingSeverity unfinished, string remedy)
    {
        bool isOver = afterTests || (!host.IsUnfinished && host.Counts is not { IsOver: false });
        if (!isOver && host.IsRunning)
        {
            return Running(host, unfinished);
        }

        if (!host.IsWhole)
        {
            return Missing(host, remedy);
        }

        if (isOver)
        {
            return null;
        }

        return host.Counts is { IsOver: true } ? NotPassed(host, unfinished, remedy) : CutOff(host, remedy);
    }

    /// <summary>Adds a warning for calls that hadn't ended when their host did: what they cost is unknown.</summary>
    public static Verdict WithOpenCalls(Verdict verdict, IReadOnlyList<HostCalls> hosts)
    {
        long open = hosts.Sum(static host => host.Counts?.Open ?? 0);
        if (open == 0)
        {
            return verdict;
        }

        string calls = $"{Words(open)} hadn't ended when the test host did";
        return verdict with
        {
            Headline = $"{verdict.Headline}; {calls}",
            Findings = [.. verdict.Findings, new Finding(GateCode.CostUnknown, FindingSeverity.Warning, $"{calls}, so what {(open == 1 ? "it" : "they")} cost isn't known and isn't judged. Await each call, and dispose of streams that aren't read to their end.")],
        };
    }

    /// <summary>Says of hosts that were ended before they could say it themselves that their tests ran to the end: whoever runs the tests ends a host that takes its time.</summary>
    public static void MarkOver(IReadOnlyList<HostCalls> hosts)
    {
        foreach (HostCalls host in hosts)
        {
            if (host.Counts is { IsOver: false } counts && !host.IsRunning)
            {
                try
                {
                    SessionCalls.MarkOver(host.CountsPath, counts);
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    // The next build asks for the tests to be run again, then.
                }
            }
        }
    }

    private static Verdict Missing(HostCalls host, string remedy)
    {
        if (host.Counts is not { } counts)
        {
            return Refuse(host, $"Magsag: {Words(host.Arrived)}, not counted", $"{NameOf(host)} counted its calls in a file that is missing, so nobody knows whether all of them are here. {remedy}");
        }

        return counts.Recorded > host.Arrived
            ? Refuse(host, $"Magsag: {MoneyText.Count(host.Arrived)} of {Words(counts.Recorded)} arrived", $"{NameOf(host)} recorded {Words(counts.Recorded)}, of which {MoneyText.Count(host.Arrived)} arrived in the ledger: it was killed, the disk was full, or a ledger file is missing. {remedy}")
            : Refuse(host, $"Magsag: {Words(host.Arrived)} where {MoneyText.Count(counts.Recorded)} were recorded", $"{NameOf(host)} recorded {Words(counts.Recorded)}, but its ledger has {MoneyText.Count(host.Arrived)}: a ledger file was copied or changed. {remedy}");
    }

    private static Verdict CutOff(HostCalls host, string remedy) =>
        Refuse(host, $"Magsag: {Words(host.Arrived)} of tests that were cut off", $"{NameOf(host)} was ended before its tests were over. It had begun {Words(Math.Max(host.Counts!.Begun, host.Counts.Recorded))}, of which {MoneyText.Count(host.Arrived)} arrived. {remedy}");

    private static Verdict Refuse(HostCalls host, string headline, string text) => new()
    {
        Headline = $"{headline}: not judged: failed ({GateCode.Unreadable})",
        Findings = [new Finding(GateCode.Unreadable, FindingSeverity.Error, text) { File = host.CountsPath, Line = 0 }],
    };

    private static Verdict Running(HostCalls host, FindingSeverity severity) =>
        NotYetKnown(severity, "the tests are still running", $"{NameOf(host)} is still running its tests, so what they cost isn't known yet.");

    // Whoever ran the tests has heard that they failed: what a build needs to say is only that it doesn't judge a part.
    private static Verdict NotPassed(HostCalls host, FindingSeverity severity, string remedy) =>
        NotYetKnown(severity, $"{Words(host.Arrived)} of tests that failed or were cut off", $"{NameOf(host)} ran tests that failed, or one that ended it before the others, as Environment.Exit does. {Words(host.Arrived)} arrived, which may be a part. {remedy}");

    private static Verdict NotYetKnown(FindingSeverity severity, string headline, string text) => new()
    {
        Headline = $"Magsag: {headline}: not judged{(severity == FindingSeverity.Error ? ": failed" : "")} ({GateCode.OtherBinaries})",
        Findings = [new Finding(GateCode.OtherBinaries, severity, text)],
    };

    private static string NameOf(HostCalls host) => host.Counts is { } counts
        ? $"The test host of {host.Session.Assembly} (process {counts.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)})"
        : $"The test host of {host.Session.Assembly}";

    private static string Words(long calls) => $"{MoneyText.Count(calls)} {(calls == 1 ? "call" : "calls")}";
}
