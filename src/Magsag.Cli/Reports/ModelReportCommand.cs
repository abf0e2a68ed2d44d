using System.CommandLine;
using Magsag.Ledger.Summaries;
using Magsag.Storage.Queries;
using Magsag.Storage.Schema;

namespace Magsag.Cli;

/// <summary><c>magsag report model</c></summary>
internal static class ModelReportCommand
{
    public static Command Create(Terminal terminal) =>
        StoreReport.Create(new Command("model", "What each model cost: calls, tokens, share, average per call and per thousand tokens."), terminal, static (_, context) => ReportAsync(context));

    private static async Task<Report> ReportAsync(ReportContext context)
    {
        IReadOnlyList<CostGroup> models = await context.ByAsync(CostDimension.Provider, CostDimension.Model);
        TokenTotals total = models.Total();
        return new Report
        {
            Title = "Cost by model",
            Facts = await PeriodFacts.OfAsync(context, total),
            Tables =
            [
                new Table(
                    "models",
                    "",
                    [
                        new Column("provider", "Provider"),
                        new Column("model", "Model"),
                        new Column("calls", "Calls", CellKind.Count),
                        new Column("input_tokens", "Input tokens", CellKind.Tokens),
                        new Column("output_tokens", "Output tokens", CellKind.Tokens),
                        new Column("cost_usd", "Cost", CellKind.Money),
                        new Column("share", "Share", CellKind.Share),
                        new Column("cost_per_call_usd", "Per call", CellKind.Money),
                        new Column("cost_per_1k_tokens", "Per 1k tokens", CellKind.Money),
                    ],
                    [
                        .. models.OrderByDescending(static group => group.Totals.CostUsd).ThenBy(static group => group.Key[1], StringComparer.Ordinal)
                            .Select(group => RowOf(group, total.CostUsd)),
                    ]),
            ],
            Notes = Unknowns.NotesOf(total),
        };
    }

    private static IReadOnlyList<object?> RowOf(CostGroup group, decimal totalUsd)
    {
        TokenTotals totals = group.Totals;
        return [group.Key[0], group.Key[1], totals.Calls, totals.InputTokens, totals.OutputTokens, KnownCost.CellOf(totals), Shares.Of(totals, totalUsd), KnownCost.Per(totals, totals.Calls), KnownCost.PerThousandTokens(totals)];
    }
}
