using Magsag.Ledger.Files;
using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;

namespace Magsag.Ledger.Sessions;

/// <summary>What a test host counted of its calls, and how many of them arrived in its ledger.</summary>
/// <param name="Session">The host's session.</param>
/// <param name="CountsPath">Where its counts stand.</param>
/// <param name="Counts">Its counts; null when their file is missing.</param>
/// <param name="Arrived">The records of calls in its ledger files.</param>
internal sealed record HostCalls(LedgerSession Session, string CountsPath, SessionCalls? Counts, long Arrived)
{
    /// <summary>Whether each call that the host recorded arrived.</summary>
    public bool IsWhole => Counts is { } counts && counts.Recorded == Arrived;

    /// <summary>Whether the host is still at work.</summary>
    public bool IsRunning => SessionCalls.IsHeld(CountsPath);

    /// <summary>Compares the counts of those sessions that keep any with what their ledger files hold.</summary>
    /// <param name="files">The ledger files, with the session of each.</param>
    /// <exception cref="UnreadableInputException">A file can't be read.</exception>
    public static IReadOnlyList<HostCalls> Group(IEnumerable<(string Path, LedgerSession Session)> files) =>
    [
        .. files.Where(static file => file.Session.CountsCalls)
            .GroupBy(static file => file.Session.Id)
            .Select(static host => Create(host.First().Session, [.. host.Select(static file => file.Path)])),
    ];

    private static HostCalls Create(LedgerSession session, string[] files)
    {
        string path = SessionCalls.PathOf(Path.GetDirectoryName(files[0])!, session.Id);
        return new HostCalls(session, path, SessionCalls.Read(path), files.Sum(CallsIn));
    }

    private static long CallsIn(string file)
    {
        using var reader = new LedgerReader(file);
        long calls = 0;
        while (reader.TryRead(out LedgerRecord record))
        {
            calls += record.Correction is null ? 1 : 0;
        }

        return calls;
    }
}
