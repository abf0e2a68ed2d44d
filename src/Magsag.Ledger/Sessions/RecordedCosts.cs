using Magsag.Ledger.Files;
using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;
using Magsag.Ledger.Summaries;
using Magsag.Pricing.Catalogue;

namespace Magsag.Ledger.Sessions;

/// <summary>What was recorded by the sessions that a query asked for.</summary>
/// <param name="Summary">Their records added up.</param>
/// <param name="Found">True when there was such a session.</param>
/// <param name="LastOfOtherBinaries">When a session of the same test assembly but of other binaries began last; null when there is none.</param>
internal sealed record RecordedCosts(CostSummary Summary, bool Found, DateTimeOffset? LastOfOtherBinaries)
{
    /// <summary>What the test hosts among them counted of their calls.</summary>
    internal IReadOnlyList<HostCalls> Hosts { get; init; } = [];

    /// <summary>What happened with cassettes.</summary>
    internal IReadOnlyList<CassetteEvent> Cassettes { get; init; } = [];

    /// <summary>Which tests there are and which of them ran; null when that isn't known.</summary>
    internal SessionTests? Tests { get; init; }

    /// <summary>Whether nobody knows how many of the tests ran: an editor, or a command that isn't the gate's, started them.</summary>
    internal bool IsOfUnknownExtent { get; init; }

    /// <summary>Looks the sessions up in a runs directory and adds their records up.</summary>
    /// <param name="runsDirectory">The runs directory.</param>
    /// <param name="query">Which sessions.</param>
    /// <param name="catalog">The prices of today; the embedded catalogue when null.</param>
    /// <exception cref="UnreadableInputException">The directory or a ledger file can't be read.</exception>
    public static RecordedCosts Find(string runsDirectory, SessionQuery query, PriceCatalog? catalog = null)
    {
        List<(string Path, LedgerSession Session)> sessions = SessionsOf(runsDirectory, query);
        List<(string Path, LedgerSession Session)> matching = sessions.FindAll(session => Matches(session.Session, query));
        matching = OfOneRun(matching, query);
        HashSet<Guid> running = HostCalls.FindRunning(matching);
        var builder = new SummaryBuilder(catalog);
        IReadOnlyDictionary<string, long> calls = RetriedTests.Add(builder, matching);
        CheckSessions(builder, matching);
        DateTimeOffset? other = sessions.Where(session => !Matches(session.Session, query)).Select(static session => (DateTimeOffset?)session.Session.Timestamp).Max();
        return new RecordedCosts(builder.ToSummary(), matching.Count > 0, other)
        {
            Hosts = HostCalls.Group(matching, running, path => calls.TryGetValue(path, out long count) ? count : 0),
            Tests = TestsOf(matching),
            Cassettes = CassettesOf(matching),
            IsOfUnknownExtent = query.NotBefore is null && matching.Count > 0 && matching.TrueForAll(static session => session.Session is { TestRun: null, Host: not null }),
        };
    }

    // Runs that overlap record side by side; the attempts of a run that is retried are one run.
    private static List<(string Path, LedgerSession Session)> OfOneRun(List<(string Path, LedgerSession Session)> matching, SessionQuery query)
    {
        if (matching.Count == 0)
        {
            return matching;
        }

        if (query.NotBefore is null)
        {
            LedgerSession latest = matching.OrderByDescending(static session => session.Session.Timestamp).First().Session;
            return matching.FindAll(session => session.Session.Id == latest.Id || (latest.TestRun is not null && session.Session.TestRun == latest.TestRun));
        }

        if (query.TestRun is null && query.Host is null)
        {
            return matching;
        }

        // An older runtime doesn't say of which run it is.
        List<(string Path, LedgerSession Session)> own = matching.FindAll(session => query.IsOwn(session.Session));
        return own.Count > 0 ? own : matching.FindAll(static session => session.Session.TestRun is null && session.Session.Host is null);
    }

    private static SessionTests? TestsOf(List<(string Path, LedgerSession Session)> sessions) => SessionTests.Union(
    [
        .. sessions.GroupBy(static session => session.Session.Host ?? session.Session.Id)
            .Select(static host => SessionTests.Read(SessionTests.PathOf(Path.GetDirectoryName(host.First().Path)!, host.First().Session.Id))),
    ]);

    private static List<CassetteEvent> CassettesOf(List<(string Path, LedgerSession Session)> files) =>
    [
        .. files.Select(static file => CassetteEvent.PathOf(Path.GetDirectoryName(file.Path)!, file.Session.Id)).Distinct(StringComparer.Ordinal).SelectMany(CassetteEvent.Read),
    ];

    // A file with several sessions was joined by hand: the gate would judge calls of other binaries.
    private static void CheckSessions(SummaryBuilder builder, List<(string Path, LedgerSession Session)> matching)
    {
        HashSet<Guid> wanted = [.. matching.Select(static session => session.Session.Id)];
        if (builder.Sessions.IsSubsetOf(wanted))
        {
            return;
        }

        foreach ((string path, _) in matching)
        {
            using var reader = new LedgerReader(path);
            while (reader.TryRead(out _) && reader.Sessions.IsSubsetOf(wanted))
            {
            }

            if (!reader.Sessions.IsSubsetOf(wanted))
            {
                throw new UnreadableInputException(path, reader.LineNumber, $"The lines up to this one belong to another recording (session {reader.Session!.Id}) than the file begins with: ledgers were joined. Keep each in a file of its own, or delete the file and record again.");
            }
        }
    }

    private static List<(string Path, LedgerSession Session)> SessionsOf(string runsDirectory, SessionQuery query)
    {
        List<(string Path, LedgerSession Session)> sessions = [];
        foreach (string path in LedgerFiles.In(runsDirectory))
        {
            // Old files needn't be opened. With a day to spare, because file systems round times and have clocks of their own; the session's own time decides.
            if (query.NotBefore is { } start && File.GetLastWriteTimeUtc(path) < start.UtcDateTime.AddDays(-1))
            {
                continue;
            }

            if (LedgerReader.ReadSession(path) is { } session && IsOf(session, query))
            {
                sessions.Add((path, session));
            }
        }

        return sessions;
    }

    private static bool IsOf(LedgerSession session, SessionQuery query) =>
        string.Equals(session.Assembly, query.Assembly, StringComparison.Ordinal)
        && (query.Framework is null || session.Framework is null || string.Equals(session.Framework, query.Framework, StringComparison.Ordinal))
        && (query.NotBefore is null || session.Timestamp >= query.NotBefore || query.IsOwn(session));

    private static bool Matches(LedgerSession session, SessionQuery query) =>
        query.Modules.Count > 0
        && query.Modules.All(module => session.Modules.TryGetValue(module.Key, out Guid recorded) && recorded == module.Value);
}
