using Magsag.Storage.Reconciling;

namespace Magsag.Cli.Reconciling;

/// <summary>Azure's cost and usage details: the CSV of Cost Management's exports and downloads, and the JSON of its list of usage details.</summary>
/// <remarks>
/// <see href="https://learn.microsoft.com/azure/cost-management-billing/automate/understand-usage-details-fields"/> (read 2026-12-01). A row is a
/// meter of a day; its quantity counts units of <c>unitOfMeasure</c> (<c>1K</c>, <c>1M</c>). The names of meters are those of the public price list
/// (<see href="https://prices.azure.com/api/retail/prices"/>): <c>gpt-4o-mini-0718-Inp-glbl Tokens</c>. Calls aren't counted.
/// </remarks>
internal static class AzureExports
{
    private static readonly string[] Meter = ["meterName", "meterDetails_meterName"];
    private static readonly string[] Unit = ["unitOfMeasure", "meterDetails_unitOfMeasure"];
    private static readonly string[] Usd = ["costInUsd", "costInUSD", "paygCostInUsd"];
    private static readonly string[] Billed = ["costInBillingCurrency", "preTaxCost", "cost"];

    private static readonly IReadOnlySet<string> Figures = UsageExportFormats.Columns(
        "costInUsd", "costInBillingCurrency", "costInPricingCurrency", "paygCostInUsd", "paygCostInBillingCurrency", "preTaxCost", "cost", "costCenter", "costAllocationRuleName");

    public static IReadOnlyList<UsageExportFormat> All { get; } = [.. new[] { "metername", "meterdetailsmetername" }.Select(static meter => Format(meter))];

    private static UsageExportFormat Format(string meter) => new("Azure's cost and usage details", ["azure.ai.openai", "azure.ai.inference"], ["date", meter, "quantity"], Read)
    {
        Remedy = "Export the cost and usage details (actual cost) from Cost Management.",
        Known = Figures,
        IsCounted = static row => row.Find(Meter) is { } name && MeterWords.IsTokens(name) && row.Find(Unit) is not null,
    };

    private static ProviderCount Read(ExportRow row)
    {
        MeterWords meter = MeterWords.Parse(row.Find(Meter)!);
        decimal quantity = row.Amount("quantity") ?? throw row.Fault("'quantity' is empty; expected the units that were used.");
        long tokens = (long)decimal.Round(quantity * UnitOf(row));
        return new ProviderCount(row.Day("date"), meter.Model, CostUsd: CostOf(row))
        {
            InputTokens = meter.IsOutput ? null : tokens,
            CachedInputTokens = meter.IsCached ? tokens : null,
            CacheWriteTokens = meter.IsCacheWrite ? tokens : null,
            OutputTokens = meter.IsOutput ? tokens : null,
            Tiers = meter.Tiers,
        };
    }

    private static decimal UnitOf(ExportRow row)
    {
        string text = row.Find(Unit)!;
        string unit = text.Split(' ')[0].ToUpperInvariant();
        decimal factor = unit.EndsWith('K') ? 1000m : unit.EndsWith('M') ? 1_000_000m : 1m;
        return int.TryParse(unit.TrimEnd('K', 'M'), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int count) && count > 0
            ? count * factor
            : throw row.Fault($"The unit is '{Excerpt.From(text)}'; expected a number of tokens such as 1K or 1M.");
    }

    // A bill in another currency says nothing in dollars: its tokens are compared all the same.
    private static decimal? CostOf(ExportRow row)
    {
        string currency = row.Find("billingCurrency", "billingCurrencyCode", "currency") ?? "USD";
        return row.Amount(Usd) ?? (currency.Equals("USD", StringComparison.OrdinalIgnoreCase) ? row.Amount(Billed) : null);
    }
}
