using Magsag.Cli.Repository;
using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;
using Magsag.Ledger.Sessions;

namespace Magsag.Cli.Costs;

/// <summary>The files that costs are added up from: ledgers and summaries, each once.</summary>
/// <param name="Ledgers">The ledger files, in the order of their paths.</param>
/// <param name="Summaries">The summary files.</param>
internal sealed record CostSources(IReadOnlyList<string> Ledgers, IReadOnlyList<string> Summaries)
{
    // What an agent's tools did stands beside the summaries of runs and isn't a ledger.
    private const string ToolCalls = "mcp_calls.jsonl";

    /// <summary>Finds the files behind paths that the user gave: ledgers, summaries, folders with either; the runs directories below the working directory when none is given.</summary>
    /// <exception cref="CommandFailure">A path doesn't exist, or there is nothing in it.</exception>
    public static CostSources Find(IReadOnlyList<string> paths, Terminal terminal)
    {
        if (paths.FirstOrDefault(static path => path.StartsWith('-')) is { } option)
        {
            throw CommandFailure.Usage($"'{option}' isn't an option of this command; --help lists them.");
        }

        string[] roots = paths.Count > 0 ? [.. paths.Select(terminal.FullPath)] : WhereRecorded(RunsDirectories.Find(terminal));
        var ledgers = new SortedSet<string>(StringComparer.Ordinal);
        var summaries = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string root in roots)
        {
            Add(root, ledgers, summaries, terminal);
        }

        return new CostSources(WithoutCopies([.. ledgers], terminal), [.. summaries]);
    }

    /// <summary>Only the last recording of each test assembly and target framework in each folder; all of them where no ledger names its session.</summary>
    /// <exception cref="UnreadableInputException">A ledger can't be opened.</exception>
    public CostSources Latest()
    {
        (string Path, LedgerSession? Session)[] sessions = [.. Ledgers.Select(static path => (path, LedgerReader.ReadSession(path)))];
        HashSet<Guid> latest =
        [
            .. sessions.Where(static ledger => ledger.Session is not null)
                .GroupBy(static ledger => (Path.GetDirectoryName(ledger.Path), ledger.Session!.Assembly, ledger.Session.Framework), static ledger => ledger.Session!)
                .Select(static group => group.MaxBy(static session => session.Timestamp)!.Id),
        ];
        if (latest.Count == 0)
        {
            return this;
        }

        return this with { Ledgers = [.. sessions.Where(ledger => ledger.Session is { } session && latest.Contains(session.Id)).Select(static ledger => ledger.Path)] };
    }

    /// <summary>What the test hosts among the ledgers counted of their calls, and how many arrived.</summary>
    /// <exception cref="UnreadableInputException">A file can't be read.</exception>
    public IReadOnlyList<HostCalls> Hosts() =>
        HostCalls.Group([.. Ledgers.Select(static path => (Path: path, Session: LedgerReader.ReadSession(path)!)).Where(static ledger => ledger.Session is not null)]);

    // Tests that call no model leave a runs directory with the gate's verdict and nothing else: no calls, but nothing wrong either.
    private static string[] WhereRecorded(IReadOnlyList<string> runs)
    {
        IEnumerable<string> judgedOnly = runs.Where(static folder => Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).SequenceEqual(["verdicts"]));
        return [.. runs.Except(judgedOnly, StringComparer.Ordinal)];
    }

    private static void Add(string path, SortedSet<string> ledgers, SortedSet<string> summaries, Terminal terminal)
    {
        if (Directory.Exists(path))
        {
            AddFolder(path, ledgers, summaries, terminal);
            return;
        }

        if (!File.Exists(path))
        {
            throw CommandFailure.Unreadable($"{terminal.Shown(path)} doesn't exist; expected a ledger, a summary or a folder with either.");
        }

        (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? summaries : ledgers).Add(path);
    }

    // A folder's summaries are made of its ledgers: where there are ledgers, the summaries would count everything twice.
    private static void AddFolder(string folder, SortedSet<string> ledgers, SortedSet<string> summaries, Terminal terminal)
    {
        string[] found = FolderFiles.Find(folder, "*.jsonl").Where(static path => Path.GetFileName(path) != ToolCalls).ToArray();
        if (found.Length == 0)
        {
            found = FolderFiles.Find(folder, "*summary*.json");
            summaries.UnionWith(found);
        }
        else
        {
            ledgers.UnionWith(found);
        }

        if (found.Length == 0)
        {
            throw CommandFailure.Unreadable($"{terminal.Shown(folder)} holds no ledger (*.jsonl) and no summary (*summary*.json). Record costs first (docs/recording.md), or give the runs directory.");
        }
    }

    // Shards of a test run may have been gathered twice, and downloads are renamed. Files of one session begin with different records.
    private static List<string> WithoutCopies(string[] paths, Terminal terminal)
    {
        if (paths.Length < 2)
        {
            return [.. paths];
        }

        List<string> kept = [];
        foreach (IGrouping<(Guid?, Guid), string> copies in paths.GroupBy(static path => LedgerReader.ReadFirstIds(path) is (var session, { } record) ? (session, record) : (null, Guid.NewGuid())))
        {
            string longest = copies.OrderByDescending(static path => new FileInfo(path).Length).ThenBy(static path => path, StringComparer.Ordinal).First();
            kept.Add(longest);
            foreach (string copy in copies.Where(path => path != longest))
            {
                terminal.WriteNotice($"magsag: {terminal.Shown(copy)} is a copy of {terminal.Shown(longest)} and isn't counted again.");
            }
        }

        kept.Sort(StringComparer.Ordinal);
        return kept;
    }
}
