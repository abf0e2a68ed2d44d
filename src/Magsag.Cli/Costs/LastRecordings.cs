using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;

namespace Magsag.Cli.Costs;

/// <summary>Adds up the last recording of each test, so that tests count once that were repeated, or split over several test runs.</summary>
/// <remarks>Calls outside tests belong to their test assembly: they count as in its last recording.</remarks>
internal static class LastRecordings
{
    /// <summary>The sums, and the recordings that they are made of: the last one of a test, or of a whole test assembly, be it that nothing of it arrived.</summary>
    /// <exception cref="UnreadableInputException">A ledger can't be read.</exception>
    public static (CostSummary Summary, CostSources Sources) Summarize(CostSources sources, CallFilter filter, PriceCatalog catalog, CancellationToken cancellationToken)
    {
        (string Path, LedgerSession? Session)[] ledgers = [.. sources.Ledgers.Select(static path => (path, LedgerReader.ReadSession(path)))];
        Dictionary<RecordedTest, LedgerSession> last = LastSessions(ledgers, cancellationToken);
        LedgerFilter admitted = filter.ForLedgers();
        var builder = new SummaryBuilder(catalog);
        foreach ((string path, LedgerSession? session) in ledgers)
        {
            using var ledger = new LedgerReader(path);
            builder.LastWrite = ledger.LastWrite;
            while (ledger.TryRead(out LedgerRecord record))
            {
                if (admitted.Admits(record.Fields) && (session is null || last[RecordedTest.Of(session, record)].Id == session.Id))
                {
                    builder.Add(record);
                }
            }

            builder.AddCaveats(ledger);
        }

        HashSet<Guid> counted = [.. last.Values.Select(static session => session.Id)];
        IEnumerable<string> used = ledgers.Where(ledger => ledger.Session is { } session && counted.Contains(session.Id)).Select(static ledger => ledger.Path);
        return (builder.ToSummary(), sources with { Ledgers = [.. used.Union(sources.Latest().Ledgers)] });
    }

    private static Dictionary<RecordedTest, LedgerSession> LastSessions((string Path, LedgerSession? Session)[] ledgers, CancellationToken cancellationToken)
    {
        var last = new Dictionary<RecordedTest, LedgerSession>();
        foreach ((string path, LedgerSession? session) in ledgers.Where(static ledger => ledger.Session is not null))
        {
            using var ledger = new LedgerReader(path);
            while (ledger.TryRead(out LedgerRecord record))
            {
                cancellationToken.ThrowIfCancellationRequested();
                RecordedTest test = RecordedTest.Of(session!, record);
                if (!last.TryGetValue(test, out LedgerSession? known) || (known.Timestamp, known.Id).CompareTo((session!.Timestamp, session.Id)) < 0)
                {
                    last[test] = session!;
                }
            }
        }

        return last;
    }

    private readonly record struct RecordedTest(string? Assembly, string? Framework, string? Test)
    {
        public static RecordedTest Of(LedgerSession session, LedgerRecord record) => new(session.Assembly, session.Framework, record.Test);
    }
}
