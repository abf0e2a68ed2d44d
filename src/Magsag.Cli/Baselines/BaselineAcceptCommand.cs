using Magsag.Cli.Costs;
using Magsag.Cli.Prices;
using Magsag.Gating.Baselines;

namespace Magsag.Cli.Baselines;

/// <summary><c>magsag baseline accept</c></summary>
internal static class BaselineAcceptCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = new CostPathsArgument { Description = CostPathsArgument.LastRecordings };
        var target = new Option<string?>("--baseline") { Description = $"The file to write; when left out, {BaselineFile.DefaultName} in the working directory or beside the project whose runs are accepted.", HelpName = "file" };
        var latest = new Option<bool>("--latest") { Description = "Only the last recording of each test assembly and target framework in each folder." };
        var partial = new Option<bool>("--partial") { Description = "Only some of the tests ran: keep what the baseline has of the others." };
        var prices = new PriceFile();
        var command = new Command("accept", "Accept costs as the new baseline. Commit the file.") { paths, target, latest, partial, prices };
        command.SetAction((parsed, cancellationToken) =>
        {
            string path = parsed.GetValue(target) is { } named ? terminal.FullPath(named) : BaselineFiles.Target(parsed.GetValue(paths)!, terminal);
            CostSummary summary = paths.Summarize(parsed, prices.ReadCatalog(parsed, terminal), terminal, cancellationToken, parsed.GetValue(latest));
            if (summary.Totals.Calls == 0)
            {
                throw CommandFailure.Usage("No call was recorded, so there is nothing to accept. Run the tests first.");
            }

            bool exists = File.Exists(path);
            CostBaseline baseline = parsed.GetValue(partial) && exists ? BaselineFile.Read(path).WithTestsOf(summary) : CostBaseline.From(summary);
            OutputFile.Write(path, terminal, file => BaselineFile.Write(file, baseline));
            TokenTotals totals = baseline.Totals;
            terminal.WriteNotice($"Magsag: baseline {(exists ? "updated" : "made")}: {MoneyText.Count(totals.Calls)} {(totals.Calls == 1 ? "call" : "calls")}, {MoneyText.Of(totals.CostUsd)}, in {terminal.Shown(path)}");
            return Task.FromResult(ExitCode.Passed);
        });
        return command;
    }
}
