using Magsag.Cli.Costs;
using Magsag.Cli.Prices;
using Magsag.Gating.Baselines;
using Magsag.Gating.Verdicts;

namespace Magsag.Cli.Baselines;

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
        return OutputOptions.Print(command, terminal, (parsed, _, cancellationToken) =>
        {
            CostBaseline before = BaselineFiles.Read(baseline.ResolvePaths(parsed, terminal) is { Count: > 0 } found ? found : BaselineFiles.Needed(terminal));
            PriceCatalog catalog = prices.ReadCatalog(parsed, terminal);
            CostSummary now = paths.Summarize(parsed, catalog, terminal, cancellationToken);
            return CreateReport(CostGate.Judge(now, before, new GateSettings(), catalog: catalog), parsed.GetValue(all));
        });
    }

    private static Report CreateReport(Verdict verdict, bool all) => new()
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
            Table.From(
                "changes",
                "Changes",
                [
                    .. verdict.Changes
                        .Where(change => all || change.BaselineUsd != change.CurrentUsd || change.BaselineCalls != change.CurrentCalls)
                        .OrderByDescending(static change => Math.Abs((change.CurrentUsd ?? 0m) - (change.BaselineUsd ?? 0m))),
                ],
                [
                    new TableColumn<ScopeChange>("scope", "What", static change => change.Scope),
                    new("name", "Name", static change => change.Name),
                    new("baseline_calls", "Calls before", static change => change.BaselineCalls, CellKind.Count),
                    new("calls", "Calls", static change => change.CurrentCalls, CellKind.Count),
                    new("baseline_usd", "Baseline", static change => change.BaselineUsd, CellKind.Money),
                    new("cost_usd", "Now", static change => change.CurrentUsd, CellKind.Money),
                    new("change", "Change", ChangeText),
                ]),
        ],
    };

    private static string ChangeText(ScopeChange change) => (change.BaselineUsd, change.CurrentUsd) switch
    {
        ({ } before, { } now) => MoneyText.ChangeOf(before, now),
        (null, _) => "new",
        _ => "gone",
    };
}
