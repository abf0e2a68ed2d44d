using Magsag.Cli.Repository;

namespace Magsag.Cli.Stores;

/// <summary>The store that a command asks.</summary>
internal sealed class StoreOptions
{
    private const string Variable = "MAGSAG_STORE";

    private string? _place;

    private readonly Option<string?> _store = new("--store") { Description = $"The store: sqlite:PATH or postgres://…; {Variable} or the one of the runs directory when left out, which is brought up to date first.", HelpName = "address" };

    public static StoreOptions AddTo(Command command)
    {
        var options = new StoreOptions();
        command.Add(options._store);
        return options;
    }

    /// <summary>True when the user names the store: it may hold what no ledger here has.</summary>
    public bool IsNamed(ParseResult parsed, Terminal terminal) => (parsed.GetValue(_store) ?? terminal.Variable(Variable)) is not null;

    /// <summary>Opens the store.</summary>
    /// <exception cref="CommandFailure">There is none yet.</exception>
    /// <exception cref="UnreadableInputException">A ledger that isn't in the store yet can't be read: answers would have a hole.</exception>
    public async Task<ICostStore> OpenAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        if ((parsed.GetValue(_store) ?? terminal.Variable(Variable)) is { } address)
        {
            return await CostStore.OpenAsync(StoreAddress.Existing(address, terminal), terminal.Waiting, cancellationToken);
        }

        IReadOnlyList<string> runs = RunsDirectories.Find(terminal);
        ICostStore store = await CostStore.OpenAsync("sqlite:" + (_place ??= PlaceFor(runs, terminal)), terminal.Waiting, cancellationToken);
        IngestResult ingested = await store.IngestAsync(runs.SelectMany(CostStore.LedgersIn), cancellationToken: cancellationToken);
        if (ingested.Problems is [var problem, ..])
        {
            await store.DisposeAsync();
            throw problem;
        }

        return store;
    }

    // Without write access the store is made for this command alone: an older, read-only one would lack what was recorded since.
    private static string PlaceFor(IReadOnlyList<string> runs, Terminal terminal)
    {
        string home = runs is [var only] ? only : Path.Combine(terminal.Directory, RunsDirectories.Name);
        string usual = CostStore.PathIn(home);
        if (CanWrite(usual))
        {
            return usual;
        }

        terminal.WriteNotice($"Magsag: {terminal.Shown(usual)} can't be written, so the ledgers are read anew for this command; --store names a store that stays.");
        return CostStore.PathIn(terminal.Scratch.Path);
    }

    private static bool CanWrite(string store)
    {
        try
        {
            // The database's log stands beside it.
            string folder = Directory.CreateDirectory(Path.GetDirectoryName(store)!).FullName;
            using FileStream beside = File.Create(Path.Combine(folder, $".{Guid.NewGuid():N}.tmp"), 1, FileOptions.DeleteOnClose);
            using FileStream? itself = File.Exists(store) ? new FileStream(store, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete) : null;
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
