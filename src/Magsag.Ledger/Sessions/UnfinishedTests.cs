using System.Globalization;
using Magsag.Ledger.Records;

namespace Magsag.Ledger.Sessions;

/// <summary>A mark beside the verdicts of a test project while its tests run, which stays when they fail or are cut off.</summary>
/// <remarks>A test host can't tell a test that leaves by <c>Environment.Exit</c> from its own end; whoever runs the tests sees that they didn't pass.</remarks>
internal static class UnfinishedTests
{
    /// <summary>Sets the mark.</summary>
    /// <param name="runsDirectory">The runs directory; it need not exist.</param>
    /// <param name="assembly">The test assembly's name.</param>
    /// <param name="framework">Its target framework.</param>
    /// <param name="started">When the tests are started.</param>
    /// <param name="testRun">The test run; null where it has no name.</param>
    /// <exception cref="IOException">The mark can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The mark may not be written.</exception>
    public static void Begin(string runsDirectory, string assembly, string? framework, DateTimeOffset started, string? testRun = null)
    {
        string path = PathOf(runsDirectory, assembly, framework);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, started.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) + "\n" + (testRun is null ? "" : testRun + "\n"));
    }

    /// <summary>Takes the mark away: the tests passed.</summary>
    /// <exception cref="IOException">The mark can't be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">The mark may not be deleted.</exception>
    public static void End(string runsDirectory, string assembly, string? framework, string? testRun = null)
    {
        string path = PathOf(runsDirectory, assembly, framework);
        if (File.Exists(path) && (testRun is null || TestRunIn(path) is not { } marked || marked == testRun))
        {
            File.Delete(path);
        }
    }

    /// <summary>Whether a session is of tests that were started and didn't pass.</summary>
    /// <param name="ledgerDirectory">The directory of the session's ledger files, in the runs directory.</param>
    /// <param name="session">The session.</param>
    public static bool Include(string ledgerDirectory, LedgerSession session)
    {
        string path = PathOf(Path.Combine(ledgerDirectory, ".."), session.Assembly ?? "", session.Framework);
        try
        {
            // A mark that can't be read is one all the same.
            if (!File.Exists(path))
            {
                return false;
            }

            if (session.TestRun is { } run && TestRunIn(path) is { } marked)
            {
                return run == marked;
            }

            return !DateTime.TryParse(File.ReadLines(path).FirstOrDefault()?.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime started) || session.Timestamp.UtcDateTime >= started;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return File.Exists(path);
        }
    }

    // A run that overlaps with another one sets its mark over the other's.
    private static string? TestRunIn(string path) => File.ReadLines(path).Skip(1).FirstOrDefault()?.Trim() is { Length: > 0 } run ? run : null;

    private static string PathOf(string runsDirectory, string assembly, string? framework) => Path.Combine(runsDirectory, "verdicts", $"{assembly}.{framework}.started");
}
