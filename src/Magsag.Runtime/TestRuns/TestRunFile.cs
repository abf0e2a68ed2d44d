using Magsag.Ledger.Records;
using Magsag.Ledger.Sessions;

namespace Magsag.Runtime.TestRuns;

/// <summary>Writes beside a test host's ledger which tests there are and which ran, so that the gate knows a part from the whole. Never throws: what can't be written isn't known.</summary>
internal static class TestRunFile
{
    /// <summary>Writes which tests ran, where the platform tells their names.</summary>
    /// <param name="runsDirectory">The runs directory.</param>
    /// <param name="session">The session whose tests they are.</param>
    /// <param name="ran">The tests that ran, by class and method.</param>
    /// <param name="skipped">Those that were skipped.</param>
    public static void Write(string runsDirectory, LedgerSession session, IReadOnlyCollection<string> ran, IReadOnlyCollection<string> skipped)
    {
        try
        {
            var left = new HashSet<string>(skipped.Select(static test => test.Replace('+', '.')), StringComparer.Ordinal);
            IReadOnlyCollection<string> tests = TestInventory.Read(Path.Combine(RecordingHost.Current.BaseDirectory, session.Assembly + ".dll"));
            new SessionTests { Session = session.Id, Exist = [.. tests.Where(test => !left.Contains(test))], Ran = ran }.Write(SessionTests.PathOf(Path.Combine(runsDirectory, "costs"), session.Id));
        }
        catch (Exception)
        {
            CostMeter.CountFault();
        }
    }
}
