using Magsag.Ledger.Summaries;

namespace Magsag.Cli;

/// <summary>The figures that every report begins with.</summary>
internal static class PeriodFacts
{
    public static async Task<IReadOnlyList<Fact>> OfAsync(ReportContext context, TokenTotals total)
    {
        (DateTimeOffset? from, DateTimeOffset? to) = await context.PeriodAsync();
        long runs = await context.CountOfRunsAsync();
        return
        [
            new Fact("from", "From", from, CellKind.Time),
            new Fact("to", "To", to, CellKind.Time),
            new Fact("total_runs", "Total runs", runs, CellKind.Count),
            new Fact("calls", "Calls", total.Calls, CellKind.Count),
            new Fact("total_cost_usd", "Total cost", KnownCost.CellOf(total), CellKind.Money),
            .. Unknowns.EstimatesOf(total),
            new Fact("avg_cost_per_run_usd", "Average cost per run", KnownCost.Per(total, runs), CellKind.Money),
        ];
    }
}
