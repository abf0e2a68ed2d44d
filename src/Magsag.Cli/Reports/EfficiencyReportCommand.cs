using System.CommandLine;
using Magsag.Gating;

namespace Magsag.Cli;

/// <summary><c>magsag report efficiency</c></summary>
internal static class EfficiencyReportCommand
{
    public static Command Create(Terminal terminal) =>
        StoreReport.Create(new Command("efficiency", "What a successful task and a thousand tokens cost, and how much output comes of how much input."), terminal, static (_, context) => ReportAsync(context));

    private static async Task<Report> ReportAsync(ReportContext context)
    {
        TokenTotals total = await context.TotalsAsync();
        long successful = (await context.RunsAsync()).Sum(static group => group.SuccessfulTasks);
        return new Report
        {
            Title = "Cost efficiency",
            Facts =
            [
                .. await PeriodFacts.OfAsync(context, total),
                new Fact("successful_tasks", "Successful tasks", successful, CellKind.Count),
                new Fact("cost_per_successful_task", "Cost per successful task", Quotient.Of(KnownCost.Of(total), successful), CellKind.Money),
                new Fact("cost_per_1k_tokens", "Cost per 1k tokens", Quotient.Of(KnownCost.Of(total) * 1000m, total.TotalTokens), CellKind.Money),
                new Fact("token_efficiency", "Output tokens per input token", Quotient.Of(total.OutputTokens, total.InputTokens), CellKind.Ratio),
            ],
            Notes = Unknowns.NotesOf(total),
        };
    }
}
