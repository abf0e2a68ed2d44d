using System.CommandLine;
using Magsag.Ledger.Summaries;
using Magsag.Storage.Queries;

namespace Magsag.Cli;

/// <summary><c>magsag report efficiency</c></summary>
internal static class EfficiencyReportCommand
{
    private const string PartsOfRuns = "How many tasks succeeded isn't known of parts of runs: these calls belong to runs with calls of others.";

    public static Command Create(Terminal terminal) =>
        StoreReport.Create(new Command("efficiency", "What a successful task and a thousand tokens cost, and how much output comes of how much input."), terminal, static (_, context) => ReportAsync(context));

    private static async Task<Report> ReportAsync(ReportContext context)
    {
        TokenTotals total = await context.TotalsAsync();
        long? successful = await SuccessfulTasksAsync(context);
        return new Report
        {
            Title = "Cost efficiency",
            Facts =
            [
                .. await PeriodFacts.OfAsync(context, total),
                new Fact("successful_tasks", "Successful tasks", successful, CellKind.Count),
                new Fact("cost_per_successful_task", "Cost per successful task", KnownCost.Per(total, successful ?? 0), CellKind.Money),
                new Fact("cost_per_1k_tokens", "Cost per 1k tokens", KnownCost.PerThousandTokens(total), CellKind.Money),
                new Fact("token_efficiency", "Output tokens per input token", Quotient.Of(total.OutputTokens, total.InputTokens), CellKind.Ratio),
            ],
            Notes = successful is null ? [.. Unknowns.NotesOf(total), PartsOfRuns] : Unknowns.NotesOf(total),
        };
    }

    // The store knows of whole runs whether they succeeded, under the agent and customer of their first call.
    private static async Task<long?> SuccessfulTasksAsync(ReportContext context)
    {
        IReadOnlyList<RunGroup> runs = await context.RunsAsync();
        return runs.Sum(static group => group.Runs) == await context.CountOfRunsAsync() ? runs.Sum(static group => group.SuccessfulTasks) : null;
    }
}
