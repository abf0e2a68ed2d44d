using Magsag.Cli.Costs;
using Magsag.Cli.Stores;

namespace Magsag.Cli.Ingest;

/// <summary><c>magsag ingest</c></summary>
internal static class IngestCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = new CostPathsArgument { Description = "Ledgers and folders with ledgers; the runs directories below the working directory when left out." };
        var to = new Option<string>("--to") { Description = "The store: sqlite:PATH or postgres://user:password@host/database.", HelpName = "address", Required = true };
        var watch = new Option<bool>("--watch") { Description = "Go on reading what is recorded, until Ctrl-C." };
        var every = new Option<double>("--every") { Description = "How long to wait between two looks.", HelpName = "seconds", DefaultValueFactory = static _ => 2 };
        var command = new Command("ingest", "Read ledgers into a store. Every record gets in once, however often it is read.") { paths, to, watch, every };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(every) is not (>= 0.1 and <= 86_400))
            {
                throw CommandFailure.Usage("--every must be from 0.1 to 86400 seconds.");
            }

            // Sources are looked up first: a wrong path must not leave an empty store behind.
            string address = StoreAddress.Parse(parsed.GetValue(to)!, terminal);
            paths.FindSources(parsed, terminal);
            await using ICostStore store = await CostStore.OpenAsync(address, terminal.Waiting, cancellationToken);
            IngestResult result = await IngestAsync(store, paths, parsed, terminal, cancellationToken);
            while (parsed.GetValue(watch))
            {
                await Task.Delay(TimeSpan.FromSeconds(parsed.GetValue(every)), cancellationToken);
                result = await IngestAsync(store, paths, parsed, terminal, cancellationToken);
            }

            return result.Problems.Count == 0 ? ExitCode.Passed : ExitCode.UnreadableInput;
        });
        return command;
    }

    private static async Task<IngestResult> IngestAsync(ICostStore store, CostPathsArgument paths, ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> ledgers = paths.FindSources(parsed, terminal).Ledgers;
        IngestResult result = new();
        try
        {
            result = await store.IngestAsync(ledgers, new LastProgress(progress => result = progress), cancellationToken);
        }
        catch (OperationCanceledException error)
        {
            throw new CommandFailure(ExitCode.Interrupted, $"Interrupted after {MoneyText.Count(result.Records)} new records. They are in the store; run the command again to read on.", error);
        }

        if (result.Records > 0 || !parsed.GetValue<bool>("--watch"))
        {
            string duplicates = result.Duplicates > 0 ? $", {MoneyText.Count(result.Duplicates)} were there already" : "";
            terminal.WriteNotice($"Magsag: {MoneyText.Count(result.Records)} new {(result.Records == 1 ? "record" : "records")} of {MoneyText.Count(result.Files)} {(result.Files == 1 ? "file" : "files")}{duplicates}, in {store.Location}");
        }

        if (result.UnmatchedCorrections > 0)
        {
            terminal.WriteNotice($"magsag: {MoneyText.Count(result.UnmatchedCorrections)} {(result.UnmatchedCorrections == 1 ? "correction belongs to a call" : "corrections belong to calls")} that the store doesn't have; their amounts are counted all the same. Ingest the ledgers with those calls too.");
        }

        foreach (UnreadableInputException problem in result.Problems)
        {
            terminal.WriteNotice($"magsag: {CommandFailure.Describe(problem, terminal)}");
        }

        return result;
    }
}
