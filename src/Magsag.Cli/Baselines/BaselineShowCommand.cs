using Magsag.Cli.Figures;
using Magsag.Gating.Baselines;

namespace Magsag.Cli.Baselines;

/// <summary><c>magsag baseline show</c></summary>
internal static class BaselineShowCommand
{
    public static Command Create(Terminal terminal)
    {
        var path = new BaselineArgument();
        return OutputOptions.Print(new Command("show", "Show what a baseline accepts.") { path }, terminal, (parsed, _, _) => CreateReport(BaselineFile.Read(path.ResolvePath(parsed, terminal))));
    }

    private static Report CreateReport(CostBaseline baseline) => new()
    {
        Title = "Baseline",
        Facts =
        [
            new Fact("calls", "Calls", baseline.Totals.Calls, CellKind.Count),
            new Fact("total_tokens", "Tokens", baseline.Totals.TotalTokens, CellKind.Tokens),
            new Fact("total_cost_usd", "Cost when it was accepted", KnownCost.Cell(baseline.Totals), CellKind.Money),
        ],
        Tables =
        [
            Table.From(
                "entries",
                "Entries",
                [.. baseline.Entries.Select(entry => new CostRow([entry.Key.Test, entry.Key.Agent, entry.Key.Member ?? entry.Key.SiteFile, entry.Key.Model], entry.Totals, baseline.Totals))],
                [CostColumns.Key(0, "test"), CostColumns.Key(1, "agent"), CostColumns.Key(2, "member", "Call site"), CostColumns.Key(3, "model"), CostColumns.Calls, CostColumns.InputTokens, CostColumns.OutputTokens, CostColumns.Cost]),
        ],
        Notes = Unknowns.Notes(baseline.Totals),
    };
}
