using Magsag.Cli.Repository;
using Magsag.Ledger.Records;
using Magsag.Runtime;

namespace Magsag.Cli.Data;

/// <summary><c>magsag data correct</c></summary>
internal static class DataCorrectCommand
{
    public static Command Create(Terminal terminal)
    {
        var id = new Argument<Guid>("id") { Description = "The id of the call's record, as data search --json prints it." };
        var cost = new Option<decimal>("--cost") { Description = "What the call cost in truth, in US dollars.", HelpName = "usd", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why the recorded cost is wrong, in a few words.", HelpName = "text", Required = true };
        var runs = new Option<string?>("--runs") { Description = "The runs directory that the call was recorded in; every one in or below the working directory when left out.", HelpName = "folder" };
        var command = new Command("correct", "Correct what a call cost: a line is appended to the ledger, and every sum, limit and report has the right cost from then on.") { id, cost, reason, runs };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            IReadOnlyList<string> folders = parsed.GetValue(runs) is { } folder ? [terminal.FullPath(folder)] : RunsDirectories.Find(terminal);
            (string found, LedgerRecord correction) = await CorrectAsync(folders, parsed.GetValue(id), parsed.GetValue(cost), parsed.GetValue(reason)!, cancellationToken);
            terminal.WriteNotice($"Magsag: corrected by {MoneyText.Of(correction.CostUsd!.Value)} to {MoneyText.Of(parsed.GetValue(cost))}, in {terminal.Shown(found)}");
            return ExitCode.Passed;
        });
        return command;
    }

    private static async Task<(string Folder, LedgerRecord Correction)> CorrectAsync(IReadOnlyList<string> folders, Guid id, decimal cost, string reason, CancellationToken cancellationToken)
    {
        try
        {
            foreach (string folder in folders)
            {
                if (Directory.Exists(folder) && await CostCorrections.AppendAsync(folder, id, cost, reason, cancellationToken) is { } correction)
                {
                    return (folder, correction);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Usage($"The correction can't be appended to the ledger: {OutputFile.Reason(error)}", error);
        }
        catch (ArgumentException error)
        {
            // The message without the name of the parameter.
            throw CommandFailure.Usage(error.Message.Split(" (Parameter ")[0], error);
        }

        throw CommandFailure.Usage($"No ledger has a record with the id {id}. Find it with: magsag data search --json, or name the runs directory with --runs.");
    }
}
