using System.Text;
using Magsag.Gating;

namespace Magsag.Runtime;

/// <summary>Adds the records of each run up and writes <c>agents/&lt;RUN_ID&gt;/summary.json</c>. Used by the one thread that writes the ledger.</summary>
internal sealed class RunSummaries(string runsDirectory)
{
    // A process that begins runs without ever ending them must not grow for ever.
    private const int MostOpenRuns = 1024;

    private readonly Dictionary<string, SummaryBuilder> _runs = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private string? _lastRun;
    private SummaryBuilder? _lastSummary;

    public void Add(LedgerRecord record)
    {
        if (record.RunId is not { } run)
        {
            return;
        }

        if (_lastSummary is null || run != _lastRun)
        {
            (_lastRun, _lastSummary) = (run, SummaryOf(run));
        }

        _lastSummary.Add(record);
    }

    public void Write(string run)
    {
        if (!_runs.TryGetValue(run, out SummaryBuilder? summary))
        {
            return;
        }

        try
        {
            SummaryFile.Write(Path.Combine(runsDirectory, "agents", DirectoryNameOf(run), "summary.json"), summary.ToSummary(), run);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The ledger is the source of truth: a summary can be made again from it, and its own failure was reported.
        }
    }

    public void WriteAll()
    {
        foreach (string run in _runs.Keys)
        {
            Write(run);
        }
    }

    private SummaryBuilder SummaryOf(string run)
    {
        if (_runs.TryGetValue(run, out SummaryBuilder? summary))
        {
            return summary;
        }

        _runs[run] = summary = new SummaryBuilder();
        _order.Enqueue(run);
        if (_order.Count > MostOpenRuns && _order.TryDequeue(out string? oldest))
        {
            Write(oldest);
            _runs.Remove(oldest);
        }

        return summary;
    }

    /// <summary>A run id as a directory name that can't leave the runs directory; two ids never share one.</summary>
    internal static string DirectoryNameOf(string run)
    {
        const int Longest = 100;
        bool safe = run.Length is > 0 and <= Longest && run[0] != '.' && run.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
        if (safe)
        {
            return run;
        }

        string readable = new([.. run.Take(Longest / 2).Select(static letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')]);
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(run)))[..12];
        return $"{readable}~{hash}";
    }
}
