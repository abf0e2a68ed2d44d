using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;
using Magsag.Ledger.Summaries;

namespace Magsag.Ledger.Sessions;

/// <summary>Adds up what the attempts of one test run recorded: a test that was retried counts as in its last attempt, for that is how it passed.</summary>
/// <remarks>Calls outside tests count as in the first attempt, which is the one that ran all tests.</remarks>
internal static class RetriedTests
{
    /// <summary>Adds the records of a run's sessions.</summary>
    /// <returns>How many calls each file has, those of earlier attempts included.</returns>
    /// <exception cref="Files.UnreadableInputException">A ledger can't be read.</exception>
    public static IReadOnlyDictionary<string, long> Add(SummaryBuilder builder, IReadOnlyCollection<(string Path, LedgerSession Session)> sessions)
    {
        if (sessions.Any(static session => session.Session is not { TestRun: not null, Host: not null }) || sessions.Select(static session => session.Session.Host).Distinct().Count() < 2)
        {
            return builder.AddLedgers(sessions.Select(static session => session.Path));
        }

        Guid?[] attempts = [.. sessions.OrderBy(static session => session.Session.Timestamp).Select(static session => session.Session.Host).Distinct()];
        Dictionary<string, int> last = LastAttempts(sessions, attempts);
        var calls = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach ((string path, LedgerSession session) in sessions)
        {
            int attempt = Array.IndexOf(attempts, session.Host);
            using var ledger = new LedgerReader(path);
            builder.LastWrite = ledger.LastWrite;
            while (ledger.TryRead())
            {
                if (ledger.Fields.Test is { } test ? last[test] == attempt : attempt == 0)
                {
                    builder.Add(ledger.Fields);
                }
            }

            builder.AddCaveats(ledger);
            calls[path] = ledger.Calls;
        }

        return calls;
    }

    private static Dictionary<string, int> LastAttempts(IReadOnlyCollection<(string Path, LedgerSession Session)> sessions, Guid?[] attempts)
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach ((string path, LedgerSession session) in sessions)
        {
            int attempt = Array.IndexOf(attempts, session.Host);
            using var ledger = new LedgerReader(path);
            while (ledger.TryRead())
            {
                if (ledger.Fields.Test is { } test)
                {
                    last[test] = Math.Max(attempt, last.TryGetValue(test, out int known) ? known : 0);
                }
            }
        }

        return last;
    }
}
