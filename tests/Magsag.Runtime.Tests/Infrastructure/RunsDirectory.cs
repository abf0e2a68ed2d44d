namespace Magsag.Runtime.Tests;

/// <summary>A runs directory of the test's own, gone after it.</summary>
internal sealed class RunsDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("magsag-runs-");

    public string Path => System.IO.Path.Combine(_directory.FullName, ".runs");

    public string Notes => _directory.FullName;

    public string[] Files => Directory.Exists(System.IO.Path.Combine(Path, "costs")) ? Directory.GetFiles(System.IO.Path.Combine(Path, "costs"), "*.jsonl") : [];

    /// <summary>What was recorded, in the order it was: ids and times of calls within one millisecond say nothing of it.</summary>
    public List<LedgerRecord> Records()
    {
        List<LedgerRecord> records = [];
        foreach (string file in Files)
        {
            using var reader = new LedgerReader(file);
            records.AddRange(reader.ReadToEnd());
        }

        return records;
    }

    /// <summary>Waits until so many records are on the disk; the test run's own limit ends a wait in vain.</summary>
    public async Task UntilAsync(int records)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (Records().Count < records)
        {
            await timer.WaitForNextTickAsync();
        }
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
