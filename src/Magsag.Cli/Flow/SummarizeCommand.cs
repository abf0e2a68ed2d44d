using System.Text;
using Magsag.Cli.Costs;
using Magsag.Cli.Prices;

namespace Magsag.Cli.Flow;

/// <summary><c>magsag flow summarize</c></summary>
internal static class SummarizeCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = new CostPathsArgument();
        var output = new Option<string?>("--output", "-o") { Description = "Write the summary to this file, as JSON.", HelpName = "file" };
        var latest = new Option<bool>("--latest") { Description = "Only the last recording of each test assembly and target framework in each folder." };
        var latestOfEachTest = new Option<bool>("--latest-of-each-test") { Description = "Only the last recording of each test, so that tests count once that were repeated, or split over several test runs." };
        var prices = new PriceFile();
        var command = new Command("summarize", "Add recorded costs up: any number of ledgers, folders, summaries of runs and shards of a test run.") { paths, output, latest, latestOfEachTest, prices };
        FilterOptions filters = FilterOptions.AddTo(command);
        OutputOptions format = OutputOptions.AddTo(command, redirected: OutputFormat.Json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CallFilter filter = filters.Parse(parsed, format.GetZone(parsed), terminal.Clock.GetUtcNow());
            CostSources sources = paths.FindSources(parsed, terminal, parsed.GetValue(latest));
            if (parsed.GetValue(latestOfEachTest) && sources.Summaries is [var made, ..])
            {
                throw CommandFailure.Usage($"{terminal.Shown(made)} is a summary, and which recordings it is made of isn't known any more. Give the ledgers instead.");
            }

            PriceCatalog catalog = prices.ReadCatalog(parsed, terminal);
            CostSummary summary = parsed.GetValue(latestOfEachTest)
                ? LastRecordings.Summarize(sources, filter, catalog, cancellationToken)
                : CostSummaries.Summarize(sources, filter, catalog, terminal, cancellationToken);
            if (summary is { Totals.Calls: 0, CacheHits: 0 })
            {
                await CostSummaries.ThrowIfUnknownAsync(sources, filter, terminal, cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (parsed.GetValue(output) is { } file)
            {
                OutputFile.Write(terminal.FullPath(file), terminal, path => SummaryFile.Write(path, summary, filter.RunId));
                terminal.WriteNotice($"Magsag: {SummaryReport.Headline(summary)}, in {file}");
                return ExitCode.Passed;
            }

            if (SummaryCaveats.DoubtfulLinesOf(summary) is { Length: > 0 } doubtful)
            {
                terminal.WriteNotice($"magsag: {doubtful}.");
            }

            format.Write(SummaryReport.Create(summary), () => Encoding.UTF8.GetString(SummaryFile.ToBytes(summary, filter.RunId)), parsed, terminal);
            return ExitCode.Passed;
        });
        return command;
    }
}
