using Magsag.Cli.Costs;
using Magsag.Cli.Prices;
using Magsag.Gating.Baselines;
using Magsag.Gating.Findings;
using Magsag.Gating.Verdicts;

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
            CostSources sources = paths.FindSources(parsed, terminal, parsed.GetValue(latest) || parsed.GetValue(paths)!.Length == 0);
            CostSummary summary = CostSummaries.Summarize(sources, CallFilter.Everything, prices.ReadCatalog(parsed, terminal), terminal, cancellationToken);
            RefusePart(summary, sources);
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

    // What a part of the calls cost would become what all of them may cost.
    private static void RefusePart(CostSummary summary, CostSources sources)
    {
        if (ArrivalCheck.Refuse(sources.Hosts(), afterTests: false, unfinished: FindingSeverity.Error) is { Findings: [var missing] })
        {
            throw new UnreadableInputException(missing.File!, 0, missing.Text);
        }

        if (summary.IsPartial)
        {
            throw CommandFailure.Unreadable("The summary is partial: calls are missing that were made. Run the tests again and accept their whole recording.");
        }
    }
}
