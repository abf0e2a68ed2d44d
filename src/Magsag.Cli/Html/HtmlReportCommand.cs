using Magsag.Cli.Baselines;
using Magsag.Cli.Costs;
using Magsag.Cli.Prices;
using Magsag.Cli.Stores;
using Magsag.Gating.Verdicts;

namespace Magsag.Cli.Html;

/// <summary><c>magsag report</c>: the reports below it, and by itself <c>magsag report --html FILE</c>.</summary>
internal static class HtmlReportCommand
{
    private const string DefaultTitle = "What the models cost";

    public static Command Create(Terminal terminal, IEnumerable<Command> reports)
    {
        var html = new Option<string?>("--html") { Description = "Write the report to this file, as one HTML page that needs nothing else.", HelpName = "file" };
        var title = new Option<string>("--title") { Description = "The page's title.", HelpName = "text", DefaultValueFactory = static _ => DefaultTitle };
        var baseline = new BaselineOption();
        var prices = new PriceFile();
        var command = new Command("report", "Report what calls cost.") { html, title, baseline, prices };
        foreach (Command report in reports)
        {
            command.Add(report);
        }

        FilterOptions filters = FilterOptions.AddTo(command);
        StoreOptions stores = StoreOptions.AddTo(command);
        var zones = new ZoneOption();
        command.Add(zones);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string file = parsed.GetValue(html) ?? throw CommandFailure.Usage($"Expected --html FILE, or which report: {string.Join(", ", command.Subcommands.Select(static report => report.Name))}.");
            TimeZoneInfo zone = zones.GetZone(parsed);
            DateTimeOffset now = terminal.Clock.GetUtcNow();
            PriceCatalog catalog = prices.ReadCatalog(parsed, terminal);
            RecordFilter filter = filters.Parse(parsed, zone, now).ForStore();
            await using ICostStore store = await stores.OpenAsync(parsed, terminal, cancellationToken);
            var page = new ReportPage
            {
                Title = parsed.GetValue(title)!,
                Summary = await StoreSummary.ReadAsync(store, filter, zone, cancellationToken),
                Conditions = ReportConditions.Describe(filter, zone),
                Zone = zone,
                Verdict = Judge(baseline.ResolvePaths(parsed, terminal), catalog, terminal, cancellationToken),
                Prices = catalog,
                Made = now,
            };
            string text = HtmlReport.Render(page);
            cancellationToken.ThrowIfCancellationRequested();
            OutputFile.Write(terminal.FullPath(file), terminal, path => OutputFile.WriteText(path, text));
            terminal.WriteNotice($"Magsag: {Result(page.Summary.Totals)}, in {file}");
            return ExitCode.Passed;
        });
        return command;
    }

    private static string Result(TokenTotals totals)
    {
        string cost = ReportFigures.Cost(totals);
        return $"{MoneyText.Count(totals.Calls)} {(totals.Calls == 1 ? "call" : "calls")}, {(cost == "unknown" ? "cost unknown" : cost)}";
    }

    // A baseline is about one recording of the tests, whatever period the report is about.
    private static Verdict? Judge(IReadOnlyList<string> baselines, PriceCatalog catalog, Terminal terminal, CancellationToken cancellationToken)
    {
        if (baselines.Count == 0)
        {
            return null;
        }

        CostSummary latest = CostSummaries.Summarize(CostSources.Find([], terminal).Latest(), CallFilter.Everything, catalog, terminal, cancellationToken);
        return CostGate.Judge(latest, BaselineFiles.Read(baselines), new GateSettings { BaselinePath = string.Join(", ", baselines.Select(terminal.Shown)) }, catalog: catalog);
    }
}
