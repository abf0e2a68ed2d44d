using System.CommandLine;
using Magsag.Ledger.Summaries;
using Magsag.Storage.Queries;
using Magsag.Storage.Schema;

namespace Magsag.Cli;

/// <summary><c>magsag report tokens</c></summary>
internal static class TokensReportCommand
{
    public static Command Create(Terminal terminal) =>
        StoreReport.Create(new Command("tokens", "Where tokens go: per agent and model, cached and reasoning tokens, average of a call."), terminal, static (_, context) => ReportAsync(context));

    private static async Task<Report> ReportAsync(ReportContext context)
    {
        IReadOnlyList<CostGroup> groups = await context.ByAsync(CostDimension.Agent, CostDimension.Model);
        TokenTotals total = groups.Total();
        return new Report
        {
            Title = "Token usage",
            Facts =
            [
                new Fact("calls", "Calls", total.Calls, CellKind.Count),
                new Fact("input_tokens", "Input tokens", total.InputTokens, CellKind.Tokens),
                new Fact("cached_input_tokens", "Cached input tokens", total.CachedInputTokens, CellKind.Tokens),
                new Fact("output_tokens", "Output tokens", total.OutputTokens, CellKind.Tokens),
                new Fact("reasoning_tokens", "Reasoning tokens", total.ReasoningTokens, CellKind.Tokens),
            ],
            Tables =
            [
                new Table(
                    "usage",
                    "",
                    [
                        new Column("agent", "Agent"),
                        new Column("model", "Model"),
                        new Column("calls", "Calls", CellKind.Count),
                        new Column("input_tokens", "Input tokens", CellKind.Tokens),
                        new Column("cached_input_tokens", "Cached", CellKind.Tokens),
                        new Column("output_tokens", "Output tokens", CellKind.Tokens),
                        new Column("reasoning_tokens", "Reasoning", CellKind.Tokens),
                        new Column("input_per_call", "Input per call", CellKind.Ratio),
                        new Column("output_per_call", "Output per call", CellKind.Ratio),
                        new Column("cached_share", "Cached share", CellKind.Share),
                        new Column("cost_usd", "Cost", CellKind.Money),
                    ],
                    [.. groups.OrderByDescending(static group => group.Totals.TotalTokens).ThenBy(static group => group.Key[0], StringComparer.Ordinal).Select(static group => RowOf(group))]),
            ],
            Notes = Unknowns.NotesOf(total),
        };
    }

    private static IReadOnlyList<object?> RowOf(CostGroup group)
    {
        TokenTotals totals = group.Totals;
        return
        [
            group.Key[0], group.Key[1], totals.Calls, totals.InputTokens, totals.CachedInputTokens, totals.OutputTokens, totals.ReasoningTokens,
            Quotient.Of(totals.InputTokens, totals.Calls), Quotient.Of(totals.OutputTokens, totals.Calls), Shares.Of(totals.CachedInputTokens, totals.InputTokens), KnownCost.CellOf(totals),
        ];
    }
}
