using Magsag.Gating.Findings;
using Magsag.Ledger.Figures;
using Magsag.Ledger.Sessions;

namespace Magsag.Gating.Verdicts;

/// <summary>Refuses to judge what is only a part: test hosts count their calls, so that a call that didn't arrive, or a host that was killed, is seen.</summary>
internal static class ArrivalCheck
{
    /// <summary>The verdict when calls are missing; null when all of them arrived.</summary>
    public static Verdict? Refuse(ProjectGateRequest request, RecordedCosts recorded)
    {
        foreach (HostCalls host in recorded.Hosts)
        {
            if (!host.IsWhole)
            {
                return Missing(request, host);
            }

            if (request.TestsStarted is null && host.Counts is { IsOver: false } counts)
            {
                return host.IsRunning ? Running(request, counts) : Killed(request, host, counts);
            }
        }

        return null;
    }

    /// <summary>Adds a warning for calls that hadn't ended when their host did: what they cost is unknown.</summary>
    public static Verdict WithOpenCalls(Verdict verdict, RecordedCosts recorded)
    {
        long open = recorded.Hosts.Sum(static host => host.Counts?.Open ?? 0);
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
    public static void MarkOver(RecordedCosts recorded)
    {
        foreach (HostCalls host in recorded.Hosts)
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

    private static Verdict Missing(ProjectGateRequest request, HostCalls host)
    {
        if (host.Counts is not { } counts)
        {
            return Refuse(host, $"Magsag: {Words(host.Arrived)}, not counted", $"{HostOf(request, null)} counted its calls in a file that is missing, so nobody knows whether all of them are here.");
        }

        return counts.Recorded > host.Arrived
            ? Refuse(host, $"Magsag: {MoneyText.Count(host.Arrived)} of {Words(counts.Recorded)} arrived", $"{HostOf(request, counts)} recorded {Words(counts.Recorded)}, of which {MoneyText.Count(host.Arrived)} arrived in the ledger: it was killed, the disk was full, or a ledger file is missing.")
            : Refuse(host, $"Magsag: {Words(host.Arrived)} where {MoneyText.Count(counts.Recorded)} were recorded", $"{HostOf(request, counts)} recorded {Words(counts.Recorded)}, but its ledger has {MoneyText.Count(host.Arrived)}: a ledger file was copied or changed.");
    }

    private static Verdict Killed(ProjectGateRequest request, HostCalls host, SessionCalls counts) =>
        Refuse(host, $"Magsag: {Words(host.Arrived)} of tests that were cut off", $"{HostOf(request, counts)} was ended before its tests were over. It had begun {Words(Math.Max(counts.Begun, counts.Recorded))}, of which {MoneyText.Count(host.Arrived)} arrived.");

    private static Verdict Refuse(HostCalls host, string headline, string text) => new()
    {
        Headline = $"{headline}: not judged: failed ({GateCode.Unreadable})",
        Findings = [new Finding(GateCode.Unreadable, FindingSeverity.Error, $"{text} Run the tests again.") { File = host.CountsPath, Line = 0 }],
    };

    private static Verdict Running(ProjectGateRequest request, SessionCalls counts) => new()
    {
        Headline = $"Magsag: the tests are still running: not judged ({GateCode.OtherBinaries})",
        Findings = [new Finding(GateCode.OtherBinaries, FindingSeverity.Message, $"{HostOf(request, counts)} is still running its tests, so what they cost isn't known yet.")],
    };

    private static string HostOf(ProjectGateRequest request, SessionCalls? counts) =>
        counts is null ? $"The test host of {request.Assembly}" : $"The test host of {request.Assembly} (process {counts.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)})";

    private static string Words(long calls) => $"{MoneyText.Count(calls)} {(calls == 1 ? "call" : "calls")}";
}
