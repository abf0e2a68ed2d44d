using System.Text;
using System.Text.Json;
using Magsag.Ledger.Summaries;

namespace Magsag.Cli;

/// <summary>The columns of FOCUS 1.2 that a charge fills: all mandatory ones, and those that say what was used by whom.</summary>
internal static class FocusColumns
{
    private const decimal Million = 1_000_000m;

    // What people look for in 38 columns; programs get all of them.
    private static readonly HashSet<string> ForPeople = ["BilledCost", "BillingPeriodStart", "ConsumedQuantity", "ListCost", "ResourceId", "ServiceName", "SkuMeter", "SubAccountId"];

    private static readonly (string Name, CellKind Kind, Func<FocusCharge, string, object?> Value)[] Columns =
    [
        ("BilledCost", CellKind.Money, static (charge, _) => charge.CostUsd),
        ("BillingAccountId", CellKind.Text, static (_, account) => account),
        ("BillingAccountName", CellKind.Text, static (_, _) => null),
        ("BillingCurrency", CellKind.Text, static (_, _) => "USD"),
        ("BillingPeriodStart", CellKind.Time, static (charge, _) => charge.Month),
        ("BillingPeriodEnd", CellKind.Time, static (charge, _) => charge.Month.AddMonths(1)),
        ("ChargeCategory", CellKind.Text, static (_, _) => "Usage"),
        ("ChargeClass", CellKind.Text, static (charge, _) => charge.IsCorrection ? "Correction" : null),
        ("ChargeDescription", CellKind.Text, static (charge, _) => $"{charge.Model}, {charge.Meter}"),
        ("ChargeFrequency", CellKind.Text, static (_, _) => "Usage-Based"),
        ("ChargePeriodStart", CellKind.Time, static (charge, _) => charge.Month),
        ("ChargePeriodEnd", CellKind.Time, static (charge, _) => charge.Month.AddMonths(1)),
        ("ConsumedQuantity", CellKind.Count, static (charge, _) => charge.IsCorrection ? null : charge.Tokens),
        ("ConsumedUnit", CellKind.Text, static (charge, _) => charge.IsCorrection ? null : "Tokens"),
        ("ContractedCost", CellKind.Money, static (charge, _) => charge.CostUsd),
        ("EffectiveCost", CellKind.Money, static (charge, _) => charge.CostUsd),
        ("InvoiceIssuerName", CellKind.Text, static (charge, _) => charge.Provider),
        ("ListCost", CellKind.Money, static (charge, _) => charge.ListUsd),
        ("ListUnitPrice", CellKind.Money, static (charge, _) => charge.ListUnitUsd),
        ("PricingCategory", CellKind.Text, static (_, _) => "Standard"),
        ("PricingQuantity", CellKind.Ratio, static (charge, _) => charge.IsCorrection ? null : charge.Tokens / Million),
        ("PricingUnit", CellKind.Text, static (charge, _) => charge.IsCorrection ? null : "1000000 Tokens"),
        ("ProviderName", CellKind.Text, static (charge, _) => charge.Provider),
        ("PublisherName", CellKind.Text, static (charge, _) => charge.Provider),
        ("ResourceId", CellKind.Text, static (charge, _) => charge.Agent),
        ("ResourceName", CellKind.Text, static (charge, _) => charge.Agent),
        ("ResourceType", CellKind.Text, static (charge, _) => charge.Agent is null ? null : "Agent"),
        ("ServiceCategory", CellKind.Text, static (_, _) => "AI and Machine Learning"),
        ("ServiceName", CellKind.Text, static (charge, _) => charge.Model),
        ("ServiceSubcategory", CellKind.Text, static (_, _) => "Generative AI"),
        ("SkuId", CellKind.Text, static (charge, _) => $"{charge.Provider}/{charge.Model}"),
        ("SkuMeter", CellKind.Text, static (charge, _) => charge.Meter),
        ("SkuPriceId", CellKind.Text, static (charge, _) => charge.PriceId),
        ("SubAccountId", CellKind.Text, static (charge, _) => charge.Customer),
        ("SubAccountName", CellKind.Text, static (charge, _) => charge.Customer),
        ("Tags", CellKind.Text, static (charge, _) => TagsOf(charge)),
        ("x_Calls", CellKind.Count, static (charge, _) => charge.CountsCalls ? charge.Group.Totals.Calls : null),
        ("x_CallsOfUnknownCost", CellKind.Count, static (charge, _) => charge.CountsCalls ? charge.Group.Totals.UnpricedCalls + charge.Group.Totals.UnmeteredCalls : null),
    ];

    public static IReadOnlyList<Column> All { get; } = [.. Columns.Select(static column => new Column(column.Name, column.Name, column.Kind, ForProgramsOnly: !ForPeople.Contains(column.Name)))];

    public static IReadOnlyList<object?> RowOf(FocusCharge charge, string account) => Array.ConvertAll(Columns, column => column.Value(charge, account));

    private static string TagsOf(FocusCharge charge)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            EntryJson.WriteText(json, "agent"u8, charge.Agent);
            EntryJson.WriteText(json, "customer_id"u8, charge.Customer);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
