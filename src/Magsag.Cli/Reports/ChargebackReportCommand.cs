using System.CommandLine;
using System.Globalization;
using Magsag.Pricing.Catalogue;
using Magsag.Storage;

namespace Magsag.Cli;

/// <summary><c>magsag report chargeback</c></summary>
internal static class ChargebackReportCommand
{
    public static Command Create(Terminal terminal)
    {
        var month = new Option<string?>("--month") { Description = "The month: 2026-11; all that were recorded when left out.", HelpName = "month" };
        var account = new Option<string>("--billing-account") { Description = "The id of the account that is billed.", HelpName = "id", DefaultValueFactory = static _ => "default" };
        var prices = new PriceFile();
        var command = new Command("chargeback", "Charges per month, customer, agent, model and kind of token, in the columns of FOCUS 1.2.") { month, account, prices };
        return StoreReport.Create(
            command,
            terminal,
            (parsed, context) => ReportAsync(parsed.GetValue(month) is { } wanted ? InMonth(context, wanted) : context, parsed.GetValue(account)!, prices.CatalogOf(parsed, terminal)),
            redirected: OutputFormat.Csv);
    }

    private static ReportContext InMonth(ReportContext context, string month)
    {
        if (context.Filter.Since is not null || context.Filter.Until is not null)
        {
            throw CommandFailure.Usage("Expected --month or --since and --until, found both.");
        }

        return DateTimeOffset.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset start)
            ? context with { Filter = context.Filter with { Since = start, Until = start.AddMonths(1) } }
            : throw CommandFailure.Usage($"--month '{month}' isn't a month; expected one such as 2026-11.");
    }

    private static async Task<Report> ReportAsync(ReportContext context, string account, PriceCatalog catalog)
    {
        IReadOnlyList<CostGroup> groups = await context.ByAsync(CostDimension.Month, CostDimension.Customer, CostDimension.Agent, CostDimension.Provider, CostDimension.Model);
        FocusCharge[] charges = [.. groups.SelectMany(group => FocusCharge.Of(group, catalog))];
        return Report.Of(new Table("charges", "Charges", FocusColumns.All, new MadeRows<FocusCharge>(charges, charge => FocusColumns.RowOf(charge, account))));
    }
}
