using System.CommandLine;
using Magsag.Ledger.Summaries;
using Magsag.Storage.Queries;

namespace Magsag.Cli;

/// <summary><c>magsag report daily</c></summary>
internal static class DailyReportCommand
{
    public static Command Create(Terminal terminal)
    {
        var date = new Option<string?>("--date") { Description = "This day instead of the last 24 hours: 2026-11-23, today, yesterday.", HelpName = "day" };
        var threshold = new Option<decimal?>("--alert-above") { Description = "Answer 1 when the day cost more than this many US dollars.", HelpName = "usd" };
        var webhook = new Option<string?>("--webhook") { Description = "Then also POST the alert to this address, as JSON that Slack understands.", HelpName = "url" };
        var command = new Command("daily", "What a day cost, by agent; can raise an alert.") { date, threshold, webhook };
        return StoreReport.Create(
            command,
            terminal,
            (parsed, context) => ReportAsync(InDay(context, parsed.GetValue(date)), parsed.GetValue(threshold)),
            before: parsed => Check(parsed.GetValue(threshold), parsed.GetValue(webhook)),
            after: (parsed, report, cancellationToken) => AlertAsync(report, parsed.GetValue(threshold), CostAlert.AddressOf(parsed.GetValue(webhook)), terminal, cancellationToken));
    }

    // A mistake in the alert is found before anything is printed, not on the day of the alert.
    private static void Check(decimal? threshold, string? webhook)
    {
        if (threshold < 0m)
        {
            throw CommandFailure.Usage("--alert-above must be 0 or more.");
        }

        if (CostAlert.AddressOf(webhook) is not null && threshold is null)
        {
            throw CommandFailure.Usage("--webhook is told of an alert; expected --alert-above with it.");
        }
    }

    private static ReportContext InDay(ReportContext context, string? date)
    {
        if (context.Filter.Since is not null || context.Filter.Until is not null)
        {
            return date is null ? context : throw CommandFailure.Usage("Expected --date or --since and --until, found both.");
        }

        if (date is null)
        {
            return context with { Filter = context.Filter with { Since = context.Now.AddDays(-1), Until = context.Now } };
        }

        DateTimeOffset day = TimeText.DayOf(TimeText.Parse("--date", date, context.Zone, context.Now), context.Zone);
        return context with { Filter = context.Filter with { Since = day, Until = TimeText.DayOf(day.AddHours(36), context.Zone) } };
    }

    private static async Task<Report> ReportAsync(ReportContext context, decimal? threshold)
    {
        IReadOnlyList<CostGroup> agents = await context.ByAsync(CostDimension.Agent);
        TokenTotals total = agents.Total();
        return new Report
        {
            Title = "Cost of the day",
            Facts =
            [
                new Fact("from", "From", context.Filter.Since, CellKind.Time),
                new Fact("to", "To", context.Filter.Until, CellKind.Time),
                new Fact("calls", "Calls", total.Calls, CellKind.Count),
                new Fact("total_cost_usd", "Total cost", KnownCost.CellOf(total), CellKind.Money),
                .. threshold is { } limit ? [new Fact("alert_above_usd", "Alert above", limit, CellKind.Money), new Fact("alert", "Alert", total.CostUsd > limit ? "yes" : "no")] : Array.Empty<Fact>(),
            ],
            Tables = [Shares.TableOf("agents", "", "agent", agents.Select(static group => (group.Key[0], group.Totals)), total)],
            Notes = Unknowns.NotesOf(total),
        };
    }

    private static async Task<int> AlertAsync(Report report, decimal? threshold, Uri? webhook, Terminal terminal, CancellationToken cancellationToken)
    {
        decimal total = report.Facts.Single(static fact => fact.Key == "total_cost_usd").Value switch { decimal usd => usd, BoundedAmount amount => amount.Usd, _ => 0m };
        if (threshold is not { } limit || total <= limit)
        {
            return ExitCode.Passed;
        }

        var alert = new CostAlert(total, limit, (DateTimeOffset?)report.Facts[0].Value, (DateTimeOffset?)report.Facts[1].Value);
        terminal.Tell($"magsag: {alert.Text}");
        if (webhook is not null)
        {
            await alert.PostAsync(webhook, terminal, cancellationToken);
        }

        return ExitCode.GateFailed;
    }
}
