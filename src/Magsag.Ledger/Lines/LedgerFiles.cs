using Magsag.Ledger.Files;

namespace Magsag.Ledger.Lines;

/// <summary>Finds ledger files.</summary>
internal static class LedgerFiles
{
    /// <summary>The ledger files of a runs directory, ordered by name; none when nothing was recorded yet.</summary>
    /// <param name="runsDirectory">The runs directory.</param>
    /// <exception cref="UnreadableInputException">The directory is a file or can't be listed.</exception>
    public static IEnumerable<string> In(string runsDirectory)
    {
        // A path that ends in a separator never names a file, even where one stands.
        runsDirectory = runsDirectory.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        string directory = Path.Combine(runsDirectory, "costs");
        if (File.Exists(runsDirectory) || File.Exists(directory))
        {
            throw new UnreadableInputException(File.Exists(runsDirectory) ? runsDirectory : directory, 0, "Expected the runs directory, found a file. Set MagsagRunsDirectory to a directory.");
        }

        if (!Directory.Exists(directory))
        {
            return [];
        }

        try
        {
            return Directory.GetFiles(directory, "*.jsonl").OrderBy(static path => path, StringComparer.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(directory, 0, $"The ledger directory can't be listed: {error.Message}", error);
        }
    }
}
