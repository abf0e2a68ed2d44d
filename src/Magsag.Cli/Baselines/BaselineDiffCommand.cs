using System.CommandLine;
using Magsag.Gating;
using Magsag.Pricing.Catalogue;

namespace Magsag.Cli;

/// <summary><c>magsag baseline diff</c></summary>
internal static class BaselineDiffCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = new CostPathsArgument { Description = CostPathsArgument.LastRecordings };
        var baseline = new BaselineOption();
        var all = new Option<bool>("--all") { Description = "Also show what didn't change." };
        var prices = new PriceFile();
        var command = new Command("diff", "Show what became dearer or cheaper since the baseline, at the same prices on both sides.") { paths, baseline, all, prices };
        OutputOptions format = OutputOptions.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            CostBaseline before = BaselineFiles.Read(baseline.PathsOf(parsed, terminal) is { Count: > 0 } found ? found : BaselineFiles.Needed(terminal));
            PriceCatalog catalog = prices.CatalogOf(parsed, terminal);
            CostSummary now = paths.SummaryOf(parsed, catalog, terminal, cancellationToken);
            Verdict verdict = CostGate.Judge(now, before, new GateSettings(), catalog: catalog);
            format.Write(ReportOf(verdict, parsed.GetValue(all)), parsed, terminal);
            return Task.FromResult(ExitCode.Passed);
        });
        return command;
    }

    private static Report ReportOf(Verdict verdict, bool all) => new()
    {
        Title = "Since the baseline",
        Facts =
        [
            new Fact("baseline_usd", "Baseline", verdict.BaselineUsd, CellKind.Money),
            new Fact("cost_usd", "Now", verdict.CostUsd, CellKind.Money),
            new Fact("change", "Change", MoneyText.ChangeOf(verdict.BaselineUsd ?? 0m, verdict.CostUsd)),
        ],
        Tables =
        [
            new Table(
                "changes",
                "Changes",
                [
                    new Column("scope", "What"),
                    new Column("name", "Name"),
                    new Column("baseline_calls", "Calls before", CellKind.Count),
                    new Column("calls", "Calls", CellKind.Count),
                    new Column("baseline_usd", "Baseline", CellKind.Money),
                    new Column("cost_usd", "Now", CellKind.Money),
                    new Column("change", "Change"),
                ],
                [
                    .. verdict.Changes
                        .Where(change => all || change.BaselineUsd != change.CurrentUsd || change.BaselineCalls != change.CurrentCalls)
                        .OrderByDescending(static change => Math.Abs((change.CurrentUsd ?? 0m) - (change.BaselineUsd ?? 0m)))
                        .Select(static change => (IReadOnlyList<object?>)[change.Scope, change.Name, change.BaselineCalls, change.CurrentCalls, change.BaselineUsd, change.CurrentUsd, ChangeOf(change)]),
                ]),
        ],
    };

    private static string ChangeOf(ScopeChange change) => (change.BaselineUsd, change.CurrentUsd) switch
    {
        ({ } before, { } now) => MoneyText.ChangeOf(before, now),
        (null, _) => "new",
        _ => "gone",
    };
}
