using System.Text.Json.Nodes;

namespace Magsag.Cli.Reports;

/// <summary>The columns of FOCUS 1.2 that a charge fills: all mandatory ones, and those that say what was used by whom.</summary>
internal static class FocusColumns
{
    private const decimal Million = 1_000_000m;

    // What people look for in 38 columns; programs get all of them.
    private static readonly HashSet<string> ForPeople = ["BilledCost", "BillingPeriodStart", "ConsumedQuantity", "ListCost", "ResourceId", "ServiceName", "SkuMeter", "SubAccountId"];

    public static IReadOnlyList<TableColumn<FocusCharge>> For(string billingAccount) =>
    [
        Column("BilledCost", static charge => charge.CostUsd, CellKind.Money),
        Column("BillingAccountId", _ => billingAccount),
        Column("BillingAccountName", static _ => null),
        Column("BillingCurrency", static _ => "USD"),
        Column("BillingPeriodStart", static charge => charge.Month, CellKind.Time),
        Column("BillingPeriodEnd", static charge => charge.Month.AddMonths(1), CellKind.Time),
        Column("ChargeCategory", static _ => "Usage"),
        Column("ChargeClass", static charge => charge.IsCorrection ? "Correction" : null),
        Column("ChargeDescription", static charge => $"{charge.Model}, {charge.Meter}"),
        Column("ChargeFrequency", static _ => "Usage-Based"),
        Column("ChargePeriodStart", static charge => charge.Month, CellKind.Time),
        Column("ChargePeriodEnd", static charge => charge.Month.AddMonths(1), CellKind.Time),
        Column("ConsumedQuantity", static charge => charge.IsCorrection ? null : charge.Tokens, CellKind.Count),
        Column("ConsumedUnit", static charge => charge.IsCorrection ? null : "Tokens"),
        Column("ContractedCost", static charge => charge.CostUsd, CellKind.Money),
        Column("EffectiveCost", static charge => charge.CostUsd, CellKind.Money),
        Column("InvoiceIssuerName", static charge => charge.Provider),
        Column("ListCost", static charge => charge.ListUsd, CellKind.Money),
        Column("ListUnitPrice", static charge => charge.ListUnitUsd, CellKind.Money),
        Column("PricingCategory", static _ => "Standard"),
        Column("PricingQuantity", static charge => charge.IsCorrection ? null : charge.Tokens / Million, CellKind.Ratio),
        Column("PricingUnit", static charge => charge.IsCorrection ? null : "1000000 Tokens"),
        Column("ProviderName", static charge => charge.Provider),
        Column("PublisherName", static charge => charge.Provider),
        Column("ResourceId", static charge => charge.Agent),
        Column("ResourceName", static charge => charge.Agent),
        Column("ResourceType", static charge => charge.Agent is null ? null : "Agent"),
        Column("ServiceCategory", static _ => "AI and Machine Learning"),
        Column("ServiceName", static charge => charge.Model),
        Column("ServiceSubcategory", static _ => "Generative AI"),
        Column("SkuId", static charge => $"{charge.Provider}/{charge.Model}"),
        Column("SkuMeter", static charge => charge.Meter),
        Column("SkuPriceId", static charge => charge.PriceId),
        Column("SubAccountId", static charge => charge.Customer),
        Column("SubAccountName", static charge => charge.Customer),
        Column("Tags", static charge => TagsJson(charge)),
        Column("x_Calls", static charge => charge.CountsCalls ? charge.Group.Totals.Calls : null, CellKind.Count),
        Column("x_CallsOfUnknownCost", static charge => charge.CountsCalls ? charge.Group.Totals.UnpricedCalls + charge.Group.Totals.UnmeteredCalls + charge.Group.Totals.LowerBoundCalls : null, CellKind.Count),
    ];

    private static TableColumn<FocusCharge> Column(string name, Func<FocusCharge, object?> value, CellKind kind = CellKind.Text) => new(name, name, value, kind, ForProgramsOnly: !ForPeople.Contains(name));

    private static string TagsJson(FocusCharge charge)
    {
        var tags = new JsonObject();
        foreach ((string key, string? name) in new[] { ("agent", charge.Agent), ("customer_id", charge.Customer) })
        {
            if (name is not null)
            {
                tags[key] = name;
            }
        }

        return tags.ToJsonString();
    }
}
