using System.Text.Json;
using Magsag.Pricing.Costs;

namespace Magsag.Ledger.Files;

/// <summary>The JSON members that say how well a cost is known and what its lower bound leaves out.</summary>
internal static class CostJson
{
    public static void WriteKind(Utf8JsonWriter json, Cost cost)
    {
        json.WriteString("cost_kind"u8, WordOf(cost.Kind));
        if (cost.Missing.Count == 0)
        {
            return;
        }

        json.WriteStartArray("missing"u8);
        foreach (MissingPrice missing in cost.Missing)
        {
            json.WriteStartObject();
            json.WriteString("model"u8, missing.Model);
            json.WriteString("reason"u8, WordOf(missing.Reason));
            json.WriteNumber("calls"u8, missing.Calls);
            json.WriteNumber("tokens"u8, missing.Tokens);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static string WordOf(CostKind kind) => kind switch
    {
        CostKind.Money => "money",
        CostKind.Estimated => "estimated",
        _ => "unpriced",
    };

    private static string WordOf(MissingReason reason) => reason switch
    {
        MissingReason.UnknownModel => "unknown_model",
        MissingReason.NotInForce => "not_in_force",
        MissingReason.UnknownTier => "unknown_tier",
        MissingReason.UnlistedUnit => "unlisted_unit",
        MissingReason.InvalidUsage => "invalid_usage",
        MissingReason.NoUsage => "no_usage",
        MissingReason.LowerBound => "lower_bound",
        _ => "recorded_without_price",
    };
}
