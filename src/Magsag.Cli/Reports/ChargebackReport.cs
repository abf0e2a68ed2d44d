using System.Globalization;
using Magsag.Cli.Prices;
using Magsag.Cli.Stores;

namespace Magsag.Cli.Reports;

/// <summary><c>magsag report chargeback</c>, in the columns of FOCUS</summary>
internal static class ChargebackReport
{
    /// <param name="terminal">Finds the file of own prices.</param>
    public static ReportDefinition Create(Terminal terminal)
    {
        var month = new Option<string?>("--month") { Description = "The month: 2026-11; all that were recorded when left out.", HelpName = "month" };
        var account = new Option<string>("--billing-account") { Description = "The id of the account that is billed.", HelpName = "id", DefaultValueFactory = static _ => "default" };
        var prices = new PriceFile();
        return new ReportDefinition(
            "chargeback",
            "Charges per month, customer, agent, model and kind of token, in the columns of FOCUS 1.2.",
            request => BuildAsync(InMonth(request, request.Arguments.GetValue(month)), request.Arguments.GetValue(account)!, prices.ReadCatalog(request.Arguments, terminal)))
        {
            Options = [month, account, prices],
            Redirected = OutputFormat.Csv,
        };
    }

    private static StoreRequest InMonth(StoreRequest request, string? month)
    {
        if (month is null)
        {
            return request;
        }

        if (request.Filter.Since is not null || request.Filter.Until is not null)
        {
            throw CommandFailure.Usage("Expected --month or --since and --until, found both.");
        }

        return DateTimeOffset.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset start)
            ? request with { Filter = request.Filter with { Since = start, Until = start.AddMonths(1) } }
            : throw CommandFailure.Usage($"--month '{month}' isn't a month; expected one such as 2026-11.");
    }

    private static async Task<StoreResult> BuildAsync(StoreRequest request, string account, PriceCatalog catalog)
    {
        IReadOnlyList<CostGroup> groups = await request.GroupAsync(CostDimension.Month, CostDimension.Customer, CostDimension.Agent, CostDimension.Provider, CostDimension.Model);
        FocusCharge[] charges = [.. groups.SelectMany(group => FocusCharge.From(group, catalog))];
        return StoreResult.List(Table.From("charges", "Charges", charges, FocusColumns.For(account)));
    }
}
