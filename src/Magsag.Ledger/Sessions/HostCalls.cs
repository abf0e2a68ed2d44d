using Magsag.Ledger.Files;
using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;

namespace Magsag.Ledger.Sessions;

/// <summary>What a test host counted of its calls, and how many of them arrived in its ledger.</summary>
/// <param name="Session">The host's session.</param>
/// <param name="CountsPath">Where its counts stand.</param>
/// <param name="Counts">Its counts; null when their file is missing.</param>
/// <param name="Arrived">The records of calls in its ledger files.</param>
/// <param name="IsUnfinished">Whether its tests were started by a command that failed or was cut off.</param>
/// <param name="IsRunning">Whether the host was still at work when its counts were read.</param>
internal sealed record HostCalls(LedgerSession Session, string CountsPath, SessionCalls? Counts, long Arrived, bool IsUnfinished, bool IsRunning)
{
    /// <summary>Whether each call that the host recorded arrived.</summary>
    public bool IsWhole => Counts is { } counts && counts.Recorded == Arrived;

    /// <summary>Compares the counts of those sessions that keep any with what their ledger files hold, which are read for that.</summary>
    /// <param name="files">The ledger files, with the session of each.</param>
    /// <exception cref="UnreadableInputException">A file can't be read.</exception>
    public static IReadOnlyList<HostCalls> Group(IReadOnlyCollection<(string Path, LedgerSession Session)> files) => Group(files, FindRunning(files), CallsIn);

    /// <summary>Compares the counts of those sessions that keep any with what was read of their ledger files.</summary>
    /// <param name="files">The ledger files, with the session of each.</param>
    /// <param name="running">What <see cref="FindRunning"/> found before the files were read.</param>
    /// <param name="callsIn">How many records of calls each file has.</param>
    /// <exception cref="UnreadableInputException">A file of counts can't be read.</exception>
    public static IReadOnlyList<HostCalls> Group(IEnumerable<(string Path, LedgerSession Session)> files, HashSet<Guid> running, Func<string, long> callsIn) =>
    [
        .. files.Where(static file => file.Session.CountsCalls)
            .GroupBy(static file => file.Session.Id)
            .Select(host => Create(host.First().Session, [.. host.Select(static file => file.Path)], running, callsIn)),
    ];

    /// <summary>The sessions whose hosts are at work. Asked before their files are read: a host that ends meanwhile is one that was running.</summary>
    public static HashSet<Guid> FindRunning(IEnumerable<(string Path, LedgerSession Session)> files) =>
        [.. files.Where(static file => file.Session.CountsCalls && SessionCalls.IsHeld(PathOf(file.Path, file.Session))).Select(static file => file.Session.Id)];

    private static HostCalls Create(LedgerSession session, string[] files, HashSet<Guid> running, Func<string, long> callsIn)
    {
        string path = PathOf(files[0], session);
        return new HostCalls(session, path, SessionCalls.Read(path), files.Sum(callsIn), UnfinishedTests.Include(Path.GetDirectoryName(files[0])!, session), running.Contains(session.Id));
    }

    private static string PathOf(string file, LedgerSession session) => SessionCalls.PathOf(Path.GetDirectoryName(file)!, session.Id);

    private static long CallsIn(string file)
    {
        using var reader = new LedgerReader(file);
        while (reader.TryRead())
        {
        }

        return reader.Calls;
    }
}
