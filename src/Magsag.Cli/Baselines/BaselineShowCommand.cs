using System.CommandLine;
using Magsag.Gating.Baselines;

namespace Magsag.Cli;

/// <summary><c>magsag baseline show</c></summary>
internal static class BaselineShowCommand
{
    public static Command Create(Terminal terminal)
    {
        var path = new BaselineArgument();
        var command = new Command("show", "Show what a baseline accepts.") { path };
        OutputOptions format = OutputOptions.AddTo(command);
        command.SetAction(parsed =>
        {
            CostBaseline baseline = BaselineFile.Read(path.PathOf(parsed, terminal));
            format.Write(ReportOf(baseline), parsed, terminal);
            return ExitCode.Passed;
        });
        return command;
    }

    private static Report ReportOf(CostBaseline baseline) => new()
    {
        Title = "Baseline",
        Facts =
        [
            new Fact("calls", "Calls", baseline.Totals.Calls, CellKind.Count),
            new Fact("total_tokens", "Tokens", baseline.Totals.TotalTokens, CellKind.Tokens),
            new Fact("total_cost_usd", "Cost when it was accepted", KnownCost.CellOf(baseline.Totals), CellKind.Money),
        ],
        Tables =
        [
            new Table(
                "entries",
                "Entries",
                [
                    new Column("test", "Test"),
                    new Column("agent", "Agent"),
                    new Column("member", "Call site"),
                    new Column("model", "Model"),
                    new Column("calls", "Calls", CellKind.Count),
                    new Column("input_tokens", "Input tokens", CellKind.Tokens),
                    new Column("output_tokens", "Output tokens", CellKind.Tokens),
                    new Column("cost_usd", "Cost", CellKind.Money),
                ],
                [.. baseline.Entries.Select(static entry => (IReadOnlyList<object?>)[entry.Key.Test, entry.Key.Agent, entry.Key.Member ?? entry.Key.SiteFile, entry.Key.Model, entry.Totals.Calls, entry.Totals.InputTokens, entry.Totals.OutputTokens, KnownCost.CellOf(entry.Totals)])]),
        ],
        Notes = Unknowns.NotesOf(baseline.Totals),
    };
}
