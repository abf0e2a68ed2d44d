using System.CommandLine;
using Magsag.Gating;
using Magsag.Storage;

namespace Magsag.Cli;

/// <summary>The store that a command asks.</summary>
internal sealed class StoreOptions
{
    private const string Variable = "MAGSAG_STORE";

    private readonly Option<string?> _store = new("--store") { Description = $"The store: sqlite:PATH or postgres://…; {Variable} or the one of the runs directory when left out, which is brought up to date first.", HelpName = "address" };

    public static StoreOptions AddTo(Command command)
    {
        var options = new StoreOptions();
        command.Add(options._store);
        return options;
    }

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
        string home = runs is [var only] ? only : Path.Combine(terminal.Directory, RunsDirectories.Name);
        Directory.CreateDirectory(home);
        ICostStore store = await CostStore.OpenAsync("sqlite:" + CostStore.PathIn(home), terminal.Waiting, cancellationToken);
        if (!store.IsReadOnly)
        {
            IngestResult ingested = await store.IngestAsync(runs.SelectMany(CostStore.LedgersIn), cancellationToken: cancellationToken);
            if (ingested.Problems is [var problem, ..])
            {
                await store.DisposeAsync();
                throw problem;
            }
        }

        return store;
    }
}
