using Magsag.Cli.Figures;
using Magsag.Cli.Stores;

namespace Magsag.Cli.Reports;

/// <summary><c>magsag report daily</c>, which can raise an alert.</summary>
internal static class DailyReport
{
    public static ReportDefinition Create()
    {
        var date = new Option<string?>("--date") { Description = "This day instead of the last 24 hours: 2026-11-23, today, yesterday.", HelpName = "day" };
        var threshold = new Option<decimal?>("--alert-above") { Description = "Answer 1 when the day cost more than this many US dollars.", HelpName = "usd" };
        var webhook = new Option<string?>("--webhook") { Description = "Then also POST the alert to this address, as JSON that Slack understands.", HelpName = "url" };
        return new ReportDefinition(
            "daily",
            "What a day cost, by agent; can raise an alert.",
            request => BuildAsync(OnDay(request, request.Arguments.GetValue(date)), request.Arguments.GetValue(threshold), CostAlert.ParseWebhook(request.Arguments.GetValue(webhook))))
        {
            Options = [date, threshold, webhook],
            Validate = parsed => Validate(parsed.GetValue(threshold), parsed.GetValue(webhook)),
        };
    }

    // A mistake in the alert is found before anything is printed, not on the day of the alert.
    private static void Validate(decimal? threshold, string? webhook)
    {
        if (threshold < 0m)
        {
            throw CommandFailure.Usage("--alert-above must be 0 or more.");
        }

        if (CostAlert.ParseWebhook(webhook) is not null && threshold is null)
        {
            throw CommandFailure.Usage("--webhook is told of an alert; expected --alert-above with it.");
        }
    }

    private static StoreRequest OnDay(StoreRequest request, string? date)
    {
        if (request.Filter.Since is not null || request.Filter.Until is not null)
        {
            return date is null ? request : throw CommandFailure.Usage("Expected --date or --since and --until, found both.");
        }

        if (date is null)
        {
            return request with { Filter = request.Filter with { Since = request.Now.AddDays(-1), Until = request.Now } };
        }

        DateTimeOffset day = TimeText.StartOfDay(TimeText.Parse("--date", date, request.Zone, request.Now), request.Zone);
        return request with { Filter = request.Filter with { Since = day, Until = TimeText.StartOfDay(day.AddHours(36), request.Zone) } };
    }

    private static async Task<StoreResult> BuildAsync(StoreRequest request, decimal? threshold, Uri? webhook)
    {
        IReadOnlyList<CostGroup> agents = await request.GroupAsync(CostDimension.Agent);
        TokenTotals total = agents.Total();
        decimal known = KnownCost.Usd(total) ?? 0m;
        CostAlert? alert = threshold is { } limit && known > limit ? new CostAlert(known, limit, request.Filter.Since, request.Filter.Until, webhook) : null;
        var result = StoreResult.From(
            "Cost of the day",
            total,
            [
                new Fact("from", "From", request.Filter.Since, CellKind.Time),
                new Fact("to", "To", request.Filter.Until, CellKind.Time),
                new Fact("calls", "Calls", total.Calls, CellKind.Count),
                new Fact("total_cost_usd", "Total cost", KnownCost.Cell(total), CellKind.Money),
                .. threshold is { } above ? [new Fact("alert_above_usd", "Alert above", above, CellKind.Money), new Fact("alert", "Alert", alert is null ? "no" : "yes")] : (Fact[])[],
            ],
            CostColumns.SharesTable("agents", "", "agent", agents.Select(static group => (group.Key[0], group.Totals)), total));
        return result with { FinishAsync = alert is null ? null : alert.RaiseAsync };
    }
}
